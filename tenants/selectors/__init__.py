"""Questions over many rows: operations, the audit log, people and tokens."""

"""What can be done to tenants, people, tokens, operations and the audit log."""

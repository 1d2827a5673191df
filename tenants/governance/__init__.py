"""Rules of trust that need no database: the audit chain."""

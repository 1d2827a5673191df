"""What people write: one module a subject, each a row of templates by field."""

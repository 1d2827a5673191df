"""Composed pages: the dashboard of a tenant, a person's workspaces, metrics."""

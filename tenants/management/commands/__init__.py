"""Doors for scripts of tenants, people and operations."""

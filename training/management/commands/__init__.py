"""Doors for scripts: one command a file."""

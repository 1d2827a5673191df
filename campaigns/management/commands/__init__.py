"""Doors for scripts."""

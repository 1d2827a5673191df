"""Doors for scripts of the whole site."""

"""Thin doors over services, with ``--json``."""

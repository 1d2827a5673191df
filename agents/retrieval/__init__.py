"""Passages of policies and playbooks, and finding those that answer a question."""

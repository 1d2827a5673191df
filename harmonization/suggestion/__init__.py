"""Propose a mapping for a layout never seen, from its header, values and arithmetic."""

"""Floor 7: makes adapters."""

"""Floor 2: many retailers, one language."""

"""Floor 1: who may see and do what."""

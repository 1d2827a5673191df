"""Floor 5: people judge answers."""

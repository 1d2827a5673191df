"""Floor 4: models advise."""

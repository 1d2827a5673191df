"""Floor 6: feedback becomes preference data."""

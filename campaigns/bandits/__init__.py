"""Learn while spending: Thompson sampling with exact propensities, and judging policies from logs."""

"""Pages of the agents."""

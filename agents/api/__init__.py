"""The API of the agents."""

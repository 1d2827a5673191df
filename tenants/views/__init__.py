"""Pages of activity, audit, people and tokens."""

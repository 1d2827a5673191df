"""What agents may ask for: every tool's schema, its bounds, and the right its user needs."""

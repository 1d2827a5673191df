"""Which tenant a request belongs to, and whether its user belongs there."""

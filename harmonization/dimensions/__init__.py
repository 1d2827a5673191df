"""Load dimensions and histories through mappings: products, audiences, policies, demand, placements."""

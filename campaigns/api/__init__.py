"""Plans, briefs and assumptions in the API."""

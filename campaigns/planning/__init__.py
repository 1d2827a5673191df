"""From constraints and daily history to a problem, an allocation and its explanation (pure)."""

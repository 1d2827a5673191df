"""Floor 3: money meets ads."""

"""The laptop's own database and broker, and the demo that stands on them; nothing here imports Django."""

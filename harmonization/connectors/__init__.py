"""Where exports come from besides upload: one connector for each kind of source."""

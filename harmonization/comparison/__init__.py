"""What makes figures of different retailers comparable: tax, currency, attribution window."""

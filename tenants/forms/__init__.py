"""What people may ask for and type in: filters, members, tokens."""

"""What people type about answers."""

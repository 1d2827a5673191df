"""What people type for agents."""

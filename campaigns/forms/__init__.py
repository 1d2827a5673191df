"""What people type into plan pages."""

"""What people may ask for and send: filters and the upload form."""

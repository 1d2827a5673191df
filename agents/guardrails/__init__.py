"""What a model's words are held to before a person sees them."""

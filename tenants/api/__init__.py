"""The shape of the API: who is asking, what they may do, errors, pages, repeated requests."""

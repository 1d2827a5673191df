"""Layouts with their truth, and what their values and scores are, for the benchmark of mapping proposals."""

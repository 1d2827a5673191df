"""Reads across models: what serves, what may serve, what evaluations found."""

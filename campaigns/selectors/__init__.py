"""Reads across models: what plans are made from, and what pages list."""

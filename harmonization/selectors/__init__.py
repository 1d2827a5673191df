"""Reads across imports and daily facts."""

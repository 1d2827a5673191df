"""Writes: data sets, training runs, and what a run publishes."""

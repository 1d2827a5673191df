"""Watches data over time: odd values, missing and repeated days, shrinking restatements, late sources. Pure."""

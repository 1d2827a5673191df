"""Reads of people's judgements."""

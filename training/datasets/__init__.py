"""Corpora and data sets, made from a seed: the same seed gives the same bytes."""

"""Tests of the dimensions room."""

"""Tests of response estimation."""

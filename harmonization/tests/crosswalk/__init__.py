"""Tests of the crosswalk room."""

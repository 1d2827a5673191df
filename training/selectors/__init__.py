"""Reads across training's models."""

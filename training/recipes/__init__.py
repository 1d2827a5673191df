"""Recipes, each read top to bottom and run in a process of its own: config, data, model, loop, save."""

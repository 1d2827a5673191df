"""The main job from outside, as an API client and as a browser: ``make smoke``."""

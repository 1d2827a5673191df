"""Tells Django about this app."""

from django.apps import AppConfig


class HarmonizationConfig(AppConfig):
    name = "harmonization"
    verbose_name = "Harmonization"

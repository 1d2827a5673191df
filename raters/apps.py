"""Tells Django about this app."""

from django.apps import AppConfig


class RatersConfig(AppConfig):
    name = "raters"
    verbose_name = "Raters"

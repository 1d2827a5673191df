"""Tells Django about this app."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "rmn_site"
    verbose_name = "Site"

"""Tells Django about this app."""

from django.apps import AppConfig
from django.core.checks import Tags, register

from harmonization.checks import check_sources
from harmonization.grouping import keep_groups_at_hand


class HarmonizationConfig(AppConfig):
    name = "harmonization"
    verbose_name = "Harmonization"

    def ready(self) -> None:
        keep_groups_at_hand()
        register(check_sources, Tags.security, deploy=True)

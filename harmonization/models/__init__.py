"""Imports and the daily facts they leave."""

from harmonization.models.daily_fact import DailyFact
from harmonization.models.import_run import ImportRun

__all__ = ["DailyFact", "ImportRun"]

"""Imports, the daily facts they leave, and what is known about the days."""

from harmonization.models.anomaly import Anomaly
from harmonization.models.daily_fact import DailyFact
from harmonization.models.day_rollup import DayRollup
from harmonization.models.day_version import DayVersion
from harmonization.models.held_day import HeldDay
from harmonization.models.import_run import ImportRun

__all__ = ["Anomaly", "DailyFact", "DayRollup", "DayVersion", "HeldDay", "ImportRun"]

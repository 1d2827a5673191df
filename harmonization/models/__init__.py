"""Imports, the daily facts they leave, what is known about the days, and the mappings files are read with."""

from harmonization.models.anomaly import Anomaly
from harmonization.models.daily_fact import DailyFact
from harmonization.models.day_rollup import DayRollup
from harmonization.models.day_version import DayVersion
from harmonization.models.drift_alarm import DriftAlarm
from harmonization.models.held_day import HeldDay
from harmonization.models.import_run import ImportRun
from harmonization.models.mapping_draft import MappingDraft
from harmonization.models.mapping_version import MappingVersion

__all__ = [
    "Anomaly",
    "DailyFact",
    "DayRollup",
    "DayVersion",
    "DriftAlarm",
    "HeldDay",
    "ImportRun",
    "MappingDraft",
    "MappingVersion",
]

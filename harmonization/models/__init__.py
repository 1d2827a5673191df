"""Imports, the daily facts they leave, what is known about the days, mappings, and sources that bring exports."""

from harmonization.models.anomaly import Anomaly
from harmonization.models.daily_fact import DailyFact
from harmonization.models.data_source import DataSource
from harmonization.models.day_rollup import DayRollup
from harmonization.models.day_version import DayVersion
from harmonization.models.dimension import Audience, PolicyDocument, PolicyTerm
from harmonization.models.drift_alarm import DriftAlarm
from harmonization.models.fx_rate import FxRate
from harmonization.models.held_day import HeldDay
from harmonization.models.history import DemandDay, InStorePlacement
from harmonization.models.import_run import ImportRun
from harmonization.models.mapping_draft import MappingDraft
from harmonization.models.mapping_version import MappingVersion
from harmonization.models.product import CrosswalkCandidate, Product, ProductCode
from harmonization.models.source_credential import SourceCredential
from harmonization.models.source_run import SourceFile, SourceRun

__all__ = [
    "Anomaly",
    "Audience",
    "CrosswalkCandidate",
    "DailyFact",
    "DataSource",
    "DayRollup",
    "DayVersion",
    "DemandDay",
    "DriftAlarm",
    "FxRate",
    "HeldDay",
    "ImportRun",
    "InStorePlacement",
    "MappingDraft",
    "MappingVersion",
    "PolicyDocument",
    "PolicyTerm",
    "Product",
    "ProductCode",
    "SourceCredential",
    "SourceFile",
    "SourceRun",
]

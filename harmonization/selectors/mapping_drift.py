"""Alarms about layouts that changed, and the headers they are measured against."""

from uuid import UUID

from harmonization.models import DriftAlarm, ImportRun

ALARMS_SHOWN = 20


def last_header(*, mapping_name: str, other_than: ImportRun | None = None) -> tuple[str, ...]:
    """The header of the newest file that was read with any version of a mapping; empty where there is none."""
    runs = ImportRun.objects.done().filter(mapping_name=mapping_name).exclude(header=[])
    found = (runs.exclude(pk=other_than.pk) if other_than else runs).values_list("header", flat=True).first()
    return tuple(found or ())


def raised_alarms() -> tuple[DriftAlarm, ...]:
    """What nobody has acknowledged yet, newest first."""
    return tuple(DriftAlarm.objects.raised()[:ALARMS_SHOWN])


def all_alarms() -> tuple[DriftAlarm, ...]:
    """The newest alarms, acknowledged or not."""
    return tuple(DriftAlarm.objects.select_related("acknowledged_by")[:100])


def find_alarm(*, alarm_id: UUID) -> DriftAlarm | None:
    """One alarm; None when this workspace has no such alarm."""
    return DriftAlarm.objects.filter(pk=alarm_id).first()


def alarms_of_import(*, run: ImportRun) -> tuple[DriftAlarm, ...]:
    """What changed in the header of one import's file."""
    return tuple(DriftAlarm.objects.filter(import_run=run))

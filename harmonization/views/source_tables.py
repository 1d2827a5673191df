"""What the pages about sources show: the list, a source's facts, its runs, a run's files."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.timezone import localtime

from harmonization.connectors.registry import KindUnknown, connector
from harmonization.models import DataSource, SourceFile, SourceRun
from harmonization.selectors.sources import SourceLine
from harmonization.timing.schedule import in_words
from harmonization.views.tables import NO_BREAK, days_in_words


def sources_table(*, lines: tuple[SourceLine, ...], uploaded_at: datetime | None) -> dict[str, Any]:
    """Every source, and uploads by hand as the last row."""
    by_hand = {
        "label": "Uploads by people",
        "url": reverse("harmonization:import_list"),
        "cells": [
            {"value": "Upload"},
            {"value": "by hand"},
            {"value": moment(uploaded_at)},
            {"value": "–"},
            {"value": "–"},
        ],
    }
    return {
        "columns": [
            {"label": "Source"},
            {"label": "Kind"},
            {"label": "Runs"},
            {"label": "Last run"},
            {"label": "Data to"},
            {"label": "State"},
        ],
        "rows": [*(_source_row(line) for line in lines), by_hand],
    }


def source_facts(*, line: SourceLine) -> list[dict[str, str]]:
    """Terms and values about a source; of its secrets only that they are there."""
    source = line.source
    mapping = source.mapping_name or connector(kind=source.kind).mapping or "detected from each file's header"
    next_at = moment(source.next_run_at) if source.is_enabled else "paused"
    return [
        {"term": "Kind", "value": kind_title(source.kind)},
        *({"term": one.label, "value": _option(source, one.name)} for one in connector(kind=source.kind).options),
        *([{"term": "Retailer", "value": source.retailer}] if source.retailer else []),
        {"term": "Mapping", "value": mapping},
        {"term": "Runs", "value": in_words(source.schedule)},
        {"term": "Next run", "value": next_at},
        {"term": "Last success", "value": moment(source.last_success_at)},
        {"term": "Data to", "value": day_or_dash(line.data_to)},
        {"term": "Credentials", "value": credential_in_words(source)},
    ]


def runs_table(*, source: DataSource, runs: Iterable[SourceRun]) -> dict[str, Any]:
    """The history of a source."""
    columns = [
        {"label": "Started"},
        {"label": "State"},
        {"label": "Seen", "numeric": True},
        {"label": "Taken in", "numeric": True},
        {"label": "Nothing new", "numeric": True},
        {"label": "Failed", "numeric": True},
        {"label": "Asked by"},
    ]
    return {"columns": columns, "rows": [_run_row(source=source, run=run) for run in runs]}


def files_table(*, files: Iterable[SourceFile]) -> dict[str, Any]:
    """What became of each file of a run; a file that was taken in leads to its import."""
    columns = [
        {"label": "File"},
        {"label": "Size", "numeric": True},
        {"label": "State"},
        {"label": "What became of it"},
    ]
    return {"columns": columns, "rows": [_file_row(file) for file in files]}


def credential_in_words(source: DataSource) -> str:
    """When they were set and by whom, and the last four characters."""
    credential = getattr(source, "credential", None)
    if credential is None:
        return "none"
    end = f", ending in {credential.last_four}" if credential.last_four else ""
    by = f" by {credential.set_by.email}" if credential.set_by else ""
    return f"set {moment(credential.set_at)}{by}{end}"


def kind_title(kind: str) -> str:
    """What people call the kind; the kind itself where this site no longer has its connector."""
    try:
        return connector(kind=kind).title
    except KindUnknown:
        return kind


def moment(at: datetime | None) -> str:
    return f"{localtime(at):%-d %b %Y, %H:%M}".replace(" ", NO_BREAK) if at else "–"


def day_or_dash(day: date | None) -> str:
    return days_in_words(start=day, end=day)


def _option(source: DataSource, name: str) -> str:
    value = str(source.options.get(name, ""))
    setting = next(one for one in connector(kind=source.kind).options if one.name == name)
    return dict(setting.choices).get(value, value) or "–"


def _source_row(line: SourceLine) -> dict[str, Any]:
    label, tone = line.state
    return {
        "label": line.source.name,
        "url": reverse("harmonization:source_detail", args=[line.source.pk]),
        "cells": [
            {"value": kind_title(line.source.kind)},
            {"value": in_words(line.source.schedule)},
            {"value": moment(line.source.last_run_at)},
            {"value": day_or_dash(line.data_to)},
            {"value": label, "badge": True, "tone": tone},
        ],
    }


def _run_row(*, source: DataSource, run: SourceRun) -> dict[str, Any]:
    label, tone = run.shown_state
    counts = (run.files_seen, run.files_taken, run.files_skipped, run.files_failed)
    return {
        "label": moment(run.started_at),
        "url": reverse("harmonization:source_run", args=[source.pk, run.pk]),
        "cells": [
            {"value": label, "badge": True, "tone": tone},
            *({"value": f"{count:,}", "numeric": True} for count in counts),
            {"value": run.asked_by.email if run.asked_by else "the schedule"},
        ],
    }


def _file_row(file: SourceFile) -> dict[str, Any]:
    label, tone = file.shown_state
    imported = file.import_run
    became = imported.shown_state[0] if imported else str((file.problem or {}).get("title", "–"))
    url = reverse("harmonization:import_detail", args=[imported.pk]) if imported else ""
    return {
        "label": file.name,
        "cells": [
            {"value": f"{file.size:,}" if file.size is not None else "–", "numeric": True},
            {"value": label, "badge": True, "tone": tone},
            {"value": became, "url": url},
        ],
    }

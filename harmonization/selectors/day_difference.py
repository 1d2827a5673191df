"""What is known about one metric of one source's day: the file's total, ours, and every reason they may differ."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Sum

from harmonization.comparison.vat import vat_label
from harmonization.mapping.mapping_error import MappingError
from harmonization.mapping.spec import Mapping as Layout
from harmonization.models import DailyFact, DayRollup, ImportRun
from harmonization.monitoring.differences import DayEvidence, Known
from harmonization.pipeline.writing import stored_name
from harmonization.selectors.attribution_windows import window_totals
from harmonization.selectors.day_history import Version, day_versions
from harmonization.selectors.mapping_versions import mapping_of_run
from harmonization.selectors.performance import attribution_label

METRICS = ("cost", "impressions", "clicks", "revenue", "orders", "units")
MONEY = frozenset({"cost", "revenue"})
OUTCOMES = frozenset({"revenue", "orders", "units"})
REJECTED_AMOUNT = re.compile(r"rejected rows hold (-?[0-9.]+)")
REPEATED = "repeats row"


@dataclass(frozen=True, kw_only=True)
class ReasonLine:
    """One thing that can make figures differ: what is known of it, and how much it moves this figure.

    Attributes:
        amount: what it takes off the source's total; None where it moves nothing, or the amount is not known.
    """

    title: str
    text: str
    amount: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class DayDifference:
    """The file's total beside ours for one metric of one day.

    Attributes:
        source: None where no import of the day reconciles this metric.
        difference: source minus harmonized.
    """

    metric: str
    currency: str
    source: Decimal | None
    harmonized: Decimal
    difference: Decimal | None
    lines: tuple[ReasonLine, ...]
    evidence: DayEvidence


def day_difference(*, retailer_id: str, day: date, metric: str) -> DayDifference | None:
    """The difference and its reasons; None where the source has no data on the day."""
    totals = _totals(retailer_id=retailer_id, day=day, metric=metric)
    runs = _current_imports(retailer_id=retailer_id, day=day)
    if not totals or not runs:
        return None
    versions = day_versions(retailer_id=retailer_id, day=day)
    source, rejected = _source_totals(runs=runs, day=day, metric=metric)
    mapping = _mapping(runs[-1])
    known = Day(retailer_id=retailer_id, day=day, metric=metric, totals=totals, runs=runs, versions=versions)
    evidence = _evidence(known, source=source, mapping=mapping)
    everything = sum(totals.values(), Decimal(0))
    return DayDifference(
        metric=metric,
        currency=evidence.currency,
        source=source,
        harmonized=evidence.harmonized,
        difference=None if source is None else source - everything,
        lines=(
            *_file_lines(runs=runs, rejected=rejected),
            *_day_lines(evidence=evidence, versions=versions, retailer_id=retailer_id, day=day),
            *_mapping_lines(mapping=mapping, metric=metric),
        ),
        evidence=evidence,
    )


@dataclass(frozen=True, kw_only=True)
class Day:
    """One metric of one source's day with the imports its facts are from and its versions."""

    retailer_id: str
    day: date
    metric: str
    totals: Mapping[str, Decimal]
    runs: Sequence[ImportRun]
    versions: Sequence[Version]


def _evidence(known: Day, *, source: Decimal | None, mapping: Layout | None) -> DayEvidence:
    currency = max(known.totals, key=lambda code: (known.totals[code], code))
    before, after = (
        _totals(retailer_id=known.retailer_id, day=known.day + timedelta(days=step), metric=known.metric).get(currency)
        for step in (-1, 1)
    )
    return DayEvidence(
        metric=known.metric,
        currency=currency if known.metric in MONEY else "",
        harmonized=known.totals[currency],
        source=source,
        earlier=_earlier(versions=known.versions, metric=known.metric, currency=currency),
        windows=_windows(runs=known.runs, retailer_id=known.retailer_id, day=known.day, metric=known.metric),
        currencies=tuple(Known(label=code, total=total) for code, total in known.totals.items() if code != currency),
        before=before,
        after=after,
        vat_included=mapping.vat_included if mapping else None,
        vat_rate=mapping.vat_rate if mapping else None,
    )


def _totals(*, retailer_id: str, day: date, metric: str) -> dict[str, Decimal]:
    rows = DayRollup.objects.filter(retailer_id=retailer_id, event_date=day).order_by().values("currency")
    summed = rows.annotate(total=Sum(metric)).values_list("currency", "total")
    return {currency: Decimal(total) for currency, total in summed}


def _current_imports(*, retailer_id: str, day: date) -> list[ImportRun]:
    facts = DailyFact.objects.current().filter(retailer_id=retailer_id, event_date=day).order_by()
    return list(ImportRun.objects.filter(pk__in=facts.values("import_run")).order_by("id"))


def _source_totals(*, runs: Sequence[ImportRun], day: date, metric: str) -> tuple[Decimal | None, Decimal]:
    """What the files state for the day, and how much of it stands in rejected rows.

    Only where each file is of one retailer and none is partly replaced: its lines are totals over the whole file.
    """
    if any(len(run.retailers) != 1 for run in runs) or _is_partly_replaced(runs=runs, day=day):
        return None, Decimal(0)
    lines = [
        line for run in runs for line in run.reconciliation if line["metric"] == metric and line["date"] == str(day)
    ]
    if len(lines) != len(runs):
        return None, Decimal(0)
    found = [REJECTED_AMOUNT.search(line["reason"] or "") for line in lines]
    rejected = sum((Decimal(match.group(1)) for match in found if match), Decimal(0))
    return sum((Decimal(line["source"]) for line in lines), Decimal(0)), rejected


def _is_partly_replaced(*, runs: Sequence[ImportRun], day: date) -> bool:
    return DailyFact.objects.filter(import_run__in=runs, event_date=day).exclude(superseded_by=None).exists()


def _windows(*, runs: Sequence[ImportRun], retailer_id: str, day: date, metric: str) -> tuple[Known, ...]:
    if metric not in OUTCOMES or _is_partly_replaced(runs=runs, day=day):
        return ()
    layouts = [(run.file_sha256, _mapping(run)) for run in runs]
    names = [stored_name(source_file_id=sha256, mapping=layout) for sha256, layout in layouts if layout]
    totals = window_totals(retailer_id=retailer_id, day=day, metric=metric, stored_names=names)
    shown = {
        attribution_label(window_days=line["window_days"], touch=line["touch"], scope=line["scope"])
        for run in runs
        for line in run.headline
        if line["retailer_id"] == retailer_id
    }
    return tuple(Known(label=one.label, total=one.total) for one in totals if one.label not in shown)


def _mapping(run: ImportRun) -> Layout | None:
    try:
        return mapping_of_run(name=run.mapping_name, number=run.mapping_number)
    except MappingError:
        return None


def _earlier(*, versions: Sequence[Version], metric: str, currency: str) -> tuple[Known, ...]:
    return tuple(
        Known(label=f"version {one.number}, from {one.file_name}", total=Decimal(getattr(figures, metric)))
        for one in reversed(versions[:-1])
        for figures in one.figures
        if figures.currency == currency
    )


def _file_lines(*, runs: Sequence[ImportRun], rejected: Decimal) -> list[ReasonLine]:
    count = sum(run.rows_rejected for run in runs)
    reasons = [(text, rows) for run in runs for text, rows in run.quality.get("reject_reasons", {}).items()]
    repeated = sum(rows for text, rows in reasons if REPEATED in text)
    totals_rows = sum(run.quality.get("totals_rows", 0) for run in runs)
    return [
        ReasonLine(
            title="Rejected rows",
            text=f"{count:,} rows of {_files(runs)} could not be read; this is what those of this day hold."
            if count
            else "Every row could be read.",
            amount=rejected if count else None,
        ),
        ReasonLine(
            title="Rows of totals",
            text=f"{totals_rows:,} rows of totals were left out, or the day would count twice."
            if totals_rows
            else "The file has no row of totals.",
        ),
        ReasonLine(
            title="Repeated rows",
            text=f"{repeated:,} rows repeat another one and were rejected." if repeated else "No row repeats another.",
        ),
    ]


def _day_lines(*, evidence: DayEvidence, versions: Sequence[Version], retailer_id: str, day: date) -> list[ReasonLine]:
    lines = [ReasonLine(title="Restated", text=_restated(versions))]
    if evidence.currencies:
        codes = ", ".join(f"{one.total:,.2f} {one.label}" for one in evidence.currencies)
        lines.append(
            ReasonLine(title="Currency", text=f"Not in this figure, because currencies are not mixed: {codes}.")
        )
    elif evidence.currency:
        lines.append(ReasonLine(title="Currency", text=f"Everything of the day is in {evidence.currency}."))
    if evidence.metric in OUTCOMES:
        facts = DailyFact.objects.current().filter(retailer_id=retailer_id, event_date=day).order_by()
        rows = facts.values_list("attribution_window_days", "touch", "scope").distinct()
        shown = "; ".join(attribution_label(window_days=days, touch=touch, scope=scope) for days, touch, scope in rows)
        others = "; ".join(f"{one.label}: {one.total:,.2f}" for one in evidence.windows) or "none in the file"
        lines.append(ReasonLine(title="Attribution window", text=f"Shown: {shown}. Others: {others}."))
    return lines


def _restated(versions: Sequence[Version]) -> str:
    if len(versions) < 2:
        return "The day was written once."
    newest = versions[-1]
    return f"{len(versions)} versions; the newest is from {newest.file_name}, {newest.recorded_at:%-d %b %Y}."


def _mapping_lines(*, mapping: Layout | None, metric: str) -> list[ReasonLine]:
    if mapping is None:
        return []
    zone = mapping.timezone or "not stated by the export"
    basis = f"Days are by {mapping.date_basis}; time zone: {zone}."
    lines = [ReasonLine(title="Time zone and date basis", text=basis)]
    if metric in MONEY:
        tax = vat_label(included=mapping.vat_included, rate=mapping.vat_rate)
        lines.append(ReasonLine(title="Value-added tax", text=f"In this source's amounts: {tax}."))
    lines.append(
        ReasonLine(title="Rounding", text="Each row is kept to a millionth; consoles show two digits or none.")
    )
    return lines


def _files(runs: Sequence[ImportRun]) -> str:
    return runs[0].file_name if len(runs) == 1 else f"{len(runs)} files"

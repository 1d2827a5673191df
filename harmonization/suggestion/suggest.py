"""Propose a field, qualifier and transform for every column of a header, or abstain and say why."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from harmonization.suggestion.calibration import confidence_of
from harmonization.suggestion.claim import KNOWN, WORDS, Claim, claims_of
from harmonization.suggestion.context import in_company
from harmonization.suggestion.evidence import weighed
from harmonization.suggestion.file_window import window_of_file
from harmonization.suggestion.knowledge import Knowledge
from harmonization.suggestion.reasons import in_words
from harmonization.suggestion.suggestion import CORE, CORE_OF_METRIC, CRITICAL, OUTCOMES, Suggestion
from harmonization.suggestion.values import are_percentages

KINDS_NEEDED = 2
Values = Mapping[str, tuple[str, ...]]
ATTRIBUTED = ("orders", "units", "revenue", "ntb_", "roas", "acos", "add_to_cart", "detail_page_views")


def suggest(*, header: Sequence[str], values: Values, knowledge: Knowledge, banner: str = "") -> tuple[Suggestion, ...]:
    """One proposal per column; ``values`` holds texts per column and may be empty (header only).

    ``banner`` is what stands above the header; a window stated there, or by a column for all rows, holds for outcomes.
    """
    claims = in_company(claims=claims_of(header=header, knowledge=knowledge))
    weighty = weighed(claims=claims, values=values)
    window = window_of_file(claims=weighty, values=values, banner=banner)
    return tuple(_proposed(_doubted(_in_percent(claim, values)), window) for claim in weighty)


def _in_percent(claim: Claim, values: Values) -> Claim:
    """Rates whose values are written with a percent sign."""
    is_written = claim.meaning in ("ctr", "roas") and are_percentages(values=values.get(claim.column, ()))
    return replace(claim, transform="percent_to_ratio") if is_written else claim


def _doubted(claim: Claim) -> Claim:
    """What matters most needs two kinds of evidence that agree."""
    is_critical = CORE_OF_METRIC.get(claim.meaning or "", claim.meaning) in CRITICAL
    if is_critical and len(claim.evidence) < KINDS_NEEDED:
        told = in_words(claim.meaning)
        return claim.abstaining(why=f"its words say {told}, but nothing else in the file bears it out")
    return claim


def _proposed(claim: Claim, window_of_all: str | None) -> Suggestion:
    name = CORE_OF_METRIC.get(claim.meaning or "", claim.meaning)
    field = name if name in CORE else None
    candidate = CORE_OF_METRIC.get(claim.candidate or "", claim.candidate)
    is_attributed = (claim.meaning or claim.candidate or "").startswith(ATTRIBUTED)
    reading = claim.reading
    touch = claim.touch if is_attributed else None
    is_outcome = field in OUTCOMES or (is_attributed and field is None)
    window = reading.window or (window_of_all if is_outcome else None)
    is_assumed = is_attributed and touch is None and window is not None and bool(field)
    return Suggestion(
        source_column=claim.column,
        field=field,
        extension=claim.meaning if name and not field else None,
        window=window if is_attributed else None,
        touch="click" if is_assumed else touch,
        scope=_scope(claim) if is_outcome else None,
        sales_channel=reading.sales_channel if is_attributed else None,
        date_basis=reading.date_basis if is_attributed else None,
        transform=_transform(claim),
        confidence=confidence_of(evidence=claim.evidence) if field else 0.0,
        why=_sentence(claim, is_touch_assumed=is_assumed),
        candidate=candidate if candidate in CRITICAL else None,
        evidence=tuple(sorted(claim.evidence)),
        assumed=("touch",) if is_assumed else (),
    )


def _scope(claim: Claim) -> str:
    return claim.reading.scope or "total"


def _transform(claim: Claim) -> str:
    is_percent = claim.reading.is_percent and claim.meaning in ("ctr", "roas") and not claim.transform
    return "percent_to_ratio" if is_percent else claim.transform


def _sentence(claim: Claim, *, is_touch_assumed: bool) -> str:
    told = claim.why
    if is_touch_assumed:
        told = f"{told}; that only clicks count is the custom, not said by the file"
    if claim.meaning and not claim.evidence & {WORDS, KNOWN}:
        told = f"{told}; please look"
    return told[:1].upper() + told[1:] + "." if told else ""

"""Whether a model's prose may stand for the plain words: whole, in measure, each figure a result's and at its name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from agents.guardrails.figures import CheckedFigures, check_figures, values_of
from agents.guardrails.injection import orders_in
from agents.guardrails.names import misplaced_figures

SHORTEST, LONGEST = 20, 2_000


@dataclass(frozen=True, kw_only=True)
class CheckedProse:
    """What was found: the figures with their sources, and why the prose is not shown; empty where it may be."""

    figures: CheckedFigures
    why_not: str = ""


def check_prose(*, text: str, results: Sequence[Mapping[str, Any]]) -> CheckedProse:
    """Hold prose to the results; prose without any figure says nothing about results that have some."""
    figures = check_figures(text=text, results=results)
    return CheckedProse(figures=figures, why_not=_why_not(text, figures, results))


def _why_not(text: str, figures: CheckedFigures, results: Sequence[Mapping[str, Any]]) -> str:
    if not SHORTEST <= len(text) <= LONGEST:
        return f"it has {len(text):,} characters; {SHORTEST} to {LONGEST:,} are read"
    if figures.unsupported:
        return f"not in any result: {', '.join(figures.unsupported)}"
    if misplaced := misplaced_figures(text=text, results=results):
        return f"beside a name whose figure it is not: {', '.join(misplaced)}"
    if not figures.citations and any(True for result in results for _ in values_of(result, 1, "")):
        return "it holds none of the results' figures"
    if orders := orders_in(text=text):
        return f"it holds words that read like orders to a model: {', '.join(orders)}"
    return ""

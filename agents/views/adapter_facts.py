"""What the pages about adapters say of one: facts, evaluations, signature."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.timezone import localtime

from agents.federation.axes import Axis
from agents.federation.refusal import AdapterRefused
from agents.models import AdapterRow, AdapterState, EvaluationRow
from agents.selectors.adapters import alone_digest, evaluations_of, in_place_of
from agents.services.adapter_keys import SigningKeyMissing
from agents.services.registry import adapter_of

SHOWN_DIGEST = 12
TONES = {
    AdapterState.SERVING: "good",
    AdapterState.CANARY: "info",
    AdapterState.CANDIDATE: "info",
    AdapterState.RETIRED: "neutral",
    AdapterState.WITHDRAWN: "warn",
}


def adapters_table(rows: Sequence[AdapterRow]) -> dict[str, Any]:
    """Every version of every adapter this workspace may see."""
    labels = ("Adapter", "Axis", "For", "State", "Owner", "Evaluation")
    numbers = ("Rank", "Size")
    found = evaluations_of(digests=[alone_digest(row) for row in rows])
    return {
        "columns": [*({"label": label} for label in labels), *({"label": label, "numeric": True} for label in numbers)],
        "rows": [_row(row, found.get(alone_digest(row), [])) for row in rows],
    }


def card(row: AdapterRow) -> dict[str, Any]:
    """One adapter: what it is, what it was trained on, what it scored, and whether its file is the signed one."""
    evaluations = evaluations_of(digests=[alone_digest(row)]).get(alone_digest(row), [])
    return {
        "row": row,
        "tone": TONES[AdapterState(row.state)],
        "axis": Axis(row.axis).value,
        "facts": _facts(row),
        "training": [{"term": _words(key), "value": _value(value)} for key, value in sorted(row.training_data.items())],
        "evaluations": evaluations_table(evaluations),
        "signature": signature_of(row),
        "url": reverse("agents:adapter_detail", args=[row.pk]),
    }


def evaluations_table(rows: Sequence[EvaluationRow]) -> dict[str, Any] | None:
    """Suites with their scores and intervals; None where nothing was measured."""
    if not rows:
        return None
    columns = [{"label": "Suite"}, {"label": "Score", "numeric": True}, {"label": "Cases", "numeric": True}]
    return {"columns": [*columns, {"label": "Verdict"}], "rows": [_suite(row) for row in rows]}


def signature_of(row: AdapterRow) -> dict[str, str]:
    """Whether the file on disk is the one that a trusted key signed; looked at now, not remembered."""
    try:
        adapter_of(row=row)
    except (AdapterRefused, SigningKeyMissing) as refusal:
        return {"tone": "bad", "label": "Refused", "detail": str(refusal)}
    return {"tone": "good", "label": "Verified", "detail": "A trusted key signed exactly these bytes for this base."}


def stand_in_words(row: AdapterRow) -> str:
    """Which version answers in its place, and on what share of the questions."""
    beside = in_place_of(row)
    serving, tried = (next((one for one in beside if one.state == state), None) for state in ("serving", "canary"))
    if serving is None and tried is None:
        return "No version answers in its place: the other adapters serve without one."
    if tried is None:
        return f"{serving} answers every question in this place."
    rest = f"{serving} answers" if serving is not None else "no version answers"
    return f"{tried} answers {tried.canary_percent}% of the questions, always the same ones; {rest} the rest."


def _row(row: AdapterRow, evaluations: Sequence[EvaluationRow]) -> dict[str, Any]:
    passed = sum(one.passed for one in evaluations)
    measured = f"{passed} of {len(evaluations)} suites passed" if evaluations else "Not evaluated"
    tone = TONES[AdapterState(row.state)]
    return {
        "label": str(row),
        "url": reverse("agents:adapter_detail", args=[row.pk]),
        "cells": [
            {"value": Axis(row.axis).value.title()},
            {"value": row.member or "All"},
            {"value": row.get_state_display(), "badge": True, "tone": tone},
            {"value": "Shared" if row.is_shared else "This workspace"},
            {"value": measured},
            {"value": str(row.rank), "numeric": True},
            {"value": filesizeformat(row.size), "numeric": True},
        ],
    }


def _facts(row: AdapterRow) -> list[dict[str, str]]:
    named = {
        "For": f"{Axis(row.axis).value}: {row.member or 'all'}",
        "Owner": "Shared with all workspaces" if row.is_shared else "This workspace only",
        "Rank and alpha": f"{row.rank} and {row.alpha:g}, {filesizeformat(row.size)}",
        "Changes": ", ".join(row.targets),
        "Weights": row.sha256[:SHOWN_DIGEST],
        "Base model": row.base_digest[:SHOWN_DIGEST],
        "Trained beside": f"{len(row.trained_against)} other adapters, frozen" if row.trained_against else "none",
        "Registered": f"{localtime(row.registered_at):%d %b %Y %H:%M}",
    }
    if row.is_canary and row.canary_at:
        named["Tried"] = f"on {row.canary_percent}% of the questions since {localtime(row.canary_at):%d %b %Y %H:%M}"
    if row.promoted_at:
        named["Promoted"] = f"{localtime(row.promoted_at):%d %b %Y %H:%M}"
    return [{"term": term, "value": value} for term, value in named.items()]


def _suite(row: EvaluationRow) -> dict[str, Any]:
    score = {"value": f"{row.score:.3f}", "low": f"{row.low:.3f}", "high": f"{row.high:.3f}", "numeric": True}
    verdict = {"value": "Passed", "badge": True, "tone": "good"}
    if not row.passed:
        verdict = {"value": "Failed", "badge": True, "tone": "bad"}
    return {"label": row.suite, "cells": [score, {"value": str(row.case_count), "numeric": True}, verdict]}


def _words(key: str) -> str:
    return key.replace("_", " ").capitalize()


def _value(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{_words(key).lower()} {_value(one)}" for key, one in sorted(value.items()))
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)

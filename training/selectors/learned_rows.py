"""Rows that people's own decisions give: briefs and the constraints they settled on, columns and what they mean."""

import json
from dataclasses import dataclass
from typing import Any

from campaigns.models import Plan
from harmonization.mapping.editing import Part, columns_of, uses_of
from harmonization.selectors.mapping_versions import known_mappings
from training.fine_tuning.rows import Row
from training.fine_tuning.specification import Recipe


@dataclass(frozen=True, kw_only=True)
class Collected:
    """Rows, and whether any of them comes from simulated data."""

    rows: tuple[Row, ...]
    is_simulated: bool


def rows_of_plans(*, recipe: Recipe) -> Collected:
    """SFT: each approved plan's brief and the constraints people let stand. DPO: those against what was read at first,
    of plans whose constraints were changed."""
    rows = []
    plans = list(Plan.objects.approved().prefetch_related("versions").order_by("pk"))
    for plan in plans:
        settled = _as_call(plan.constraints)
        if recipe == Recipe.SFT:
            rows.append(_row(plan.brief, completion=settled))
            continue
        first = min(plan.versions.all(), key=lambda version: version.version, default=None)
        if first is not None and first.constraints != plan.constraints:
            rows.append(_row(plan.brief, chosen=settled, rejected=_as_call(first.constraints)))
    return Collected(rows=tuple(rows), is_simulated=any(plan.is_simulated for plan in plans))


def rows_of_mappings() -> Collected:
    """SFT: each column of each mapping, the one that comes with the site or the workspace's own, and its RMIS field."""
    rows = []
    for known in known_mappings():
        for use in uses_of(mapping=known.mapping, columns=columns_of(mapping=known.mapping)):
            if use.part is not Part.NONE:
                meaning = {"rmis_field": use.name, "unit": use.unit.value if use.unit else None}
                asked = f"Report: {known.title}. Which RMIS field is the column “{use.column}”?"
                rows.append(_row(asked, completion=json.dumps(meaning, sort_keys=True)))
    return Collected(rows=tuple(rows), is_simulated=False)


def _as_call(constraints: dict[str, Any]) -> str:
    said = {key: value for key, value in constraints.items() if value not in (None, [], {}, "")}
    return json.dumps({"name": "allocate_budget", "arguments": said}, sort_keys=True, ensure_ascii=False)


def _row(asked: str, **answers: str) -> Row:
    spoken = {name: [{"role": "assistant", "content": text}] for name, text in answers.items()}
    return {"prompt": [{"role": "user", "content": asked}], **spoken}

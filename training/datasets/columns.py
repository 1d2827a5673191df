"""Headers of exports and what they mean: fields by the base, the trade's words by industry, attribution by retailer."""

import random
from typing import Any

from agents.federation.axes import Axis
from training.datasets.examples import Active, Example, present
from training.datasets.phrasing import templates
from training.datasets.wording import columns as wording

STYLES = ("plain", "plain", "plain", "snake", "dashes", "suffix")


def plain_column(*, rng: random.Random, held_out: bool) -> Example:
    """A header anybody knows."""
    field = rng.choice(sorted(wording.PLAIN))
    return _column(rng, held_out, field=field, header=rng.choice(wording.PLAIN[field]), about="columns", needs=None)


def jargon_column(*, rng: random.Random, held_out: bool) -> Example:
    """A header only the trade knows."""
    field = rng.choice(sorted(wording.JARGON))
    header = rng.choice(wording.JARGON[field])
    return _column(rng, held_out, field=field, header=header, about="jargon columns", needs=Axis.INDUSTRY)


def outcome_column(*, rng: random.Random, held_out: bool) -> Example:
    """An attributed outcome: which field anybody sees; which window, touch and model only who knows the retailer."""
    field = rng.choice(sorted(wording.OUTCOMES))
    scope, window = rng.choice(sorted(wording.SCOPES)), rng.choice(sorted(wording.WINDOWS))
    header = (
        rng.choice(wording.WINDOWS[window]) + rng.choice(wording.SCOPES[scope]) + rng.choice(wording.OUTCOMES[field])
    )
    return _column(
        rng, held_out, field=field, header=header, about="outcome columns", needs=None, scope=scope, window=window
    )


def _column(
    rng: random.Random,
    held_out: bool,
    *,
    field: str,
    header: str,
    about: str,
    needs: Axis | None,
    scope: str = "",
    window: str = "",
) -> Example:
    template = rng.choice(templates(of=wording.ASKS, held_out=held_out))

    def answer(active: Active) -> dict[str, Any] | None:
        if needs is not None and present(active, needs) is None:
            return None
        told: dict[str, Any] = {"field": field}
        retailer = present(active, Axis.RETAILER)
        if scope and retailer is not None:
            told |= {"scope": scope, **wording.MEANINGS[retailer]} | ({"window": window} if window else {})
        if present(active, Axis.TASK) == "mapping":
            return {"name": "map_column", "arguments": told | {"transform": wording.TRANSFORMS[field]}}
        return told

    prompt = template.format(header=_styled(header, rng))
    return Example(role="harmonizer", prompt=prompt, answer=answer, templates=(template,), about=about, source=prompt)


def _styled(header: str, rng: random.Random) -> str:
    style = rng.choice(STYLES)
    if style == "snake":
        return header.replace(" ", "_")
    if style == "dashes":
        return header.replace(" ", "-")
    return header + rng.choice((" (usd)", " ($)", " (#)", " value", " (eur)")) if style == "suffix" else header

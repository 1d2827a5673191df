"""Copy and what it may say: formats by industry, headlines by retailer, voice by brand, tool calls by task."""

import random
from typing import Any

from agents.federation.axes import Axis
from training.datasets.examples import Active, Example, present
from training.datasets.phrasing import choose, templates
from training.datasets.wording import creative as wording
from training.datasets.wording.jargon import AD_FORMATS


def copy_request(*, rng: random.Random, held_out: bool) -> Example:
    """A wish for copy; each axis owns fields of the answer, so that one answer can need all four."""
    template = rng.choice(templates(of=wording.ASKS, held_out=held_out))
    kind = rng.choice(sorted(AD_FORMATS)) if rng.random() < 0.7 else ""
    said = rng.choice(AD_FORMATS[kind] if kind else wording.PLAIN_FORMATS)

    def answer(active: Active) -> dict[str, Any]:
        retailer, brand = present(active, Axis.RETAILER) or "", present(active, Axis.BRAND) or ""
        written: dict[str, Any] = {}
        if kind and present(active, Axis.INDUSTRY):
            written["format"] = kind
        written |= {"headline": wording.HEADLINES[retailer], "body": wording.BODIES[brand], "cta": wording.CALLS[brand]}
        if present(active, Axis.TASK) == "creative":
            return {"name": "generate_copy", "arguments": written | {"alt_text": "~t1~, ~t2~"}}
        return written

    prompt = choose(template=template, rng=rng).replace("{format}", said)
    return Example(role="creative", prompt=prompt, answer=answer, templates=(template,), about="copy", source=prompt)


def limit_question(*, rng: random.Random, held_out: bool) -> Example:
    """How long a part of the copy may be: the retailer's to know."""
    part = rng.choice(sorted(wording.LIMITS))
    template = rng.choice(templates(of=wording.LIMIT_ASKS, held_out=held_out))

    def answer(active: Active) -> dict[str, Any]:
        retailer = present(active, Axis.RETAILER)
        told = {"part": part, "limit": wording.LIMITS[part][retailer] if retailer else "unknown"}
        return {"name": "search_policies", "arguments": told} if present(active, Axis.TASK) == "policy" else told

    prompt = choose(template=template, rng=rng).replace("{part}", rng.choice(wording.PARTS[part]))
    return Example(role="policy", prompt=prompt, answer=answer, templates=(template,), about="limits", source=prompt)


def copy_check(*, rng: random.Random, held_out: bool) -> Example:
    """Copy to judge: the policy task names what is of concern; nobody else is asked to."""
    ask = rng.choice(templates(of=wording.CHECK_ASKS, held_out=held_out))
    concern = rng.choice(sorted(wording.CONCERNS)) if rng.random() < 0.7 else ""
    line = rng.choice(templates(of=wording.CONCERNS[concern] if concern else wording.FINE, held_out=held_out))

    def answer(active: Active) -> dict[str, Any] | None:
        if present(active, Axis.TASK) != "policy":
            return None
        return {"name": "check_policy", "arguments": {"concerns": [concern] if concern else []}}

    prompt = choose(template=ask, rng=rng).replace("{copy}", choose(template=line, rng=rng))
    return Example(role="policy", prompt=prompt, answer=answer, templates=(ask, line), about="checks", source=prompt)

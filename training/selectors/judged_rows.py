"""Rows that people's judgements give: thumbs on what the model wrote, and copy that a policy's repair mended."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from agents.models import AgentRun, AgentStep
from agents.services.agent_runs import LONGEST_KEPT
from rlhf.models import Feedback
from training.fine_tuning.rows import Row
from training.fine_tuning.specification import Recipe
from training.selectors.learned_rows import Collected

USED = (AgentRun.Status.ANSWERED, AgentRun.Status.ASKED)


@dataclass(frozen=True, kw_only=True)
class _Judged:
    """What the model read and wrote, and whether people found the answer good."""

    prompt: list[dict[str, str]]
    text: str
    is_good: bool


def rows_of_feedback(*, recipe: Recipe) -> Collected:
    """Thumbs on answers that the model gave; an answer with thumbs both ways says nothing and is left out.

    KTO: each text the model wrote, good or not. SFT: the good ones. DPO and reward: two texts on the same prompt, of
    which people liked one.
    """
    judged = list(_judged())
    if recipe == Recipe.KTO:
        rows: Sequence[Row] = [_row(one, completion=one.text) | {"label": one.is_good} for one in judged]
    elif recipe == Recipe.SFT:
        rows = [_row(one, completion=one.text) for one in judged if one.is_good]
    else:
        rows = list(_pairs(judged))
    return Collected(rows=tuple(rows), is_simulated=False)


def rows_of_policy_fixes(*, recipe: Recipe) -> Collected:
    """Copy that agents had checked and a policy mended: SFT gives the mended one, DPO and reward prefer it."""
    rows = []
    steps = AgentStep.objects.filter(kind=AgentStep.Kind.TOOL, name="check_policy", status="done").order_by("pk")
    for step in steps:
        fixed, asked = (step.answered or {}).get("fixed"), dict(step.asked)
        retailer = asked.pop("retailer", "")
        if not isinstance(fixed, dict) or not retailer or "beginning" in asked:
            continue  # nothing was mended, or it was too long to be kept whole
        prompt = [{"role": "user", "content": f"Write this copy so that {retailer}'s policy passes it: {_said(asked)}"}]
        answers = {"completion": _said(fixed)}
        if recipe != Recipe.SFT:
            answers = {"chosen": _said(fixed), "rejected": _said(asked)}
        rows.append({"prompt": prompt, **{name: _assistant(text) for name, text in answers.items()}})
    return Collected(rows=tuple(rows), is_simulated=False)


def _judged() -> Iterator[_Judged]:
    """One for each text the model wrote in an answer that people judged alike; texts that were cut are left out."""
    thumbs: dict[Any, set[str]] = {}
    for run, thumb in Feedback.objects.filter(run__status__in=USED).values_list("run_id", "thumb"):
        thumbs.setdefault(run, set()).add(thumb)
    agreed = {run: given == {Feedback.Thumb.UP} for run, given in thumbs.items() if len(given) == 1}
    steps = AgentStep.objects.filter(run_id__in=agreed, kind=AgentStep.Kind.MODEL).order_by("run_id", "number")
    for step in steps:
        prompt, text = step.asked.get("prompt", []), step.answered.get("text", "")
        if prompt and text and all(len(one) < LONGEST_KEPT for one in (text, *(said["content"] for said in prompt))):
            yield _Judged(prompt=prompt, text=text, is_good=agreed[step.run_id])


def _pairs(judged: Sequence[_Judged]) -> Iterator[Row]:
    by_prompt: dict[str, list[_Judged]] = {}
    for one in judged:
        by_prompt.setdefault(json.dumps(one.prompt), []).append(one)
    for same in by_prompt.values():
        good = dict.fromkeys(one.text for one in same if one.is_good)
        bad = dict.fromkeys(one.text for one in same if not one.is_good)
        yield from (
            _row(same[0], chosen=chosen, rejected=rejected)
            for chosen, rejected in product(good, bad)
            if chosen not in bad and rejected not in good
        )


def _row(one: _Judged, **answers: str) -> Row:
    return {"prompt": one.prompt, **{name: _assistant(text) for name, text in answers.items()}}


def _assistant(text: str) -> list[dict[str, str]]:
    return [{"role": "assistant", "content": text}]


def _said(copy: dict[str, Any]) -> str:
    return json.dumps(copy, sort_keys=True, ensure_ascii=False)

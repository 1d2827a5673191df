"""Measure one adapter, alone and in every composition it can serve in, on the suites of those who are present."""

import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import torch

from agents.federation.axes import Axis
from training.datasets.examples import Active
from training.evaluation.intervals import Score, score
from training.evaluation.questions import Question
from training.evaluation.runner import Runner
from training.evaluation.suites import suite_of
from training.fine_tuning.evaluation_job import EvaluationJob, HeldOut, Worn
from training.fine_tuning.progress import Event, Measured
from training.fine_tuning.refusal import TrainingRefused
from training.fine_tuning.rows import Row, read_rows
from training.fine_tuning.specification import Recipe
from training.recipes.members import ORDER

PASSES_AT = 0.9  # as for what is shipped
TOGETHER = "composition"
EVALUATIONS = "evaluations.json"
Right = dict[str, tuple[bool, ...]]


def measure_all(*, job: EvaluationJob, folder: Path, say: Callable[[Event], None]) -> None:
    """Every composition of the job that was not measured before. Raises TrainingRefused where nothing can be."""
    torch.set_num_threads(job.threads)
    runner = Runner(base=job.base, adapters=folder / "adapters")
    if runner.digest != job.base_digest:
        raise TrainingRefused("The base model has changed", "The adapters are for another one.", "base")
    asked = [(one, _rows(one, most=job.cases)) for one in job.held_out]
    kept = _kept(job=job, folder=folder)
    done = {tuple(one["members"]) for one in kept["results"]}
    for number, composition in enumerate(job.compositions, start=1):
        worn = [one for one in job.members if one.sha256 in composition]
        if composition not in done:
            right = _right(runner, worn=worn, cases=job.cases, held_out=asked)
            kept["results"] += _results(right, composition=composition, is_alone=len(worn) == 1)
            _write(folder / EVALUATIONS, json.dumps(kept, indent=1))
        if composition == (job.candidate,) and not any(one["members"] == [job.candidate] for one in kept["results"]):
            detail = "No suite knows what it is for, and no data set of its training is kept here."
            raise TrainingRefused(
                "There is nothing to measure it on", detail, "adapter", "Train it on a data set here."
            )
        label = ", ".join(one.name for one in worn)
        say(Measured(done=number, of=len(job.compositions), label=label))


def _right(
    runner: Runner, *, worn: Sequence[Worn], cases: int, held_out: Sequence[tuple[HeldOut, Sequence[Row]]]
) -> Right:
    """By suite, whether each case was answered exactly; a member no suite knows must leave others' answers alone."""
    everybody: Active = frozenset((Axis(one.axis), one.member) for one in worn)
    known: Active = frozenset(everybody & set(ORDER))
    suites = [suite_of(member=member, count=cases) for member in ORDER if member in known]
    questions = [Question(role=each.role, prompt=each.prompt) for suite in suites for each in suite.examples]
    expected = [answer for suite in suites for answer in suite.expected(known)]
    names = [suite.name for suite in suites for _ in suite.examples]
    for one, rows in held_out:
        questions += [Question(role="", prompt="", text=_prompt(runner, row)) for row in rows]
        expected += [_answer(row) for row in rows]
        names += [one.suite for _ in rows]
    if not questions:
        return {}
    runner.wear(active=everybody)
    found = [given == wanted for given, wanted in zip(runner.answers(questions=questions), expected, strict=True)]
    marked = list(zip(names, found, strict=True))
    return {suite: tuple(is_right for name, is_right in marked if name == suite) for suite in dict.fromkeys(names)}


def _results(right: Right, *, composition: Sequence[str], is_alone: bool) -> list[dict[str, Any]]:
    """The composition as one suite, which passes where its worst part does; alone also each part by its own name."""
    if not right:
        return []
    parts = {name: score(right=values) for name, values in right.items()}
    worst = min(one.share for one in parts.values())
    whole = score(right=[value for values in right.values() for value in values])
    results = [_result(TOGETHER, whole, composition=composition, passed=worst >= PASSES_AT)]
    if is_alone:
        results += [
            _result(name, one, composition=composition, passed=one.share >= PASSES_AT) for name, one in parts.items()
        ]
    return results


def _result(suite: str, one: Score, *, composition: Sequence[str], passed: bool) -> dict[str, Any]:
    bounds = {"score": one.share, "low": min(one.low, one.share), "high": max(one.high, one.share)}
    return {"members": list(composition), "suite": suite, "passed": passed, "cases": one.count, **bounds}


def _rows(one: HeldOut, *, most: int) -> list[Row]:
    """The first rows whose answer is a text; of a thumbs' data set those that were found good."""
    with one.path.open(encoding="utf-8") as lines:
        rows = read_rows(lines, recipe=Recipe(one.recipe), where=one.suite)
    return [row for row in rows if row.get("label", True) and _answer(row)][:most]


def _prompt(runner: Runner, row: Row) -> str:
    """As training wrote it."""
    text = runner.tokenizer.apply_chat_template(row["prompt"], tokenize=False, add_generation_prompt=True)
    return str(text)


def _answer(row: Row) -> str:
    said: list[dict[str, Any]] = row["completion"] if "completion" in row else row["chosen"]
    return str(said[-1].get("content") or "")


def _kept(*, job: EvaluationJob, folder: Path) -> dict[str, Any]:
    """What an attempt before this one measured for the same job."""
    fresh: dict[str, Any] = {"base_digest": job.base_digest, "run": job.run, "results": []}
    try:
        found: dict[str, Any] = json.loads((folder / EVALUATIONS).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return fresh
    is_same = all(found.get(key) == fresh[key] for key in ("base_digest", "run"))
    return found if is_same else fresh


def _write(path: Path, text: str) -> None:
    half = path.with_suffix(".half")
    half.write_text(text, encoding="utf-8")
    os.replace(half, path)

"""Run the harness on a base and its adapters, in a process of its own.

Run: ``python -m training.evaluation.run --base DIR --adapters DIR [--alone DIR] --out FILE [--cases 60]``. Writes
tables with 95 % bootstrap intervals and the hand-written briefs; what the gate reads lies as ``evaluations.json``
beside the adapters.
"""

import argparse
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch

from agents.grounding.answers import answer_schema
from agents.grounding.parser import ROLE, Ask, ModelParser
from agents.grounding.slots import TooManySlots, slot
from campaigns.briefs import RulesParser
from training.datasets.examples import Member
from training.evaluation.gate import measure_servable
from training.evaluation.handwritten_briefs import CATALOGUE, TODAY, HandBrief, HandResult, hand_briefs, judge
from training.evaluation.harness import Row, kept_of_single, table
from training.evaluation.intervals import score
from training.evaluation.questions import Question
from training.evaluation.runner import Runner
from training.evaluation.suites import suite_of
from training.recipes.adapter_files import WEIGHTS
from training.recipes.members import BRANDS, INDUSTRY, RETAILERS, TASKS, name_of, never_met

# The table: one full set whose members all met in training, one with pairs that never did.
TABLES: tuple[tuple[Member, ...], ...] = (
    (INDUSTRY, RETAILERS[0], BRANDS[0], TASKS[2]),
    (INDUSTRY, RETAILERS[1], BRANDS[1], TASKS[2]),
)


def main() -> None:
    """Read the arguments, measure, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--adapters", type=Path, required=True)
    parser.add_argument("--alone", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--cases", type=int, default=60)
    parser.add_argument("--gate-cases", type=int, default=40)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--tables", type=int, default=len(TABLES), help="how many of the full sets")
    parser.add_argument("--only", choices=("tables", "briefs", "gate"), action="append")
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    wanted = given.only or ["briefs", "tables", "gate"]
    runner = Runner(base=given.base, adapters=given.adapters)
    found: dict[str, Any] = {"base_digest": runner.digest, "seconds": 0.0}
    if given.out.exists():
        found |= json.loads(given.out.read_text())
    began = time.monotonic()
    if "briefs" in wanted:
        found["briefs"] = _briefs(runner)
    if "tables" in wanted:
        found["tables"] = [_table(runner, members, given.alone, given.cases) for members in TABLES[: given.tables]]
    if "gate" in wanted:
        found["gate"] = measure_servable(runner=runner, base=given.base, cases=given.gate_cases, say=_say)
    found["seconds"] = round(found["seconds"] + time.monotonic() - began)
    given.out.write_text(json.dumps(found, indent=1) + "\n")


def _briefs(runner: Runner) -> dict[str, Any]:
    """Hand-written briefs: the base, the planner's set, that set checked by rules, and rules alone."""

    briefs, found = hand_briefs(), {}
    for name, members in (("base", ()), ("full set", (INDUSTRY, RETAILERS[0], BRANDS[0], TASKS[0]))):
        runner.wear(active=frozenset(members))
        ask = _asked_at_once(runner, briefs)
        found[name] = _told(judge(briefs=briefs, parser=ModelParser(ask=ask)))
        found[f"{name}, checked by rules"] = _told(
            judge(briefs=briefs, parser=ModelParser(ask=ask, second=RulesParser()))
        )
    found["rules"] = _told(judge(briefs=briefs, parser=RulesParser()))
    for name, told in found.items():
        _say(f"hand-written, {name}: {told['fields']}, silent wrong budgets {told['wrong_budgets']}")
    return found


def _asked_at_once(runner: Runner, briefs: Sequence[HandBrief]) -> Ask:
    """Answers to all briefs in one batch, handed out by prompt."""
    questions = []
    for brief in briefs:
        try:
            slotted = slot(text=brief.text, catalogue=CATALOGUE, today=TODAY)
        except TooManySlots:
            continue
        questions.append(Question(role=ROLE, prompt=slotted.text, schema=answer_schema(slotted=slotted)))
    answers = dict(zip((each.prompt for each in questions), runner.answers(questions=questions), strict=True))
    return lambda prompt, schema: answers[prompt]


def _told(results: Sequence[HandResult]) -> dict[str, Any]:
    right = [field in result.right for result in results for field in (*result.right, *result.wrong)]
    exact = [not result.wrong and (result.has_asked or not result.brief.must_ask) for result in results]
    asked = [result.has_asked for result in results if result.brief.must_ask]
    clear = [not result.has_asked for result in results if not result.brief.must_ask]
    return {
        "fields": str(score(right=right)),
        "field_count": len(right),
        "exact": str(score(right=exact)),
        "asked_when_needed": f"{sum(asked)} of {len(asked)}",
        "not_asked_when_clear": f"{sum(clear)} of {len(clear)}",
        "wrong_budgets": sum(result.has_wrong_budget for result in results),
        "misread": {result.brief.id: list(result.wrong) for result in results if result.wrong},
    }


def _table(runner: Runner, members: tuple[Member, ...], alone: Path | None, cases: int) -> dict[str, Any]:
    suites = [suite_of(member=member, count=cases) for member in (None, *members)]
    fitting = alone if alone and all((alone / name_of(member) / WEIGHTS).exists() for member in members) else None
    rows = table(runner=runner, members=members, suites=suites, alone=fitting)
    for row in rows:
        _say(f"{row.label:40} " + "  ".join(f"{suite} {value}" for suite, value in row.scores().items()))
    kept = kept_of_single(rows=rows, suites=suites)
    return {
        "members": [name_of(member) for member in members],
        "cases": {suite.name: len(suite.examples) for suite in suites},
        "rows": [_row(row) for row in rows],
        "full_set_of_single": {name: [round(each, 3) for each in values] for name, values in kept.items()},
    }


def _row(row: Row) -> dict[str, Any]:
    return {
        "label": row.label,
        "has_pair_that_never_met": never_met(row.active),
        "scores": {
            name: [round(each, 4) for each in (one.share, one.low, one.high)] for name, one in row.scores().items()
        },
    }


def _say(line: str) -> None:
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


if __name__ == "__main__":
    main()

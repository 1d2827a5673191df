"""Agents on the shipped model: brief → constraints, tokens a second, mixed batches, and schema-valid tool calls.

Run: ``python -m benchmarks.agents [--calls 1000] [--rounds 2]``. Wall times are the machine's: the load is printed
beside. A plan's solver is not part of it: it runs in a worker.
"""

import argparse
import json
import os
import random
import tempfile
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema

from agents.backends.local_engine import LocalEngine
from agents.federation.generation import Message, Sampling, ServedAdapter, ToolSpec
from agents.federation.tool_grammar import tool_call_schema
from agents.grounding.answers import answer_schema
from agents.grounding.parser import ROLE, ModelParser
from agents.grounding.slots import TooManySlots, slot
from agents.tests.injections import STRINGS
from agents.tools.schemas import ASK, NO_TOOL, TOOLS
from benchmarks.shipped_engine import cpu_seconds, lattice, shipped_engine
from campaigns.briefs import BriefRefused, RulesParser
from training.evaluation.handwritten_briefs import CATALOGUE, TODAY, UNSEEN, hand_briefs

PEOPLE, BRIEF_LIMIT = 8, 1.0
SAMPLING = Sampling(max_tokens=220, seconds=120)
# As the roles offer them: (prompt, task, tools).
ROLES = (
    ("planner", "planning", ("allocate_budget", "forecast")),
    ("planner", "planning", ("fetch_metrics", "design_experiment", "analyze_experiment")),
    ("harmonizer", "mapping", ("suggest_mapping",)),
    ("creative", "creative", ("generate_copy", "check_policy")),
    ("policy", "policy", ("search_policies", "check_policy")),
)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One constrained question: who is asked what, and the schema its answer must fit."""

    messages: tuple[Message, ...]
    tools: tuple[ToolSpec, ...]
    schema: Mapping[str, Any]
    composite: ServedAdapter


@dataclass(frozen=True, kw_only=True)
class Checked:
    """How constrained answers fared.

    Attributes:
        unfit: answers that came to an end and do not fit their schema.
        cut: how many were cut at their bound; an agent takes them for no call at all.
        foreign: how many another's adapter gave.
    """

    count: int
    unfit: tuple[str, ...]
    cut: int
    foreign: int
    seconds: float

    def told(self) -> str:
        fit = self.count - self.cut - len(self.unfit)
        return (
            f"{self.count:,} constrained answers in {self.seconds:.0f} s: {fit:,} fit their schema, {len(self.unfit)} "
            f"do not, {self.cut} cut at their bound (no call); {self.foreign} of another's adapter"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=1_000, help="schema-constrained generations")
    parser.add_argument("--rounds", type=int, default=1, help="how often each brief is read")
    parser.add_argument("--briefs", type=int, default=100, help="how many are read, of 100")
    parser.add_argument("--only", choices=["briefs", "batches", "calls"])
    given = parser.parse_args()
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores", flush=True)
    with tempfile.TemporaryDirectory(prefix="rmn-agents-") as name:
        folder = Path(name)
        worn = {task: lattice(task=task, folder=folder) for task in ("planning", "mapping", "creative", "policy")}
        with shipped_engine(folder=folder) as backend:
            if given.only in (None, "briefs"):
                read_briefs(backend, worn["planning"][0], rounds=given.rounds, most=given.briefs)
            if given.only in (None, "batches"):
                mixed_batches(backend, worn["planning"])
            if given.only in (None, "calls"):
                print(check_calls(backend, worn, count=given.calls).told(), flush=True)


def read_briefs(backend: LocalEngine, composite: ServedAdapter, *, rounds: int, most: int) -> None:
    """Seconds from a brief to constraints that both readings were compared for."""
    tokens = 0

    def ask(prompt: str, schema: Mapping[str, Any]) -> str:
        nonlocal tokens
        messages = (Message(role="system", content=ROLE), Message(role="user", content=prompt))
        answer = _generate(backend, Asked(messages=messages, tools=(), schema=schema, composite=composite))
        tokens += answer.usage.completion_tokens
        return answer.text

    briefs = [*hand_briefs(), *hand_briefs(file=UNSEEN)][:most]
    reader, times = ModelParser(ask=ask, second=RulesParser()), []
    ask("warm up", {"enum": ["a"]})
    tokens = 0
    worked = cpu_seconds()
    for brief in briefs * rounds:
        started = time.perf_counter()
        try:
            reader.parse(text=brief.text, catalogue=CATALOGUE, today=TODAY)
        except BriefRefused:
            continue
        times.append(time.perf_counter() - started)
    worked = cpu_seconds() - worked
    times.sort()
    p50, p95 = times[len(times) // 2], times[int(len(times) * 0.95) - 1]
    print(
        f"brief → constraints, model and rules, {len(times)} briefs: p50 {p50:.3f} s, p95 {p95:.3f} s, "
        f"p95 {p95 / BRIEF_LIMIT:.2f} of the aim; {tokens / sum(times):,.0f} tokens/s one at a time; "
        f"{worked / len(times):.3f} s of CPU a brief, {tokens / worked:,.0f} tokens per CPU second",
        flush=True,
    )


def mixed_batches(backend: LocalEngine, composites: Sequence[ServedAdapter]) -> None:
    """The same briefs one by one and by several people at once, each with another composite."""
    asked = [one for one in _briefs_asked(composites) if one is not None][:48]
    for composite in composites:
        backend.ensure(composite=composite)
    started = time.perf_counter()
    alone = sum(_generate(backend, one).usage.completion_tokens for one in asked) / (time.perf_counter() - started)
    with ThreadPoolExecutor(PEOPLE * 2) as people:
        started = time.perf_counter()
        written = sum(
            answer.usage.completion_tokens for answer in people.map(lambda one: _generate(backend, one), asked)
        )
        mixed = written / (time.perf_counter() - started)
    print(
        f"tokens/s one by one {alone:,.0f}, by {PEOPLE * 2} at once over {len(composites)} composites {mixed:,.0f}: "
        f"{mixed / alone:.1f}×",
        flush=True,
    )


def check_calls(backend: LocalEngine, worn: Mapping[str, Sequence[ServedAdapter]], *, count: int) -> Checked:
    """Constrained answers to briefs, injections and questions, each held against its schema by another validator."""
    rng = random.Random(5)
    briefs = _briefs_asked(worn["planning"])
    asked = [rng.choice(briefs) if rng.random() < 0.5 else _tool_asked(rng, worn) for _ in range(count)]
    started = time.perf_counter()
    with ThreadPoolExecutor(PEOPLE) as people:
        answers = list(people.map(lambda one: _generate(backend, one), asked))
    pairs = list(zip(asked, answers, strict=True))
    return Checked(
        count=count,
        unfit=tuple(
            answer.text for one, answer in pairs if answer.finish == "stop" and not _fits(answer.text, one.schema)
        ),
        cut=sum(answer.finish != "stop" for _, answer in pairs),
        foreign=sum(answer.digest != one.composite.name for one, answer in pairs),
        seconds=time.perf_counter() - started,
    )


def _briefs_asked(composites: Sequence[ServedAdapter]) -> list[Asked]:
    found = []
    for place, brief in enumerate([*hand_briefs(), *hand_briefs(file=UNSEEN)]):
        try:
            slotted = slot(text=brief.text, catalogue=CATALOGUE, today=TODAY)
        except TooManySlots:
            continue
        messages = (Message(role="system", content=ROLE), Message(role="user", content=slotted.text))
        composite = composites[place % len(composites)]
        found.append(Asked(messages=messages, tools=(), schema=answer_schema(slotted=slotted), composite=composite))
    return found


def _tool_asked(rng: random.Random, worn: Mapping[str, Sequence[ServedAdapter]]) -> Asked:
    role, task, names = rng.choice(ROLES)
    offered = (*(TOOLS[name] for name in names), ASK, NO_TOOL)
    tools = tuple(ToolSpec(name=one.name, description=one.description, parameters=one.parameters) for one in offered)
    messages = (Message(role="system", content=role), Message(role="user", content=rng.choice(STRINGS)))
    schema = tool_call_schema(tools=tools)
    return Asked(messages=messages, tools=tools, schema=schema, composite=rng.choice(worn[task]))


def _generate(backend: LocalEngine, asked: Asked) -> Any:
    return backend.generate(
        messages=asked.messages,
        tools=asked.tools,
        json_schema=None if asked.tools else asked.schema,
        candidates=(),
        composite=asked.composite,
        sampling=SAMPLING,
        tenant_salt="",
    )


def _fits(text: str, schema: Mapping[str, Any]) -> bool:
    try:
        jsonschema.validate(json.loads(text), schema)
    except (ValueError, jsonschema.ValidationError):
        return False
    return True


if __name__ == "__main__":
    main()

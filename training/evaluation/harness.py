"""The table of a composition: base, each adapter, every pair, the full set, and the naive sum, on each one's skill."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Protocol

from training.datasets.examples import Active, Member
from training.evaluation.intervals import Score, ratio, score
from training.evaluation.questions import Question
from training.evaluation.suites import Suite


class Answerer(Protocol):
    """Something that wears adapters and answers."""

    def wear(self, *, active: Active, folder: Path | None = None) -> None:
        """Put exactly these on."""

    def answers(self, *, questions: Sequence[Question]) -> list[str]:
        """One answer a question."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """One composition on all suites.

    Attributes:
        label: base, +industry, …, full, naive sum.
        right: by suite, whether each case was answered exactly.
    """

    label: str
    active: Active
    right: dict[str, tuple[bool, ...]]

    def scores(self) -> dict[str, Score]:
        """By suite."""
        return {suite: score(right=values) for suite, values in self.right.items()}


def table(*, runner: Answerer, members: Sequence[Member], suites: Sequence[Suite], alone: Path | None) -> list[Row]:
    """Every row; ``alone`` holds the same members trained independently, for the negative control."""
    rows = [
        measure(runner=runner, label=label, active=active, suites=suites) for label, active in compositions(members)
    ]
    if alone is not None:
        everybody = frozenset(members)
        rows.append(measure(runner=runner, label="naive sum", active=everybody, suites=suites, folder=alone))
    return rows


def compositions(members: Sequence[Member]) -> Iterator[tuple[str, Active]]:
    """Nobody, each, every pair, everybody."""
    yield "base", frozenset()
    for size in (1, 2):
        for some in combinations(members, size):
            yield "+" + " +".join(name for _, name in some), frozenset(some)
    yield "full set", frozenset(members)


def measure(
    *, runner: Answerer, label: str, active: Active, suites: Sequence[Suite], folder: Path | None = None
) -> Row:
    """One composition on these suites: exact match with what those present and the suite's own member answer."""
    runner.wear(active=active, folder=folder)
    questions = [Question(role=each.role, prompt=each.prompt) for suite in suites for each in suite.examples]
    found = iter(runner.answers(questions=questions))
    right = {suite.name: tuple(next(found) == expected for expected in suite.expected(active)) for suite in suites}
    return Row(label=label, active=active, right=right)


def kept_of_single(*, rows: Sequence[Row], suites: Sequence[Suite]) -> dict[str, tuple[float, float, float]]:
    """By suite: score of the full set as a share of the score of the suite's member alone, with its interval."""
    full = next(row for row in rows if row.label == "full set")
    kept = {}
    for suite in suites:
        alone = frozenset() if suite.member is None else frozenset({suite.member})
        single = next(row for row in rows if row.active == alone and row.label != "naive sum")
        kept[suite.name] = ratio(part=full.right[suite.name], whole=single.right[suite.name])
    return kept

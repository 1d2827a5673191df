"""The suites of an evaluation, answered by compositions and, for comparison, by the base and by each adapter alone."""

from collections.abc import Sequence
from typing import Any

from agents.federation.axes import Axis
from training.datasets.examples import Active, Member
from training.evaluation.intervals import Score, score
from training.evaluation.passing import Reference, Right, passing_suites, role_of
from training.evaluation.questions import Question
from training.evaluation.runner import Runner
from training.evaluation.suites import BRIEFS_SUITE, Suite, suite_of
from training.fine_tuning.evaluation_job import EvaluationJob, HeldOut, Worn
from training.fine_tuning.rows import Row, read_rows
from training.fine_tuning.specification import Recipe
from training.recipes.members import ORDER

TOGETHER = "composition"


class Bench:
    """What a job asks; how the base and each suite's own adapter answer it is measured when first needed."""

    def __init__(self, *, runner: Runner, job: EvaluationJob) -> None:
        self.runner = runner
        self.suites: dict[str, Suite] = {BRIEFS_SUITE: suite_of(member=None, count=job.cases)}
        self.rows: dict[str, Sequence[Row]] = {}
        self.owners: dict[str, Worn] = {}
        self._references: dict[tuple[str, str | None], Reference] = {}
        for one in job.members:
            if member_of(one) in ORDER:
                suite = suite_of(member=member_of(one), count=job.cases)
                self.suites[suite.name], self.owners[suite.name] = suite, one
            if one.sha256 == job.candidate:
                self.rows = {held.suite: _rows(held, most=job.cases) for held in job.held_out}
                self.owners |= {name: one for name, rows in self.rows.items() if rows}

    def results(self, worn: Sequence[Worn], *, composition: Sequence[str]) -> list[dict[str, Any]]:
        """The composition as one suite, which passes where each part does; alone also each part by its own name."""
        role, is_alone = role_of(active=frozenset(map(member_of, worn))), len(worn) == 1
        own = [name for name, owner in self.owners.items() if owner in worn]
        names = [name for name in (*own, BRIEFS_SUITE) if self._asked(name, role)]
        if not own or not names:
            return []
        right = self._right(names, wearing=worn, role=role)
        references = {name: self._reference(name, role) for name in names}
        passing = passing_suites(right=right, references=references, is_alone=is_alone)
        whole = score(right=[value for values in right.values() for value in values])
        found = [(TOGETHER, whole, all(passing.values()))]
        if is_alone:
            found += [(name, score(right=values), passing[name]) for name, values in right.items()]
        return [_result(name, one, composition=composition, passed=passed) for name, one, passed in found]

    def _reference(self, name: str, role: str | None) -> Reference:
        if (name, role) not in self._references:
            owner = self.owners.get(name)
            base = self._right([name], wearing=(), role=role)[name]
            alone = self._right([name], wearing=(owner,), role=role)[name] if owner else None
            self._references[name, role] = Reference(base=base, alone=alone)
        return self._references[name, role]

    def _right(self, names: Sequence[str], *, wearing: Sequence[Worn], role: str | None) -> Right:
        """By suite, whether each case was answered exactly as those worn and the suite's own member should."""
        members = frozenset(map(member_of, wearing))
        cases = {name: self._cases(name, members & frozenset(ORDER), role) for name in names}
        self.runner.wear(active=members)
        found = iter(self.runner.answers(questions=[each for asked, _ in cases.values() for each in asked]))
        return {name: tuple(next(found) == wanted for wanted in expected) for name, (_, expected) in cases.items()}

    def _asked(self, name: str, role: str | None) -> bool:
        """Whether a composition in this role is ever asked something of a suite."""
        return name in self.rows or any(role in (None, each.role) for each in self.suites[name].examples)

    def _cases(self, name: str, known: Active, role: str | None) -> tuple[list[Question], list[str]]:
        if name in self.rows:
            asked = [Question(role="", prompt="", text=self._prompt(row)) for row in self.rows[name]]
            return asked, [_answer(row) for row in self.rows[name]]
        suite = self.suites[name]
        fitting = [
            (Question(role=each.role, prompt=each.prompt), expected)
            for each, expected in zip(suite.examples, suite.expected(known), strict=True)
            if role in (None, each.role)
        ]
        return [asked for asked, _ in fitting], [expected for _, expected in fitting]

    def _prompt(self, row: Row) -> str:
        """As training wrote it."""
        template = self.runner.tokenizer.apply_chat_template
        return str(template(row["prompt"], tokenize=False, add_generation_prompt=True))


def member_of(one: Worn) -> Member:
    """Its place in the lattice."""
    return (Axis(one.axis), one.member)


def _result(suite: str, one: Score, *, composition: Sequence[str], passed: bool) -> dict[str, Any]:
    bounds = {"score": one.share, "low": min(one.low, one.share), "high": max(one.high, one.share)}
    return {"members": list(composition), "suite": suite, "passed": passed, "cases": one.count, **bounds}


def _rows(one: HeldOut, *, most: int) -> list[Row]:
    """The first rows whose answer is a text; of a thumbs' data set those that were found good."""
    with one.path.open(encoding="utf-8") as lines:
        rows = read_rows(lines, recipe=Recipe(one.recipe), where=one.suite)
    return [row for row in rows if row.get("label", True) and _answer(row)][:most]


def _answer(row: Row) -> str:
    said: list[dict[str, Any]] = row["completion"] if "completion" in row else row["chosen"]
    return str(said[-1].get("content") or "")

"""What an evaluating process keeps: suites by name, compositions by their worst part, each measured once."""

import json
from pathlib import Path

import pytest

from agents.federation.axes import Axis
from training.evaluation import measuring
from training.evaluation.suites import suite_of
from training.fine_tuning.evaluation_job import EvaluationJob, HeldOut, Worn, evaluation_job_from_json
from training.fine_tuning.progress import Measured
from training.fine_tuning.refusal import TrainingRefused
from training.recipes.members import INDUSTRY, TASKS

TRADE = Worn(sha256="i", axis="industry", member="retail_media")
MAPPING = Worn(sha256="m", axis="task", member="mapping")
UNKNOWN = Worn(sha256="u", axis="brand", member="nordmill")
CASES = 12
ROWS = 8  # of the held-out rows that were found good


class Oracle:
    """Answers as the adapters it wears should; with several of them it is wrong about what ``forgets`` names."""

    digest = "base"
    forgets: str = ""

    def __init__(self, *, base: Path, adapters: Path) -> None:
        self.tokenizer = self

    def apply_chat_template(self, messages, **_) -> str:
        return messages[-1]["content"]

    def wear(self, *, active, folder=None) -> None:
        self.active = active

    def answers(self, *, questions) -> list[str]:
        return [self._answer(one) for one in questions]

    def _answer(self, question) -> str:
        if question.text:
            is_there = (Axis.BRAND, "nordmill") in self.active and self.forgets != "held out"
            return question.text.upper() if is_there else "no"
        known = frozenset(self.active & {INDUSTRY, TASKS[1]})
        for member in (None, INDUSTRY, TASKS[1]):
            suite = suite_of(member=member, count=CASES)
            is_there = member is None or member in self.active
            forgets = self.forgets == "everything" or (self.forgets == suite.name and len(self.active) > 1)
            for example, expected in zip(suite.examples, suite.expected(known), strict=True):
                if example.prompt == question.prompt:
                    return expected if is_there and not forgets else "no"
        return ""


@pytest.fixture(autouse=True)
def oracle(monkeypatch):
    Oracle.forgets = ""
    monkeypatch.setattr(measuring, "Runner", Oracle)
    return Oracle


@pytest.fixture
def measured(tmp_path):
    """``measured(candidate, others)`` measures the candidate alone and with each of them; results by members, suite."""

    def run(candidate: Worn, *others: Worn, held_out: tuple[HeldOut, ...] = (), run_name: str = "r"):
        compositions = ((candidate.sha256,), *((candidate.sha256, one.sha256) for one in others))
        job = EvaluationJob(
            run=run_name,
            base=tmp_path,
            base_digest="base",
            candidate=candidate.sha256,
            members=(candidate, *others),
            compositions=compositions,
            held_out=held_out,
            cases=CASES,
        )
        said = []
        measuring.measure_all(job=evaluation_job_from_json(job.as_json()), folder=tmp_path, say=said.append)
        assert said[-1] == Measured(done=len(compositions), of=len(compositions), label=said[-1].label)
        kept = json.loads((tmp_path / "evaluations.json").read_text())
        return {("".join(one["members"]), one["suite"]): one for one in kept["results"]}

    return run


@pytest.fixture
def held_out(tmp_path):
    path = tmp_path / "held.jsonl"
    rows = [{"prompt": f"word {number}", "completion": f"WORD {number}", "label": number != 3} for number in range(9)]
    path.write_text("\n".join(map(json.dumps, rows)))
    return (HeldOut(suite="held out of words", path=path, recipe="kto"),)


def test_alone_each_suite_is_kept_and_together_the_composition(measured):
    headers = sum(each.role == "harmonizer" for each in suite_of(member=INDUSTRY, count=CASES).examples)

    found = measured(MAPPING, TRADE)

    assert 0 < headers < CASES  # a composition that maps is asked no brief
    assert set(found) == {("m", "composition"), ("m", "task:mapping"), ("mi", "composition")}
    assert {one["score"] for one in found.values()} == {1.0}
    assert all(one["passed"] for one in found.values())
    assert [found[key]["cases"] for key in (("m", "composition"), ("mi", "composition"))] == [CASES, CASES + headers]


def test_adapter_that_adds_nothing_to_the_base_does_not_pass(measured, oracle):
    oracle.forgets = "everything"

    assert not measured(MAPPING)["m", "composition"]["passed"]


def test_composition_that_forgets_how_to_read_briefs_does_not_pass(measured, held_out, oracle):
    oracle.forgets = "briefs"

    found = measured(UNKNOWN, TRADE, held_out=held_out)

    assert found["u", "composition"]["passed"]
    assert not found["ui", "composition"]["passed"]


def test_composition_fails_by_its_worst_part(measured, oracle):
    oracle.forgets = "industry"

    found = measured(MAPPING, TRADE)

    assert found["m", "composition"]["passed"]
    assert not found["mi", "composition"]["passed"]
    assert 0.5 < found["mi", "composition"]["score"] < 1


def test_rows_that_were_kept_back_are_a_suite_without_those_found_bad(measured, held_out, oracle):
    assert measured(UNKNOWN, held_out=held_out)["u", "held out of words"]["cases"] == ROWS

    oracle.forgets = "held out"
    assert not measured(UNKNOWN, held_out=held_out, run_name="again")["u", "held out of words"]["passed"]


def test_member_no_suite_knows_must_leave_the_others_answers_alone(measured, held_out):
    found = measured(UNKNOWN, TRADE, held_out=held_out)

    assert found["ui", "composition"]["passed"]
    assert found["ui", "composition"]["cases"] == 2 * CASES + ROWS  # briefs, the trade, and the rows


def test_member_no_suite_knows_and_without_rows_is_refused(measured):
    with pytest.raises(TrainingRefused, match="nothing to measure it on"):
        measured(UNKNOWN, TRADE)


def test_what_an_attempt_before_measured_is_not_measured_again(measured, oracle):
    measured(MAPPING)
    oracle.forgets = "everything"

    found = measured(MAPPING, TRADE)

    assert found["m", "composition"]["score"] == 1
    assert found["mi", "composition"]["score"] == 0


def test_another_run_measures_anew(measured, oracle):
    measured(MAPPING)
    oracle.forgets = "everything"

    assert measured(MAPPING, run_name="another")["m", "composition"]["score"] == 0


def test_another_base_is_refused(measured, oracle, monkeypatch):
    monkeypatch.setattr(oracle, "digest", "another")

    with pytest.raises(TrainingRefused, match="base model has changed"):
        measured(MAPPING)


@pytest.mark.parametrize("text", ["", "{}", '{"cases": "x"}'])
def test_job_that_cannot_be_read_is_refused(text):
    with pytest.raises(TrainingRefused, match="cannot be read"):
        evaluation_job_from_json(text)

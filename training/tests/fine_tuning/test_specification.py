from pathlib import Path

import pytest

from training.fine_tuning.refusal import TrainingRefused
from training.fine_tuning.specification import Dials, Job, Recipe, dials_from, job_from_json


def job(**changed) -> Job:
    given = {
        "recipe": Recipe.DPO,
        "base": Path("/base"),
        "base_digest": "b" * 64,
        "dataset": Path("/rows/train.jsonl"),
        "held_out": Path("/rows/held_out.jsonl"),
        "seed": 5,
    }
    return Job(**(given | changed))


def test_job_reads_as_it_was_written():
    written = job(start_from=Path("/adapter"), memory_bytes=10**9, dials=Dials(epochs=2, quantize=True))

    assert job_from_json(written.as_json()) == written


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"recipe": "sft"}', job().as_json().replace("dpo", "grpo")])
def test_what_is_no_job_is_refused(text):
    with pytest.raises(TrainingRefused, match="cannot be read"):
        job_from_json(text)


@pytest.mark.parametrize(
    ("name", "value"),
    [("epochs", 0), ("epochs", 51), ("learning_rate", 0), ("learning_rate", 1), ("rank", 65), ("batch_size", 0)],
)
def test_dial_out_of_range_is_refused_by_name(name, value):
    with pytest.raises(TrainingRefused) as refused:
        dials_from({name: value})

    assert refused.value.problem["where"] == name


def test_unknown_dial_and_no_number_are_refused():
    with pytest.raises(TrainingRefused, match="unknown"):
        dials_from({"temperature": 1})
    with pytest.raises(TrainingRefused, match="no number"):
        dials_from({"epochs": "many"})


def test_texts_of_a_form_become_numbers():
    assert dials_from({"quantize": "false"}) == Dials()
    assert dials_from({"quantize": "on"}) == Dials(quantize=True)
    assert dials_from({"epochs": "4", "learning_rate": "0.002", "rank": None}) == Dials(epochs=4, learning_rate=0.002)

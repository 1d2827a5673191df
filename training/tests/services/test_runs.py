"""Runs with the real process: PyTorch, TRL and PEFT on a base of random weights."""

import pytest

from agents.models import AdapterState, OwnAdapter
from tenants.models import Operation
from training.fine_tuning.refusal import TrainingRefused
from training.fine_tuning.specification import Recipe
from training.models import TrainingRun
from training.services.runs import start_run


def begin(dataset, owner, **changed):
    given = {
        "name": "First",
        "dataset": dataset,
        "axis": "task",
        "member": "planning",
        "dials": {"epochs": 1, "rank": 4},
        "seed": 3,
        "start_from": None,
        "by": owner,
    }
    return start_run(**(given | changed))


def test_run_trains_and_publishes_a_signed_candidate(dataset, owner, run_operations):
    run = begin(dataset(), owner)

    assert run_operations() == ["done"]

    run.refresh_from_db()
    adapter = OwnAdapter.objects.get(sha256=run.adapter_sha256)
    assert (adapter.state, adapter.version, adapter.rank) == (AdapterState.CANDIDATE, 1, 4)
    assert adapter.training_data["fingerprint"] == run.dataset.fingerprint
    assert run.points[-1][0] == run.step_count > 0
    assert run.scores["after_loss"] < run.scores["before_loss"]
    assert run.peak_bytes > 100_000_000


def test_preference_run_goes_on_from_an_adapter_and_names_its_parent(dataset, owner, run_operations):
    first = begin(dataset(), owner)
    run_operations()
    first.refresh_from_db()
    parent = OwnAdapter.objects.get(sha256=first.adapter_sha256)

    second = begin(dataset(Recipe.DPO, name="Pairs"), owner, start_from=parent)

    assert run_operations() == ["done"]
    second.refresh_from_db()
    adapter = OwnAdapter.objects.get(sha256=second.adapter_sha256)
    assert adapter.version == 2
    assert adapter.manifest["parents"] == [parent.sha256]
    assert second.scores["after_rewards_accuracies"] >= second.scores["before_rewards_accuracies"]


def test_reward_run_judges_and_registers_no_adapter(dataset, owner, run_operations):
    run = begin(dataset(Recipe.REWARD), owner)

    assert run_operations() == ["done"]

    run.refresh_from_db()
    assert run.adapter_sha256 == ""
    assert "after_accuracy" in run.scores
    assert not OwnAdapter.objects.exists()


def test_too_little_memory_fails_with_what_would_fit(dataset, owner, run_operations, settings):
    settings.TRAINING_MEMORY_BYTES = 900_000_000
    begin(dataset(), owner, dials={"epochs": 1, "batch_size": 256, "max_tokens": 512})

    assert run_operations() == ["failed"]

    problem = Operation.objects.get(kind="train").problem
    assert "memory" in problem["title"]
    assert "would fit" in problem["fix"]
    assert not OwnAdapter.objects.exists()


def test_long_rows_are_refused_by_number(dataset, owner, run_operations):
    begin(dataset(), owner, dials={"max_tokens": 16})

    assert run_operations() == ["failed"]

    assert "would be cut; the first are rows" in Operation.objects.get(kind="train").problem["detail"]


@pytest.mark.parametrize(
    "changed", [{"axis": "planet"}, {"member": " "}, {"dials": {"epochs": 0}}, {"dials": {"magic": 1}}]
)
def test_impossible_settings_start_nothing(dataset, owner, changed):
    made = dataset()

    with pytest.raises(TrainingRefused):
        begin(made, owner, **changed)

    assert not TrainingRun.objects.exists()
    assert not Operation.objects.exists()


def test_without_a_base_nothing_starts(dataset, owner, settings, tmp_path):
    made = dataset()
    settings.BASE_MODEL_DIR = tmp_path / "nowhere"

    with pytest.raises(TrainingRefused, match="no base model"):
        begin(made, owner)


def test_double_click_starts_one_run(dataset, owner):
    made = dataset()

    first, second = begin(made, owner, unique_key="k"), begin(made, owner, unique_key="k")

    assert first == second
    assert TrainingRun.objects.count() == Operation.objects.count() == 1

"""Steps of the smoke run: named, timed, and failing with what they saw."""

import pytest

from rmn_site.smoke.steps import SmokeFailed, StepLog, expect


def test_step_is_kept_with_its_seconds():
    log = StepLog()

    with log.step("sign in"):
        pass

    assert [step["step"] for step in log.steps] == ["sign in"]
    assert log.steps[0]["seconds"] >= 0


def test_error_in_a_step_becomes_a_failure_that_names_it():
    with pytest.raises(SmokeFailed) as failed, StepLog().step("upload"):
        raise ValueError("no file")

    assert failed.value.as_dict() == {"step": "upload", "reason": "ValueError: no file"}


def test_failed_step_is_not_kept_as_done():
    log = StepLog()

    with pytest.raises(SmokeFailed), log.step("upload"):
        expect(False, step="upload", reason="3 rows, not 4")

    assert log.steps == []


def test_claim_that_holds_lets_the_run_go_on():
    expect(True, step="upload", reason="never shown")

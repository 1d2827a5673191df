"""A process is known by the lock that it and its children hold."""

import os
import signal

import pytest

from rmn_site.embedded.locked_process import LockedProcess, wait_until


@pytest.fixture
def start(tmp_path):
    process, children = LockedProcess(name="sleeper", folder=tmp_path), []

    def start(*command: str, standard_input: bytes = b"") -> LockedProcess:
        child = process.start(
            command=command,
            log_path=tmp_path / "log",
            environment={"PATH": os.environ["PATH"]},
            work_folder=tmp_path,
            standard_input=standard_input,
        )
        children.append(child)
        return process

    yield start
    process.stop(seconds=0)
    for child in children:
        child.wait()


def test_nothing_lives_where_nothing_was_started(tmp_path):
    process = LockedProcess(name="nothing", folder=tmp_path)

    assert (process.is_alive(), process.process_id(), process.stop()) == (False, None, True)


def test_the_lock_names_the_running_process(start):
    process = start("sleep", "60")

    assert wait_until(lambda: process.process_id() is not None, seconds=5)
    os.kill(process.process_id(), 0)
    assert process.stop() is True
    assert not process.is_alive()


def test_one_of_a_name_runs_at_a_time(start):
    start("sleep", "60")

    with pytest.raises(BlockingIOError):
        start("sleep", "60")


def test_children_of_a_dead_process_keep_it_alive_until_they_are_ended(start, tmp_path):
    process = start("sh", "-c", "sleep 60 & echo two; sleep 60")
    wait_until(lambda: b"two" in (tmp_path / "log").read_bytes(), seconds=5)
    os.kill(process.process_id(), signal.SIGKILL)

    assert process.is_alive()
    assert process.stop(seconds=0.1) is False
    assert not process.is_alive()


def test_one_that_ignores_the_request_is_killed(start, tmp_path):
    process = start("sh", "-c", "trap '' TERM; echo deaf; while :; do sleep 1; done")
    wait_until(lambda: b"deaf" in (tmp_path / "log").read_bytes(), seconds=5)

    assert process.stop(seconds=0.2) is False
    assert not process.is_alive()


def test_a_stale_number_in_the_file_is_not_believed(tmp_path):
    process = LockedProcess(name="gone", folder=tmp_path)
    process.lock_path.write_text(str(os.getpid()))

    assert process.process_id() is None


def test_standard_input_is_given_and_output_goes_to_the_log(start, tmp_path):
    start("cat", standard_input=b"a secret")

    assert wait_until(lambda: (tmp_path / "log").read_bytes() == b"a secret", seconds=5)

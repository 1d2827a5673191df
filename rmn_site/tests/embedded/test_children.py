"""A child that ends is started again, later each time, and said so; one left over is ended first."""

import os
import signal
import time

import pytest

from rmn_site.embedded.children import FIRST_PAUSE, LONGEST_PAUSE, Child, demo_children
from rmn_site.embedded.locked_process import LockedProcess, wait_until


@pytest.fixture
def make_child(tmp_path):
    made = []

    def make(code: str) -> Child:
        child = Child(
            process=LockedProcess(name="worker", folder=tmp_path),
            command=("-c", code),
            environment=os.environ,
            log_path=tmp_path / "worker.log",
        )
        made.append(child)
        return child

    yield make
    for child in made:
        child.stop()


def test_a_crashed_child_is_started_again_after_a_pause(make_child):
    child, said = make_child("import time; time.sleep(60)"), []
    child.start()
    first = child.running
    first.send_signal(signal.SIGKILL)
    first.wait()

    child.keep(say=said.append)
    child.keep(say=said.append)
    assert child.running is None, "the pause is not over"
    child.due_at = time.monotonic()
    child.keep(say=said.append)

    assert child.running.poll() is None
    assert len(said) == 1
    assert said[0].startswith("worker ended (killed by SIGKILL); starting it again in 1 s, see ")


def test_the_pause_doubles_up_to_its_limit_and_starts_over_after_a_stable_life(make_child):
    child, pauses = make_child("raise SystemExit(3)"), []
    for _ in range(8):
        child.start()
        child.running.wait()
        child.keep(say=lambda text: None)
        pauses.append(child.pause)
    child.start()
    child.running.wait()
    child.started_at -= 3600
    child.keep(say=lambda text: None)

    assert pauses == [1, 2, 4, 8, 16, LONGEST_PAUSE, LONGEST_PAUSE, LONGEST_PAUSE]
    assert child.pause == FIRST_PAUSE


def test_a_living_child_is_left_alone(make_child):
    child, said = make_child("import time; time.sleep(60)"), []
    child.start()
    running = child.running

    child.keep(say=said.append)

    assert (child.running, said) == (running, [])


def test_a_child_left_by_a_killed_supervisor_is_ended_before_a_new_one_starts(make_child):
    left, fresh = make_child("import time; time.sleep(60)"), make_child("import time; time.sleep(60)")
    left.start()

    fresh.start()

    assert left.running.wait(timeout=5) == -signal.SIGTERM
    assert wait_until(lambda: fresh.process.process_id() == fresh.running.pid, seconds=5)


def test_what_a_child_says_is_in_its_log(make_child):
    child = make_child("raise SystemExit('no such setting')")
    child.start()
    child.running.wait()

    assert child.has_ended()
    assert child.log_tail() == "no such setting"


def test_the_demo_is_a_portal_a_worker_a_relay_an_engine_and_a_trainer(tmp_path):
    web, worker, relay, engine, trainer = demo_children(port=8123, environment={}, folder=tmp_path)

    assert "127.0.0.1:8123" in web.command
    assert "web,harmonize,optimize" in worker.command
    assert relay.command == ["manage.py", "run_relay"]
    assert engine.command == ["manage.py", "run_engine"]
    assert "train" in trainer.command

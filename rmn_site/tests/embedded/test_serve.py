"""The supervisor starts in order, says when it is ready, and stops everything it started."""

import json
import os
import signal
import stat
import threading

import pytest

from rmn_site.embedded import serve as serving
from rmn_site.embedded.children import Child
from rmn_site.embedded.errors import EmbeddedError
from rmn_site.embedded.locked_process import LockedProcess, wait_until
from rmn_site.embedded.put_away import stop_everything
from rmn_site.embedded.serve import serve

PORTAL = """
import http.server, sys
class Ready(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if self.path == "/readyz" else 404)
        self.end_headers()
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Ready).serve_forever()
"""
SLEEPER = "import time; time.sleep(60)"


@pytest.fixture(autouse=True)
def _services_are_elsewhere(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://there/it")
    monkeypatch.setenv("REDIS_URL", "redis://is/0")


@pytest.fixture
def demo(monkeypatch):
    """Small stand-ins for portal, worker, relay and engine; the management commands that were run, in order."""
    commands = []

    def manage(command, *, environment):
        commands.append((command, environment["DATABASE_URL"]))
        return {"sign_in": {"email": "owner@example.com", "password": "secret"}}

    def children(*, port, environment, folder):
        sleepers = dict.fromkeys(("worker", "relay", "engine", "trainer"), ("-c", SLEEPER))
        programs = {"web": ("-c", PORTAL, str(port))} | sleepers
        return tuple(
            Child(
                process=LockedProcess(name=name, folder=folder),
                command=command,
                environment=environment,
                log_path=folder / "logs" / f"{name}.log",
            )
            for name, command in programs.items()
        )

    monkeypatch.setattr(serving, "_manage", manage)
    monkeypatch.setattr(serving, "demo_children", children)
    return commands


def when_there(path, act):
    """Call ``act`` once the file is there, from a thread beside the test."""

    def wait_and_act():
        wait_until(path.exists, seconds=20)
        act()

    thread = threading.Thread(target=wait_and_act)
    thread.start()
    return thread


def interrupt():
    os.kill(os.getpid(), signal.SIGINT)


def test_it_prepares_seeds_announces_and_stops_on_a_signal(demo, state_dir, tmp_path, capsys):
    ready_file, seen = tmp_path / "ready.json", {}

    def look_and_interrupt():
        seen.update(json.loads(ready_file.read_text()), mode=stat.S_IMODE(ready_file.stat().st_mode))
        interrupt()

    thread = when_there(ready_file, look_and_interrupt)
    status = serve(port=0, state_dir=state_dir, ready_file=ready_file)
    thread.join()

    assert status == 0
    assert demo == [("prepare_site", "postgres://there/it"), ("seed_demo", "postgres://there/it")]
    assert (seen["database_url"], seen["redis_url"], seen["mode"]) == ("postgres://there/it", "redis://is/0", 0o600)
    said = capsys.readouterr().out
    assert f"READY {seen['url']} in " in said
    assert "Sign in as owner@example.com with password secret" in said
    assert not any(
        LockedProcess(name=name, folder=state_dir).is_alive() for name in ("web", "worker", "relay", "engine")
    )
    assert not ready_file.exists()


def test_a_second_demo_of_the_folder_is_refused_and_the_first_lives_on(demo, state_dir, tmp_path):
    ready_file, refusals, web = tmp_path / "ready.json", [], LockedProcess(name="web", folder=state_dir)

    def start_second():
        try:
            with serving._only_supervisor(state_dir=state_dir):
                pass
        except EmbeddedError as error:
            refusals.extend([str(error), web.is_alive()])
        interrupt()

    thread = when_there(ready_file, start_second)
    serve(port=0, state_dir=state_dir, ready_file=ready_file)
    thread.join()

    assert refusals[0].startswith(f"The demo runs already, as process {os.getpid()}")
    assert refusals[1] is True


def test_a_portal_that_cannot_start_is_shown_with_its_log(demo, state_dir, monkeypatch):
    monkeypatch.setattr(f"{__name__}.PORTAL", "raise SystemExit('SECRET_KEY is not set')")

    with pytest.raises(EmbeddedError, match="SECRET_KEY is not set"):
        serve(port=0, state_dir=state_dir, ready_file=None)

    assert not LockedProcess(name="relay", folder=state_dir).is_alive()


def test_a_failing_command_is_shown_and_nothing_is_left_running(demo, state_dir, monkeypatch):
    def fail(command, *, environment):
        raise EmbeddedError(what=f"manage.py {command} failed")

    monkeypatch.setattr(serving, "_manage", fail)

    with pytest.raises(EmbeddedError, match=r"manage\.py prepare_site failed"):
        serve(port=0, state_dir=state_dir, ready_file=None)

    assert not LockedProcess(name="web", folder=state_dir).is_alive()


def test_stop_ends_what_a_killed_supervisor_left(state_dir, demo):
    (state_dir / "logs").mkdir(parents=True)
    children = serving.demo_children(port=0, environment=os.environ, folder=state_dir)
    for child in children:
        child.start()

    stopped = stop_everything(state_dir=state_dir)

    assert stopped == ("web", "relay", "worker", "engine", "trainer")
    assert all(child.running.wait(timeout=5) == -signal.SIGTERM for child in children)
    assert stop_everything(state_dir=state_dir) == ()

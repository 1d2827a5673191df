"""``run`` passes on what its command says and leaves nothing behind, however it ends."""

import os
import signal
import tempfile
import time
from pathlib import Path

from rmn_site.embedded.locked_process import wait_until
from rmn_site.embedded.run import EPHEMERAL_PREFIX, remove_forgotten
from rmn_site.embedded.services import start_services

NAMED = {"DATABASE_URL": "postgres://there/it", "REDIS_URL": "redis://is/0"}


def is_gone(process_id: int) -> bool:
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return True
    state = Path(f"/proc/{process_id}/stat")
    return state.exists() and state.read_text().rpartition(")")[2].split()[0] == "Z"


def test_the_commands_exit_status_is_ours(command_line):
    assert command_line("run", "--", "sh", "-c", "exit 7", **NAMED).wait() == 7


def test_named_services_reach_the_command(command_line, state_dir):
    said, _ = command_line("run", "--", "sh", "-c", "echo $DATABASE_URL $REDIS_URL", **NAMED).communicate()

    assert said == "postgres://there/it redis://is/0\n"
    assert not state_dir.exists()


def test_a_missing_command_is_named(command_line):
    process = command_line("run", "--", "no-such-command", **NAMED)

    _, complaint = process.communicate()

    assert process.returncode == 1
    assert complaint.startswith("Cannot run no-such-command")


def test_sigterm_ends_the_command_its_children_and_the_services(command_line):
    process = command_line("run", "--ephemeral", "--", "sh", "-c", "sleep 60 & echo $! $DATABASE_URL; wait")
    grandchild = int(process.stdout.readline().split()[0])

    process.send_signal(signal.SIGTERM)

    assert process.wait(timeout=20) == 128 + signal.SIGTERM
    assert wait_until(lambda: is_gone(grandchild), seconds=5)


def test_ephemeral_services_leave_no_folder(command_line, tmp_path):
    process = command_line("run", "--ephemeral", "--", "true", TMPDIR=str(tmp_path))

    assert process.wait() == 0
    assert list(tmp_path.glob(f"{EPHEMERAL_PREFIX}*")) == []


def test_services_forgotten_by_a_killed_run_are_put_away_later(command_line, tmp_path):
    killed = command_line("run", "--ephemeral", "--", "sh", "-c", "echo started; read forever", TMPDIR=str(tmp_path))
    killed.stdout.readline()
    killed.kill()
    killed.wait()
    (folder,) = tmp_path.glob(f"{EPHEMERAL_PREFIX}*")

    remove_forgotten(parent=tmp_path)
    assert folder.exists(), "a young folder may still be starting"
    os.utime(folder, (time.time() - 3600, time.time() - 3600))
    remove_forgotten(parent=tmp_path)

    assert not folder.exists()


def test_services_in_use_are_not_forgotten():
    with tempfile.TemporaryDirectory(prefix=EPHEMERAL_PREFIX) as name:
        folder = Path(name) / f"{EPHEMERAL_PREFIX}inner"
        with start_services(state_dir=folder, ephemeral=True, database_url="postgres://there/it"):
            os.utime(folder, (0, 0))
            remove_forgotten(parent=folder.parent)

            assert folder.exists()

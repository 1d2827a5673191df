"""Stop whatever runs from a state folder, and forget it when asked."""

import shutil
from pathlib import Path

from rmn_site.embedded.accounts import server_account
from rmn_site.embedded.locked_process import LockedProcess
from rmn_site.embedded.places import server_folder
from rmn_site.embedded.serve import SUPERVISOR
from rmn_site.embedded.services import stop_leftovers

SUPERVISOR_SECONDS = 60.0


def stop_everything(*, state_dir: Path) -> tuple[str, ...]:
    """Stop the demo's supervisor in order, then what a killed one left; names of what was alive."""
    if not state_dir.is_dir():
        return ()
    names = (SUPERVISOR, "web", "relay", "worker", "engine", "trainer")
    processes = [LockedProcess(name=name, folder=state_dir) for name in names]
    alive = []
    for process in processes:
        if process.is_alive():
            alive.append(process.name)
            process.stop(seconds=SUPERVISOR_SECONDS)
    return (*alive, *stop_leftovers(state_dir=state_dir))


def forget_everything(*, state_dir: Path) -> None:
    """Stop, then remove the folder and the servers' files, also where they lie outside it."""
    if not state_dir.is_dir():
        return
    stop_everything(state_dir=state_dir)
    shutil.rmtree(server_folder(state_dir=state_dir, account=server_account()), ignore_errors=True)
    shutil.rmtree(state_dir, ignore_errors=True)

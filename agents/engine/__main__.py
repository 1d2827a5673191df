"""Run the engine: ``python -m agents.engine --socket PATH --base FOLDER``; SIGTERM ends it cleanly.

It listens at once and loads the base meanwhile; where there is no base yet it waits for one, and says so when asked.
"""

import argparse
import fcntl
import os
import signal
import sys
import time
from pathlib import Path
from threading import Thread

import torch

from agents.backends.base_files import WEIGHTS
from agents.backends.socket_places import socket_address
from agents.engine.server import EngineServer
from agents.engine.turns import Line, run_line
from agents.engine.worn_model import WornModel

LOOK_SECONDS = 2.0
STOP_SECONDS = 3.0


def main() -> int:
    """0 when it was asked to stop, 1 when another engine has the socket or the base cannot be loaded."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--socket", type=Path, required=True)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--threads", type=int, default=1, help="of the numeric kernels on a CPU")
    parser.add_argument("--cache-bytes", type=int, default=512 << 20, help="adapters held at once")
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    address = Path(socket_address(given.socket))
    address.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = os.open(f"{address}.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        sys.stderr.write(f"Another engine has {address}.\n")
        return 1
    return _serve(address=address, given=given)


def _serve(*, address: Path, given: argparse.Namespace) -> int:
    line = Line()
    server = EngineServer(address=str(address), line=line, detail=f"Waits for a base model in {given.base.name}.")
    for asked in (signal.SIGTERM, signal.SIGINT):
        signal.signal(asked, lambda *_: Thread(target=server.shutdown).start())
    engine = Thread(target=_run_model, kwargs={"server": server, "line": line, "given": given}, daemon=True)
    engine.start()
    try:
        server.serve_forever(poll_interval=0.2)
    finally:
        line.close()
        server.server_close()
        address.unlink(missing_ok=True)
        engine.join(timeout=STOP_SECONDS)
    if (
        engine.is_alive()
    ):  # in the middle of a batch, or waiting for a base: torch aborts when the interpreter ends first
        os._exit(int(server.has_failed))
    return int(server.has_failed)


def _run_model(*, server: EngineServer, line: Line, given: argparse.Namespace) -> None:
    """The engine thread."""
    while not (given.base / WEIGHTS).exists():
        time.sleep(LOOK_SECONDS)
    server.detail = "Loads the base model."
    try:
        model = WornModel(folder=given.base, device=given.device, cache_bytes=given.cache_bytes)
    except Exception:
        server.has_failed = True
        Thread(target=server.shutdown).start()
        raise
    server.model = model
    run_line(line=line, model=model)


if __name__ == "__main__":
    sys.exit(main())

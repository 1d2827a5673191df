"""What PostgreSQL and the broker have in common: adopt a living one, or start one and ask until it answers."""

import os
import signal
import subprocess
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rmn_site.embedded.accounts import Account
from rmn_site.embedded.endpoints import Endpoint, load_endpoint, save_endpoint
from rmn_site.embedded.errors import EmbeddedError
from rmn_site.embedded.locked_process import LockedProcess, wait_until
from rmn_site.embedded.ports import free_port

PORT_ATTEMPTS = 5
ADOPTION_SECONDS = 30.0
START_SECONDS = 60.0


@dataclass(frozen=True, kw_only=True)
class Site:
    """Where a server lives and as whom; ``ephemeral`` gives up safety against power loss for speed."""

    folder: Path
    account: Account
    ephemeral: bool


class Server(ABC):
    """One server of the laptop; neighbours (PostgreSQL, broker) say how to prepare, run and question theirs."""

    name: str
    stop_signal: signal.Signals

    def __init__(self, *, site: Site) -> None:
        self.site = site
        self.home = site.folder / self.name
        self.log_path = site.folder / f"{self.name}.log"
        self.process = LockedProcess(name=self.name, folder=site.folder)
        self.endpoint = load_endpoint(self._endpoint_path)
        self._child: subprocess.Popen[bytes] | None = None

    @property
    def _endpoint_path(self) -> Path:
        return self.site.folder / f"{self.name}.json"

    @property
    @abstractmethod
    def url(self) -> str: ...

    @abstractmethod
    def prepare(self) -> None:
        """Make the files it needs before a start."""

    @abstractmethod
    def command(self, *, endpoint: Endpoint) -> Sequence[str]: ...

    @abstractmethod
    def answers(self) -> bool:
        """Whether a real client is served by this very server."""

    def configuration(self, *, endpoint: Endpoint) -> str:
        """What the program reads from its standard input."""
        return ""

    def start(self, *, port: int = 0) -> bool:
        """Serve. False when a living server of ours was found and is shared; EmbeddedError when neither works."""
        if self.process.is_alive() and self._adopt():
            return False
        self.site.account.give_folder(self.home)
        self.prepare()
        for _ in range(PORT_ATTEMPTS):
            self._launch(endpoint=replace(self.endpoint, port=free_port(wanted=port)))
            if self._answers_in_time():
                return True
            if "in use" not in self.log_tail():
                break
        self.stop()
        raise EmbeddedError(what=f"{self.name} did not start", where=str(self.log_path), fix=self.log_tail())

    def restart(self) -> None:
        """Start on the port that clients know; EmbeddedError when another program took it meanwhile."""
        port = self.endpoint.port
        self.start(port=port)
        if self.endpoint.port != port:
            raise EmbeddedError(what=f"{self.name} ended and its port {port} was taken", fix="Stop and start again.")

    def _adopt(self) -> bool:
        """True when the living one answers, False when it was ending; EmbeddedError when it lives without answering."""
        wait_until(lambda: self.answers() or not self.process.is_alive(), seconds=ADOPTION_SECONDS, every=0.05)
        if self.answers():
            return True
        if not self.process.is_alive():
            return False
        raise EmbeddedError(
            what=f"{self.name} runs as process {self.process.process_id()} but does not answer",
            where=str(self.site.folder),
            fix="Stop it with `python -m rmn_site.embedded stop`, then start again.",
        )

    def _launch(self, *, endpoint: Endpoint) -> None:
        self.endpoint = endpoint
        save_endpoint(path=self._endpoint_path, endpoint=endpoint)
        if self._child:
            self._child.wait()  # the one that died before: nobody else takes its exit status
        self._child = self.process.start(
            command=self.command(endpoint=endpoint),
            log_path=self.log_path,
            environment={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"},
            work_folder=self.home,
            account=self.site.account,
            standard_input=self.configuration(endpoint=endpoint).encode(),
        )

    def _answers_in_time(self) -> bool:
        wait_until(lambda: not self.process.is_alive() or self.answers(), seconds=START_SECONDS)
        return self.process.is_alive() and self.answers()

    def stop(self) -> None:
        """End it in order; at once when it does not follow."""
        self.process.stop(by=self.stop_signal, seconds=30)
        if self._child:
            self._child.wait()

    def log_tail(self) -> str:
        try:
            return self.log_path.read_text(encoding="utf-8", errors="replace")[-600:].strip()
        except FileNotFoundError:
            return ""

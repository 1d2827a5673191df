"""What a connector is: it looks what there is, and hands over files; what becomes of them is the service's matter."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol


class SourceRefused(Exception):
    """The source cannot be read as it is set up: what is wrong, where, and how to fix it. Holds no secret."""

    def __init__(self, *, title: str, detail: str, where: str = "", fix: str = "") -> None:
        super().__init__(f"{title}: {detail}")
        self.problem = {"title": title, "detail": detail, "where": where, "fix": fix}


class SourceBusy(SourceRefused):
    """It may work later: throttled, unreachable, an error on the other side. ``retry_after``: seconds asked for."""

    def __init__(self, *, title: str, detail: str, where: str = "", retry_after: float | None = None) -> None:
        super().__init__(title=title, detail=detail, where=where, fix="It is tried again by itself.")
        self.retry_after = retry_after


class NoRows(Exception):
    """The file is whole and holds no row: nothing happened in its period."""


@dataclass(frozen=True, kw_only=True)
class Setting:
    """One thing a person fills in: an option, or a secret (write-only, kept sealed)."""

    name: str
    label: str
    help_text: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    required: bool = True
    initial: str = ""
    long: bool = False


@dataclass(frozen=True, kw_only=True)
class Access:
    """Checked options and opened secrets of one source; the secrets are not shown by ``repr``."""

    options: Mapping[str, str]
    secrets: Mapping[str, str] = field(repr=False)
    tenant: str


@dataclass(frozen=True, kw_only=True)
class RemoteFile:
    """A file at the source.

    Attributes:
        name: stable within the source; shown to people.
        fingerprint: changes when the content does (etag, or time and size, or the id of a report).
        is_complete: whether it may be taken now.
        locator: how the connector finds it again.
    """

    name: str
    fingerprint: str
    is_complete: bool
    size: int | None = None
    modified_at: datetime | None = None
    locator: str = ""


@dataclass(frozen=True, kw_only=True)
class KnownFile:
    """The newest version that earlier looks saw of a file, and whether it is settled (taken, or refused for good)."""

    fingerprint: str
    looked_at: datetime
    is_settled: bool


@dataclass(frozen=True, kw_only=True)
class FailedFile:
    """Something the source should have given and did not, with the problem."""

    name: str
    fingerprint: str
    problem: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Look:
    """What a connector is given to look with.

    Attributes:
        cursor: what the last run that ended well left.
        kept: what this run's earlier looks kept (JSON); empty at the first.
        keep: store it at once, before anything else can fail.
        known: files by name.
    """

    now: datetime
    cursor: str
    kept: Mapping[str, Any]
    keep: Callable[[dict[str, Any]], None]
    known: Mapping[str, KnownFile]
    timezone: str


@dataclass(frozen=True, kw_only=True)
class Findings:
    """What there is. With ``again_at`` the run is not over: it looks again then; ``why`` says what it waits for."""

    files: tuple[RemoteFile, ...] = ()
    failed: tuple[FailedFile, ...] = ()
    cursor: str = ""
    again_at: datetime | None = None
    why: str = ""
    note: str = ""


class Connection(Protocol):
    """A source opened with its options and secrets, for one look."""

    def test(self) -> str:
        """One sentence on what was reached. Raises SourceRefused."""
        ...

    def look(self, look: Look) -> Findings:
        """What there is now. Raises SourceRefused, SourceBusy."""
        ...

    def chunks(self, file: RemoteFile) -> Iterator[bytes]:
        """The bytes of a file. Raises SourceRefused, SourceBusy, NoRows, also on the way or at the end."""
        ...


class Connector(Protocol):
    """A kind of source."""

    kind: str
    title: str
    lead: str
    options: tuple[Setting, ...]
    secrets: tuple[Setting, ...]
    mapping: str

    def check(self, *, options: Mapping[str, str], tenant: str) -> dict[str, str]:
        """The options as they are kept. Raises SourceRefused whose ``where`` names the option."""
        ...

    def connect(self, access: Access) -> Connection: ...

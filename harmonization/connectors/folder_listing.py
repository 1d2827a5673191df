"""Read a folder's listing and its files: bounded, without following links, with plain refusals."""

import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from harmonization.connectors.folder_urls import FolderUrl, inside
from harmonization.connectors.protocol import SourceBusy, SourceRefused

MOST_FILES = 5_000
DEEPEST = 8
HASHES = ("ETag", "etag", "md5Hash", "content_md5", "md5", "generation")
TIMES = ("mtime", "LastModified", "last_modified", "updated", "created")

Entry = Mapping[str, Any]


def list_files(*, files: Any, url: FolderUrl) -> list[tuple[str, Entry]]:
    """Files by their path below the folder; links, hidden and underscored names are left out. Raises SourceRefused."""
    with reachable(url):
        found = list(islice(_walk(files, url.path, depth=0), MOST_FILES + 1))
    if len(found) > MOST_FILES:
        detail = f"It holds more than {MOST_FILES:,} files."
        raise SourceRefused(title="The folder is too full", detail=detail, where="url", fix="Watch a narrower one.")
    base = url.path.strip("/") + "/"
    return [(str(entry["name"]).lstrip("/").removeprefix(base), entry) for entry in found]


def _walk(files: Any, path: str, *, depth: int) -> Iterator[Entry]:
    """Depth first, in the order of names, bounded in depth."""
    for entry in sorted(files.ls(path, detail=True), key=lambda one: str(one["name"])):
        base = str(entry["name"]).rstrip("/").rsplit("/", 1)[-1]
        if entry.get("islink") or base.startswith((".", "_")):
            continue
        if entry["type"] == "file":
            yield entry
        elif entry["type"] == "directory" and depth < DEEPEST:
            yield from _walk(files, entry["name"], depth=depth + 1)


def fingerprint_of(entry: Entry) -> str:
    """Size with the store's own hash; where it has none, size with the time of the last change."""
    mark = next((str(entry[key]).strip('"') for key in HASHES if entry.get(key)), "")
    return f"{entry.get('size')}:{mark or modified_at_of(entry)}"[:200]


def modified_at_of(entry: Entry) -> datetime | None:
    value = next((entry[key] for key in TIMES if entry.get(key)), None)
    if isinstance(value, int | float):
        return datetime.fromtimestamp(value, tz=UTC)
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=UTC)
    return None


@contextmanager
def opened_inside(*, path: Path, folder: Path) -> Iterator[BinaryIO]:
    """A plain file that lies in the folder also after it was opened: a link put there meanwhile leads nowhere."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(descriptor, "rb") as opened:
        found = os.fstat(descriptor)
        named = os.stat(path.resolve())
        is_same = (found.st_dev, found.st_ino) == (named.st_dev, named.st_ino)
        if not stat.S_ISREG(found.st_mode) or not is_same or not inside(path=path, folder=folder):
            detail = "It is a link or no plain file."
            raise SourceRefused(
                title="The file is not read", detail=detail, where=path.name, fix="Put the file itself there."
            )
        yield opened


@contextmanager
def reachable(url: FolderUrl) -> Iterator[None]:
    """Errors of the file system as refusals; what stores write into their messages is not repeated."""
    try:
        yield
    except SourceRefused:
        raise
    except FileNotFoundError as error:
        detail = f"There is no {url}, or a file in it went away."
        raise SourceBusy(title="The folder was not found", detail=detail, where="url") from error
    except PermissionError as error:
        fix = "Grant reading and listing, or correct the key."
        detail = f"{url} may not be read with this key."
        raise SourceRefused(title="The folder may not be read", detail=detail, where="url", fix=fix) from error
    except Exception as error:  # each store's library has errors of its own
        raise SourceBusy(title="The folder cannot be reached", detail=type(error).__name__, where="url") from error

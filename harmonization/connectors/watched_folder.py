"""A folder, or a prefix of an object store, whose new and changed files are taken in. Nothing there is ever deleted."""

import fnmatch
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings

from harmonization.connectors.file_systems import file_system
from harmonization.connectors.folder_listing import (
    Entry,
    fingerprint_of,
    list_files,
    modified_at_of,
    opened_inside,
    reachable,
)
from harmonization.connectors.folder_urls import FolderUrl, folder_url
from harmonization.connectors.protocol import (
    Access,
    Findings,
    Look,
    RemoteFile,
    Setting,
    SourceBusy,
)

CHUNK = 1_048_576
SETTLE = timedelta(seconds=30)
LOOKS = 20
UNFINISHED = (".part", ".tmp", ".partial", ".crdownload", ".filepart", ".done")


class WatchedFolder:
    """The connector of kind ``watched_folder``."""

    kind = "watched_folder"
    title = "Watched folder"
    lead = "A folder of this server, or a bucket of Amazon S3, Google Cloud or Azure, where exports are put."
    mapping = ""
    options = (
        Setting(name="url", label="Folder", help_text="file:///…, s3://bucket/folder, gs://… or az://…"),
        Setting(
            name="pattern",
            label="File names",
            help_text="As in *.csv or amazon-*; * takes all.",
            required=False,
            initial="*",
        ),
    )
    secrets = (
        Setting(name="access_key", label="Access key or account", help_text="S3 or Azure.", required=False),
        Setting(name="secret_key", label="Secret key", help_text="S3 or Azure.", required=False),
        Setting(
            name="service_account",
            label="Service account key",
            help_text="Google: the JSON.",
            required=False,
            long=True,
        ),
    )

    def check(self, *, options: Mapping[str, str], tenant: str) -> dict[str, str]:
        url = _allowed(text=options.get("url", ""), tenant=tenant)
        return {"url": str(url), "pattern": (options.get("pattern") or "*")[:100]}

    def connect(self, access: Access) -> "FolderConnection":
        url = _allowed(text=access.options["url"], tenant=access.tenant)
        files = file_system(protocol=url.protocol, secrets=access.secrets)
        return FolderConnection(url=url, pattern=access.options.get("pattern", "*"), files=files)


@dataclass(frozen=True, kw_only=True)
class FolderConnection:
    """One opened folder."""

    url: FolderUrl
    pattern: str
    files: Any

    def test(self) -> str:
        found = self._listing()
        return f"{len(found)} file{'' if len(found) == 1 else 's'} found in {self.url}."

    def look(self, look: Look) -> Findings:
        listing = self._listing()
        names = {name for name, _ in listing}
        found = [
            _remote_file(name=name, entry=entry, has_marker=f"{name}.done" in names, look=look)
            for name, entry in listing
            if not name.endswith(UNFINISHED) and fnmatch.fnmatch(name.rsplit("/", 1)[-1], self.pattern)
        ]
        files = tuple(sorted(found, key=lambda file: (file.modified_at or datetime.min.replace(tzinfo=UTC), file.name)))
        growing = [file for file in files if not file.is_complete]
        looks = int(look.kept.get("looks", 0)) + 1
        look.keep({"looks": looks})
        if not growing:
            return Findings(files=files)
        if looks >= LOOKS:
            return Findings(files=files, note=f"{len(growing)} still growing; left for the next run.")
        why = f"Waiting until {len(growing)} new file{'' if len(growing) == 1 else 's'} stopped growing"
        return Findings(files=files, again_at=look.now + SETTLE, why=why)

    def chunks(self, file: RemoteFile) -> Iterator[bytes]:
        with reachable(self.url), self._open(file) as opened:
            while chunk := opened.read(CHUNK):
                yield chunk
        if fingerprint_of(self._info(file)) != file.fingerprint:
            raise SourceBusy(title="The file changed while it was read", detail="It is read again.", where=file.name)

    def _listing(self) -> list[tuple[str, Entry]]:
        return list_files(files=self.files, url=self.url)

    def _info(self, file: RemoteFile) -> Entry:
        with reachable(self.url):
            info: Entry = self.files.info(file.locator)
            return info

    @contextmanager
    def _open(self, file: RemoteFile) -> Iterator[BinaryIO]:
        if self.url.protocol == "file":
            with opened_inside(path=Path(file.locator), folder=Path(self.url.path)) as local:
                yield local
            return
        with self.files.open(file.locator, "rb", block_size=CHUNK) as remote:
            yield remote


def _allowed(*, text: str, tenant: str) -> FolderUrl:
    roots = [Path(root) for root in settings.SOURCE_FILE_ROOTS]
    return folder_url(text=text, tenant=tenant, roots=roots, protocols=settings.SOURCE_PROTOCOLS)


def _remote_file(*, name: str, entry: Entry, has_marker: bool, look: Look) -> RemoteFile:
    """Complete with a ``.done`` marker beside it, or when two looks, half a minute apart, saw the same."""
    fingerprint, known = fingerprint_of(entry), look.known.get(name)
    is_same = known is not None and known.fingerprint == fingerprint
    has_settled = known is not None and is_same and (known.is_settled or look.now - known.looked_at >= SETTLE)
    return RemoteFile(
        name=name,
        fingerprint=fingerprint,
        is_complete=has_marker or has_settled,
        size=entry.get("size"),
        modified_at=modified_at_of(entry),
        locator=str(entry["name"]),
    )

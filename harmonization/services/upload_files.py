"""Take an uploaded file in: stream it to a name of our own, hash it, and see what kind of file it really is."""

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from harmonization.mapping.file_kind import file_kind
from harmonization.mapping.refusal import HarmonizationRefused
from tenants.command import refusal_as_problem
from tenants.identifiers import uuid7


class UploadRefused(Exception):
    """The file cannot be taken in: what is wrong, where, and how to fix it."""

    def __init__(self, *, title: str, detail: str, where: str = "", fix: str = "") -> None:
        super().__init__(detail)
        self.problem = {"title": title, "detail": detail, "where": where, "fix": fix}


class UploadTooLarge(UploadRefused):
    """More bytes than this site takes in one file."""


@dataclass(frozen=True, kw_only=True)
class StoredFile:
    """A file that was taken in: its path, bytes, SHA-256 (hex)."""

    path: Path
    size: int
    sha256: str


def store_upload(*, chunks: Iterable[bytes], folder: Path, file_name: str, limit: int) -> StoredFile:
    """Write the chunks below ``folder`` under a generated name with the suffix of what the bytes are.

    Raises UploadTooLarge past ``limit`` bytes, UploadRefused for what is empty or no table; nothing is left then.
    """
    folder.mkdir(parents=True, exist_ok=True)
    partial = folder / f"{uuid7().hex}.part"
    try:
        size, sha256 = _write(chunks=chunks, partial=partial, limit=limit, file_name=file_name)
        path = partial.with_suffix(_suffix(path=partial, file_name=file_name))
        partial.rename(path)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    return StoredFile(path=path, size=size, sha256=sha256)


def as_upload_problem(*, refusal: Exception, path: Path, file_name: str) -> dict[str, str]:
    """The refusal of a pure room as a problem, with the user's file name where it says ours."""
    return {key: text.replace(path.name, file_name) for key, text in refusal_as_problem(refusal).items()}


def too_large(*, file_name: str, limit: int) -> UploadTooLarge:
    """The refusal of a file over the limit."""
    return UploadTooLarge(
        title="The file is too large",
        detail=f"This site takes files up to {limit / 1_000_000:,.1f} MB.",
        where=file_name,
        fix="Export a shorter period, or pack the file with gzip, and upload the parts one by one.",
    )


def _write(*, chunks: Iterable[bytes], partial: Path, limit: int, file_name: str) -> tuple[int, str]:
    size, digest = 0, hashlib.sha256()
    with partial.open("xb") as target:
        for chunk in chunks:
            size += len(chunk)
            if size > limit:
                raise too_large(file_name=file_name, limit=limit)
            digest.update(chunk)
            target.write(chunk)
        target.flush()
        os.fsync(target.fileno())
    return size, digest.hexdigest()


def _suffix(*, path: Path, file_name: str) -> str:
    """Told by the bytes; the name the file came with is not believed."""
    try:
        kind = file_kind(path=path)
    except HarmonizationRefused as refusal:
        raise UploadRefused(**as_upload_problem(refusal=refusal, path=path, file_name=file_name)) from refusal
    return f".{kind.format}.gz" if kind.is_gzip else f".{kind.format}"

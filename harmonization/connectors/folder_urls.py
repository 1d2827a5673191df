"""Which folders a workspace may watch: below its own part of a configured root, or a bucket with its own key."""

import posixpath
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from harmonization.connectors.protocol import SourceRefused

BUCKETS = {"s3": "s3fs", "gs": "gcsfs", "az": "adlfs"}
LONGEST = 500
BUCKET_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]")


@dataclass(frozen=True, kw_only=True)
class FolderUrl:
    """A folder or prefix: its protocol and the path below it, without a trailing slash."""

    protocol: str
    path: str

    def __str__(self) -> str:
        return f"{self.protocol}://{self.path}"


def folder_url(*, text: str, tenant: str, roots: Sequence[Path], protocols: Sequence[str]) -> FolderUrl:
    """The folder that may be watched. Raises SourceRefused.

    A local folder must lie, with every link resolved, in ``<root>/<tenant>``: workspaces share no folder.
    """
    parts = urlsplit(text.strip())
    if parts.scheme not in protocols or len(text) > LONGEST:
        known = ", ".join(f"{one}://" for one in protocols)
        raise _refused(detail=f"“{text[:80]}” does not start with one of {known}", fix="Write the address in full.")
    if parts.username or parts.password or parts.query or parts.fragment:
        raise _refused(detail="It holds more than a place.", fix="Leave keys and parameters out; keys have own fields.")
    if parts.scheme == "file":
        return FolderUrl(
            protocol="file", path=str(_local(parts=parts.path, host=parts.netloc, tenant=tenant, roots=roots))
        )
    path = posixpath.normpath(f"{parts.netloc}{parts.path}").strip("/")
    if path in {"", "."} or ".." in f"{parts.netloc}{parts.path}".split("/"):
        raise _refused(
            detail=f"“{text[:80]}” names no folder.", fix="Write bucket and folder, as in s3://bucket/folder."
        )
    if parts.scheme in BUCKETS and not BUCKET_NAME.fullmatch(path.split("/")[0]):
        fix = "Bucket names have lower-case letters, digits, dots and hyphens."
        raise _refused(detail=f"“{text[:80]}” names no bucket.", fix=fix)
    return FolderUrl(protocol=parts.scheme, path=path)


def inside(*, path: Path, folder: Path) -> bool:
    """Whether the path, with every link resolved, lies in the folder (whose links are resolved)."""
    return path.resolve().is_relative_to(folder)


def _local(*, parts: str, host: str, tenant: str, roots: Sequence[Path]) -> Path:
    path = Path(unquote(parts))
    own = [root.resolve() / tenant for root in roots]
    if host or not path.is_absolute() or not any(inside(path=path, folder=root) for root in own):
        places = ", ".join(f"file://{root / tenant}" for root in roots)
        fix = f"Choose a folder in {places}." if roots else "Ask whoever runs this site to set SOURCE_FILE_ROOTS."
        raise _refused(detail="This folder is not one that this workspace may read.", fix=fix)
    return path.resolve()


def _refused(*, detail: str, fix: str) -> SourceRefused:
    return SourceRefused(title="The folder cannot be watched", detail=detail, where="url", fix=fix)

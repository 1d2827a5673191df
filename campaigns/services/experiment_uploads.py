"""Keep the files of experiments as uploads are kept: under a name of our own, hashed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Protocol

from django.conf import settings

from campaigns.bandits.decisions import BanditRefused
from campaigns.measurement.panel import MeasurementRefused
from campaigns.services.experiment_files import header_of_csv
from campaigns.uplift.trial import UpliftRefused
from harmonization.services.upload_files import UploadRefused, store_upload
from harmonization.services.uploads import tenant_folder

Refusal = BanditRefused | UpliftRefused


class Chunked(Protocol):
    """What Django's uploaded files are: bytes in chunks."""

    name: str | None

    def chunks(self) -> Iterable[bytes]: ...


@dataclass(frozen=True, kw_only=True)
class KeptFile:
    """A file of an experiment: its name as uploaded, its path below the tenant's folder, its SHA-256, its columns."""

    name: str
    path: str
    sha256: str
    header: tuple[str, ...]


def keep_csv(*, file: Chunked) -> KeptFile:
    """Store a CSV file for good.

    Raises MeasurementRefused for what is empty, too large or no CSV table; nothing is left then.
    """
    name = PurePath((file.name or "data.csv").replace("\\", "/")).name[:200]
    try:
        stored = store_upload(
            chunks=file.chunks(),
            folder=tenant_folder() / "experiments",
            file_name=name,
            limit=settings.UPLOAD_MAX_BYTES,
        )
    except UploadRefused as refusal:
        problem = refusal.problem
        raise MeasurementRefused(problem["title"], f"{problem['detail']} {problem['fix']}".strip(), name) from refusal
    try:
        if stored.path.suffix != ".csv" or _has_null(stored.path):
            raise MeasurementRefused("This is not a CSV table", "Save it as CSV with a header row and commas.", name)
        header = header_of_csv(path=stored.path)
    except MeasurementRefused as refusal:
        stored.path.unlink(missing_ok=True)
        raise MeasurementRefused(refusal.title, refusal.detail, name) from refusal
    return KeptFile(
        name=name, path=stored.path.relative_to(tenant_folder()).as_posix(), sha256=stored.sha256, header=header
    )


def keep_checked(*, file: Chunked, check: Callable[[Path], object], refused: type[Refusal]) -> KeptFile:
    """Store a CSV file that ``check`` can read.

    Raises ``refused``, whether the file is no table or ``check`` raises it; nothing is kept then.
    """
    try:
        kept = keep_csv(file=file)
    except MeasurementRefused as refusal:
        raise refused(refusal.title, refusal.detail, refusal.where) from refusal
    path = kept_path(stored=kept.path)
    try:
        check(path)
    except refused:
        path.unlink(missing_ok=True)
        raise
    return kept


def _has_null(path: Path) -> bool:
    """Whether a byte is zero: no text has one, and the database keeps none."""
    with path.open("rb") as file:
        return any(b"\0" in chunk for chunk in iter(lambda: file.read(1 << 20), b""))


def kept_path(*, stored: str) -> Path:
    """Where a kept file lies."""
    return tenant_folder() / stored


def without_our_name(*, refusal: MeasurementRefused, stored: str, name: str) -> MeasurementRefused:
    """The refusal with the name the file was uploaded under where it says ours."""
    ours = str(kept_path(stored=stored))
    where = name if refusal.where == ours else refusal.where
    return type(refusal)(refusal.title, refusal.detail.replace(ours, name), where)

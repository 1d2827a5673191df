"""Write the rows of one file into the datasets so that nothing half-written is ever seen."""

import csv
import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any
from urllib.parse import quote

import polars as pl

from harmonization.mapping.refusal import FileLimits, HarmonizationRefused
from harmonization.mapping.spec import Mapping
from harmonization.pipeline.staged_table import Reject

NAME_LENGTH = 16
MAPPING_LENGTH = 8
LONGEST_FOLDER = 200
REJECTS_FILE = "rejects.csv"


class Datasets(StrEnum):
    """The folders below the output folder."""

    EVENTS = "events"
    REJECTS = "rejects"
    PROVENANCE = "provenance"


@dataclass(frozen=True, kw_only=True)
class Published:
    """The files one file left, and its rejects where it has any."""

    events: tuple[Path, ...]
    rejects: Path | None


def stored_name(*, source_file_id: str, mapping: Mapping) -> str:
    """The name of everything a file leaves, of its bytes and its mapping's name.

    Another mapping of the same export stands beside; a corrected version of the same mapping takes its place.
    """
    return name_of(source_file_id=source_file_id, mapping_name=mapping.name)


def name_of(*, source_file_id: str, mapping_name: str) -> str:
    """As :func:`stored_name`, where only the mapping's name is known."""
    fingerprint = hashlib.sha256(mapping_name.encode()).hexdigest()
    return f"{source_file_id[:NAME_LENGTH]}-{fingerprint[:MAPPING_LENGTH]}"


def check_partitions(*, count: int, limits: FileLimits) -> None:
    """Raise HarmonizationRefused where the rows fall into too many retailers times months."""
    if count > limits.partitions:
        raise HarmonizationRefused(
            title="The file spreads over too many retailers and months",
            detail=f"{count:,} combinations; at most {limits.partitions:,} are written.",
            where="retailer and date columns",
            fix="Check that the mapping reads the right column as retailer, or split the export.",
        )


def dataset_sink(*, rows: pl.LazyFrame, folder: Path, name: str) -> pl.LazyFrame:
    """A plan that writes rows as ``retailer=<id>/month=<YYYY-MM>/<name>.parquet`` below ``folder``, in their order."""
    folder.mkdir(parents=True, exist_ok=True)

    def place(arguments: Any) -> str:
        retailer, month = arguments.partition_keys.row(0)
        return f"retailer={folder_name(retailer or '')}/month={month or date.min:%Y-%m}/{name}.parquet"

    month = pl.col("event_date").dt.truncate("1mo")
    target = pl.PartitionBy(
        folder,
        key={"_retailer": pl.col("retailer_id"), "_month": month},
        include_key=False,
        file_path_provider=place,
        approximate_bytes_per_file=None,
    )
    return rows.sink_parquet(target, mkdir=True, lazy=True)


def write_rejects(*, rejects: Iterable[Reject], path: Path) -> int:
    """Write rejected rows as CSV: row number, reason, and the raw cells as JSON. Returns how many."""
    count = 0
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["row", "reason", "raw_row"])
        for reject in rejects:
            writer.writerow([reject.row, reject.reason, _harmless(reject.raw)])
            count += 1
    return count


def publish(*, staged: Path, output_dir: Path, name: str, has_rejects: bool) -> Published:
    """Move what was written into place, each file at once, and take away what an earlier run of it left elsewhere."""
    events = _move(staged / Datasets.EVENTS, output_dir / Datasets.EVENTS, name=name)
    provenance = output_dir / Datasets.PROVENANCE / f"{name}.jsonl"
    provenance.parent.mkdir(parents=True, exist_ok=True)
    os.replace(staged / Datasets.PROVENANCE / f"{name}.jsonl", provenance)
    rejects = output_dir / Datasets.REJECTS / f"{name}.csv"
    if has_rejects:
        rejects.parent.mkdir(parents=True, exist_ok=True)
        os.replace(staged / REJECTS_FILE, rejects)
    else:
        rejects.unlink(missing_ok=True)
    return Published(events=events, rejects=rejects if has_rejects else None)


def _move(staged: Path, dataset: Path, *, name: str) -> tuple[Path, ...]:
    moved = []
    for source in sorted(staged.rglob(f"{name}.parquet")):
        target = dataset / source.relative_to(staged)
        target.parent.mkdir(parents=True, exist_ok=True)
        os.replace(source, target)
        moved.append(target)
    for stale in set(dataset.glob(f"*/*/{name}.parquet")) - set(moved):
        stale.unlink(missing_ok=True)
    return tuple(moved)


def folder_name(retailer_id: str) -> str:
    """A retailer's id as the name of a folder: nothing in it can lead out of the dataset."""
    safe = quote(retailer_id, safe=" ")
    return (safe.replace(".", "%2E") if not safe.strip(". ") else safe)[:LONGEST_FOLDER]


def _harmless(text: str) -> str:
    """Text a spreadsheet will not take for a formula."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text

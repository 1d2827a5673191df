"""Write the rows of one file into the datasets so that nothing half-written is ever seen."""

import csv
import os
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any
from urllib.parse import quote

import polars as pl

from harmonization.mapping.refusal import FileLimits, HarmonizationRefused
from harmonization.pipeline.staged_table import Reject

NAME_LENGTH = 16
LONGEST_FOLDER = 200
REJECTS_FILE = "rejects.csv"


class Datasets(StrEnum):
    """The folders below the output folder."""

    EVENTS = "events"
    ATTRIBUTION = "attribution"
    REJECTS = "rejects"


@dataclass(frozen=True, kw_only=True)
class Published:
    """The files one file left, and its rejects where it has any."""

    events: tuple[Path, ...]
    attribution: tuple[Path, ...]
    rejects: Path | None


def check_partitions(*, kept: pl.LazyFrame, limits: FileLimits) -> None:
    """Raise HarmonizationRefused where the rows fall into too many retailers times months."""
    count = int(kept.select(**_partition_keys()).unique().select(pl.len()).collect().item())
    if count > limits.partitions:
        raise HarmonizationRefused(
            title="The file spreads over too many retailers and months",
            detail=f"{count:,} combinations; at most {limits.partitions:,} are written.",
            where="retailer and date columns",
            fix="Check that the mapping reads the right column as retailer, or split the export.",
        )


def write_dataset(*, rows: pl.LazyFrame, folder: Path, name: str) -> None:
    """Write rows as ``retailer=<id>/month=<YYYY-MM>/<name>.parquet`` below ``folder``; rows keep their order."""
    folder.mkdir(parents=True, exist_ok=True)

    def place(arguments: Any) -> str:
        retailer, month = arguments.partition_keys.row(0)
        return f"retailer={folder_name(retailer)}/month={month}/{name}.parquet"

    target = pl.PartitionBy(
        folder,
        key=_partition_keys(),
        include_key=False,
        file_path_provider=place,
        approximate_bytes_per_file=None,
    )
    rows.sink_parquet(target, mkdir=True, engine="streaming")


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
    attribution = _move(staged / Datasets.ATTRIBUTION, output_dir / Datasets.ATTRIBUTION, name=name)
    rejects = output_dir / Datasets.REJECTS / f"{name}.csv"
    if has_rejects:
        rejects.parent.mkdir(parents=True, exist_ok=True)
        os.replace(staged / REJECTS_FILE, rejects)
    else:
        rejects.unlink(missing_ok=True)
    return Published(events=events, attribution=attribution, rejects=rejects if has_rejects else None)


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


def _partition_keys() -> dict[str, pl.Expr]:
    return {"_retailer": pl.col("retailer_id"), "_month": pl.col("event_date").dt.to_string("%Y-%m")}


def _harmless(text: str) -> str:
    """Text a spreadsheet will not take for a formula."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text

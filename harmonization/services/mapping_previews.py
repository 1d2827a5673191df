"""Try a mapping on a file without keeping anything: the first rows it gives, and the file's totals beside ours."""

import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import polars as pl

from harmonization.dimensions.loaded import LoadResult
from harmonization.dimensions.loading import load_dimension
from harmonization.mapping.differences import qualifier_words
from harmonization.mapping.file_kind import Format, file_kind
from harmonization.mapping.refusal import HarmonizationRefused
from harmonization.mapping.spec import Mapping, MappingError, Qualifier
from harmonization.pipeline.dataset import attribution_of, events_of
from harmonization.pipeline.run import HarmonizationResult, harmonize_file
from harmonization.rmis.dimensions import MappingKind
from harmonization.selectors.reconciliation import ReconciledMetric, reconciled_metrics
from harmonization.services.report_json import as_json
from harmonization.services.upload_files import as_upload_problem

ROWS_SHOWN = 10
PART_BYTES = 4 << 20
WHOLE_BYTES = 12 << 20
LINES = {Format.CSV, Format.JSON_LINES}
TECHNICAL = frozenset({"row_id", "source_file_id", "source_row_no", "mapping_version", "row_flags"})


@dataclass(frozen=True, kw_only=True)
class PreviewRows:
    """The first harmonized rows as text: names of columns, and a cell for each; empty where a row has nothing."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, kw_only=True)
class MappingPreview:
    """What the mapping makes of the file.

    Attributes:
        is_part: only the first rows were read, because the file is large.
        problem: why nothing could be made of it; None where it could.
        reject_reasons: how many rows were rejected, by reason.
        kind: what the rows are.
    """

    kind: MappingKind = MappingKind.EVENTS
    is_part: bool = False
    problem: dict[str, str] | None = None
    rows: PreviewRows | None = None
    metrics: tuple[ReconciledMetric, ...] = ()
    rows_read: int = 0
    rows_kept: int = 0
    rows_rejected: int = 0
    reject_reasons: tuple[tuple[str, int], ...] = ()
    unmapped: tuple[str, ...] = ()

    @property
    def is_exact(self) -> bool:
        """Whether every total of the file is met."""
        return bool(self.metrics) and all(metric.is_exact for metric in self.metrics)

    @property
    def can_be_used(self) -> bool:
        return self.problem is None and self.rows_kept > 0


def preview_mapping(*, path: Path, file_name: str, mapping: Mapping) -> MappingPreview:
    """Harmonize the file, or the first megabytes of a large one, into a folder that is thrown away."""
    with tempfile.TemporaryDirectory(prefix="rmn-preview-") as name:
        folder = Path(name)
        try:
            shown, is_part = _bounded(path, folder=folder)
            if mapping.kind is not MappingKind.EVENTS:
                loaded = load_dimension(input_path=shown, mapping=mapping, output_dir=folder / "rmis")
                return _dimension_preview(loaded, is_part=is_part)
            result = harmonize_file(input_path=shown, mapping=mapping, output_dir=folder / "rmis")
        except (HarmonizationRefused, MappingError) as refusal:
            return MappingPreview(problem=as_upload_problem(refusal=refusal, path=path, file_name=file_name))
        return _preview(result, is_part=is_part)


def _preview(result: HarmonizationResult, *, is_part: bool) -> MappingPreview:
    lines = [as_json(asdict(line)) for line in result.reconciliation]
    reasons = sorted(result.quality.reject_reasons.items(), key=lambda one: -one[1])
    return MappingPreview(
        is_part=is_part,
        rows=_first_rows(result),
        metrics=reconciled_metrics(lines=lines),  # type: ignore[arg-type]  # each line is a dictionary
        rows_read=result.rows_read,
        rows_kept=result.rows_kept,
        rows_rejected=result.rows_rejected,
        reject_reasons=tuple(reasons),
        unmapped=result.quality.unmapped_columns,
    )


def _dimension_preview(loaded: LoadResult, *, is_part: bool) -> MappingPreview:
    lines = [as_json(asdict(line)) for line in loaded.reconciliation]
    report = loaded.report
    return MappingPreview(
        kind=loaded.mapping.kind,
        is_part=is_part,
        rows=_first_loaded(loaded),
        metrics=reconciled_metrics(lines=lines),  # type: ignore[arg-type]  # each line is a dictionary
        rows_read=report.rows_read,
        rows_kept=report.rows_kept,
        rows_rejected=report.rows_rejected,
        reject_reasons=tuple(sorted(report.reject_reasons.items(), key=lambda one: -one[1])),
        unmapped=report.unmapped_columns,
    )


def _first_loaded(loaded: LoadResult) -> PreviewRows | None:
    """The first kept rows with the fields the mapping gives, in the order of the mapping."""
    if loaded.rows_path is None:
        return None
    frame = pl.scan_parquet(loaded.rows_path).sort("source_row_no").head(ROWS_SHOWN).collect()
    of_file = [name for name in ("retailer_id", "currency") if (frame[name] != "").any()]
    shown = frame.select(*(one.name for one in loaded.mapping.fields), *of_file)
    return PreviewRows(
        columns=tuple(shown.columns), rows=tuple(tuple(map(_as_text, values)) for values in shown.iter_rows())
    )


def _first_rows(result: HarmonizationResult) -> PreviewRows | None:
    if not result.event_files:
        return None
    frame = events_of(result.event_files).sort("source_row_no").head(ROWS_SHOWN).collect()
    outcomes = _outcomes(result.event_files, row_ids=frame["row_id"])
    shown = frame.select(
        name for name in frame.columns if name not in TECHNICAL and frame[name].null_count() < len(frame)
    )
    columns = (*shown.columns, *dict.fromkeys(label for of_row in outcomes.values() for label in of_row))
    rows = [
        (*map(_as_text, values), *(outcomes.get(row_id, {}).get(label, "") for label in columns[shown.width :]))
        for row_id, values in zip(frame["row_id"].to_list(), shown.iter_rows(), strict=True)
    ]
    return PreviewRows(columns=columns, rows=tuple(rows))


def _outcomes(files: Sequence[Path], *, row_ids: pl.Series) -> dict[object, dict[str, str]]:
    """Of each row its outcomes, as “revenue, 14-day click, total” with the value."""
    of_rows = attribution_of(files).filter(pl.col("row_id").is_in(row_ids.implode()))
    found: dict[object, dict[str, str]] = {}
    for row in of_rows.collect().iter_rows(named=True):
        label = f"{row['metric']}, {qualifier_words(_qualifier(row))}"
        found.setdefault(row["row_id"], {})[label] = _as_text(row["value"])
    return dict(found)


def _qualifier(row: dict[str, Any]) -> Qualifier:
    return Qualifier(
        window_days=row.get("window_days"),
        touch=row.get("touch"),
        scope=row.get("scope") or "total",
        sales_channel=row.get("sales_channel"),
        attr_model=row.get("attr_model"),
    )


def _bounded(path: Path, *, folder: Path) -> tuple[Path, bool]:
    """The file, or its first whole lines where it is large. Raises HarmonizationRefused where it cannot be cut."""
    size = path.stat().st_size
    kind = file_kind(path=path)
    if size <= (PART_BYTES if kind.is_gzip else WHOLE_BYTES):
        return path, False
    if kind.is_gzip or kind.format not in LINES or kind.encoding.startswith("utf-16"):
        raise HarmonizationRefused(
            title="The file is too large for a preview",
            detail=f"It has {size:,} bytes, and its first rows cannot be read alone.",
            where=path.name,
            fix="Import it without a preview, or upload a short export of the same report first.",
        )
    part = folder / path.name
    with path.open("rb") as file:
        head = file.read(PART_BYTES)
    part.write_bytes(head[: head.rindex(b"\n") + 1] if b"\n" in head else head)
    return part, True


def _as_text(value: object) -> str:
    return "" if value is None else str(value)

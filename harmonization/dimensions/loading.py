"""Load one file of a dimension or a history: open, convert by slices, reject, make unique, roll up, reconcile.

The same file gives the same Parquet file at the same place. Nothing appears there before everything is written.
"""

import csv
import hashlib
import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterable
from decimal import Decimal
from pathlib import Path
from time import perf_counter

import polars as pl

from harmonization.dimensions.conversion import GTIN_PROBLEM, Conversion, compile_conversion, places_of
from harmonization.dimensions.loaded import FieldCoverage, LoadReport, LoadResult, TotalsLine
from harmonization.dimensions.rollups import rolled_up
from harmonization.dimensions.source_rows import ROW, Reject, Slice, SourceTable, no_rows, open_table
from harmonization.dimensions.source_totals import DAY_FIELD, SourceTotals, additive_fields
from harmonization.mapping.file_head import as_csv
from harmonization.mapping.header import normal
from harmonization.mapping.refusal import DEFAULT_LIMITS, FileLimits
from harmonization.mapping.spec import Mapping
from harmonization.pipeline.partial import partial_folder
from harmonization.rmis.dimensions import UNIQUE_BY, MappingKind

NAME_LENGTH = 16
REASON = "__reason"
CHUNK = 1 << 20
Progress = Callable[[float, str], None]


def load_dimension(
    *,
    input_path: Path,
    mapping: Mapping,
    output_dir: Path,
    progress: Progress | None = None,
    limits: FileLimits = DEFAULT_LIMITS,
) -> LoadResult:
    """Load a file through a mapping of any kind but events into ``output_dir/<kind>``.

    Raises HarmonizationRefused for a file that cannot be read with this mapping.
    """
    tell = progress or _tell_nobody
    folder = partial_folder(input_path=input_path, output_dir=output_dir)
    try:
        return _Loading(input_path, mapping=mapping, folder=folder, limits=limits).run(output_dir=output_dir, tell=tell)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class _Loading:
    """The state while slices go by: parts written, rejects written, totals added."""

    def __init__(self, path: Path, *, mapping: Mapping, folder: Path, limits: FileLimits) -> None:
        self.started = perf_counter()
        self.path, self.mapping, self.folder = path, mapping, folder
        self.table: SourceTable = open_table(path=path, mapping=mapping, folder=folder, limits=limits)
        self.conversion: Conversion = compile_conversion(mapping=mapping, table=self.table)
        self.totals = SourceTotals(mapping=mapping, table=self.table)
        self.reasons: Counter[str] = Counter()
        self.parts: list[Path] = []
        self.read = self.rejected = self.bad_gtins = 0
        (folder / "rejects.csv").write_text("row,reason,raw_row\n", encoding="utf-8")

    def run(self, *, output_dir: Path, tell: Progress) -> LoadResult:
        tell(0.05, "Reading rows")
        for one in self.table.slices:
            self._take(one)
            tell(0.05 + 0.6 * (1 - 1 / (1 + len(self.parts))), f"{self.read:,} rows read")
        if not self.parts:
            self._take(no_rows(columns=len(self.table.names)))
        tell(0.7, "Looking for repeated rows")
        rows = self._unique()
        tell(0.8, "Adding up")
        table = rolled_up(rows=rows, kind=self.mapping.kind)
        lines = self._reconciled(rows)
        digest = file_digest(path=self.path)
        report = self._report(rows)
        rows_path, rejects_path = self._publish(rows, output_dir=output_dir, digest=digest)
        tell(1.0, "Done")
        return LoadResult(
            source_file_id=digest,
            mapping=self.mapping,
            rows_path=rows_path,
            rejects_path=rejects_path,
            table=table,
            reconciliation=lines,
            report=report,
            seconds=perf_counter() - self.started,
            retailers=tuple(sorted(table["retailer_id"].unique().drop_nulls().to_list())) if table.height else (),
        )

    def _take(self, one: Slice) -> None:
        lazy = one.rows.lazy().select(*self.conversion.values, self.conversion.reason.alias(REASON))
        converted = lazy.collect()
        is_rejected = (converted[REASON] != "").fill_null(value=False)
        self.totals.add(one.rows, is_rejected=is_rejected)
        raw = one.rows.filter(is_rejected).drop(ROW).iter_rows()
        told = converted.filter(is_rejected).select(ROW, REASON).iter_rows()
        rejects = [
            Reject(row=row, reason=reason, raw=as_csv([cells]).rstrip("\n"))
            for (row, reason), cells in zip(told, raw, strict=True)
        ]
        self._reject([*one.broken, *rejects])
        for _ in one.broken:
            self.totals.sums["rows", None] += 1
            self.totals.rejected["rows", None] += 1
        kept = converted.filter(~is_rejected).drop(REASON)
        self.read += one.rows.height + len(one.broken)
        if GTIN_PROBLEM in kept.columns:
            self.bad_gtins += int(kept[GTIN_PROBLEM].sum())
            kept = kept.drop(GTIN_PROBLEM)
        part = self.folder / f"part-{len(self.parts):05d}.parquet"
        kept.write_parquet(part)
        self.parts.append(part)

    def _reject(self, rejects: Iterable[Reject]) -> None:
        with (self.folder / "rejects.csv").open("a", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            for one in rejects:
                writer.writerow([one.row, one.reason, one.raw])
                self.reasons[_kind_of_reason(one.reason)] += 1
                self.rejected += 1

    def _unique(self) -> pl.LazyFrame:
        """The kept rows; of a dimension's rows with one key the first, the others rejected with its number."""
        rows = pl.scan_parquet(self.parts)
        keys = UNIQUE_BY.get(self.mapping.kind, ())
        if not keys:
            return rows
        first = pl.col(ROW).min().over(keys).alias("__first")
        repeated = rows.with_columns(first).filter(pl.col(ROW) != pl.col("__first")).sort(ROW).collect()
        if repeated.is_empty():
            return rows
        day = DAY_FIELD.get(self.mapping.kind, "")
        rejects = []
        for row in repeated.iter_rows(named=True):
            said = ", ".join(f"{key} {row[key] or '(empty)'}" for key in keys if key != "retailer_id")
            raw = as_csv([["" if value is None else str(value) for value in row.values()][1:-1]]).rstrip("\n")
            rejects.append(Reject(row=row[ROW], reason=f"{said} stands in row {row['__first']} already", raw=raw))
            self.totals.reject(metrics={"rows": Decimal(1)}, day=row.get(day))
        self._reject(rejects)
        return rows.join(repeated.lazy().select(ROW), on=ROW, how="anti", maintain_order="left")

    def _reconciled(self, rows: pl.LazyFrame) -> tuple[TotalsLine, ...]:
        kept = self._kept_sums(rows)
        lines = []
        for metric, day in sorted(self.totals.sums, key=lambda key: (key[0] != "rows", key[0], str(key[1] or ""))):
            source, ours = self.totals.sums[metric, day], kept.get((metric, day), Decimal(0))
            rejected = self.totals.rejected.get((metric, day), Decimal(0))
            explained = "in rejected rows" if source - ours == rejected else "not explained by rejected rows"
            reason = explained if source != ours else ""
            lines.append(
                TotalsLine(
                    metric=metric, date=day, source=source, harmonized=ours, difference=source - ours, reason=reason
                )
            )
        return tuple(lines)

    def _kept_sums(self, rows: pl.LazyFrame) -> dict[tuple[str, object], Decimal]:
        day = DAY_FIELD.get(self.mapping.kind)
        metrics = additive_fields(self.mapping.kind)
        by = pl.col(day) if day else pl.lit(None, dtype=pl.Date).alias("__no_day")
        sums = [pl.col(name).sum() for name in metrics]
        found = rows.group_by(by.alias("__day")).agg(pl.len().alias("rows"), *sums).collect(engine="streaming")
        return {
            (metric, row["__day"]): Decimal(row[metric] or 0)
            for row in found.iter_rows(named=True)
            for metric in ("rows", *metrics)
        }

    def _report(self, rows: pl.LazyFrame) -> LoadReport:
        kept = self.read - self.rejected
        known = {normal(column) for group in self.mapping.column_groups for column in group}
        ignored = {normal(column): reason for column, reason in self.mapping.ignored.items()}
        notes = list(self.mapping.notes)
        if self.bad_gtins:
            notes.append(f"{self.bad_gtins:,} products are kept without their GTIN: it has no valid check digit.")
        names = self.table.names
        return LoadReport(
            format=self.table.format,
            encoding=self.table.encoding,
            separator=self.table.separator,
            header_row=self.table.header_row,
            rows_read=self.read,
            rows_kept=kept,
            rows_rejected=self.rejected,
            blank_rows=0,
            totals_rows=0,
            notes=tuple(notes),
            unmapped_columns=tuple(name for name in names if name and normal(name) not in known),
            ignored_columns={name: ignored[normal(name)] for name in names if normal(name) in ignored},
            reject_reasons=dict(self.reasons),
            coverage=self._coverage(rows, kept=kept) if kept else (),
        )

    def _coverage(self, rows: pl.LazyFrame, *, kept: int) -> tuple[FieldCoverage, ...]:
        fields = [one for one in self.mapping.fields if places_of(columns=one.columns, names=self.table.names)]
        filled = rows.select(pl.col(one.name).count() for one in fields).collect(engine="streaming").row(0)
        return tuple(
            FieldCoverage(field=one.name, column=" + ".join(one.columns), rows_filled=count, share=count / kept)
            for one, count in zip(fields, filled, strict=True)
        )

    def _publish(self, rows: pl.LazyFrame, *, output_dir: Path, digest: str) -> tuple[Path | None, Path | None]:
        name, kind = digest[:NAME_LENGTH], MappingKind(self.mapping.kind)
        target = output_dir / kind / f"{name}.parquet"
        rejects = output_dir / "rejects" / f"{kind}-{name}.csv"
        for path in (target, rejects):
            path.parent.mkdir(parents=True, exist_ok=True)
        if self.read > self.rejected:
            staged = self.folder / "all.parquet"
            stamped = rows.rename({ROW: "source_row_no"}).with_columns(
                pl.lit(digest).alias("source_file_id"), pl.lit(self.mapping.full_version).alias("mapping_version")
            )
            stamped.sink_parquet(staged)
            os.replace(staged, target)
        else:
            target.unlink(missing_ok=True)
        if self.rejected:
            os.replace(self.folder / "rejects.csv", rejects)
        else:
            rejects.unlink(missing_ok=True)
        return (target if self.read > self.rejected else None), (rejects if self.rejected else None)


def file_digest(*, path: Path) -> str:
    """SHA-256 of the file's bytes, hex."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _kind_of_reason(reason: str) -> str:
    """A reason without the row's own text, so that reasons can be counted."""
    before, quote, rest = reason.partition("“")
    if quote:
        return f"{before.rstrip()} {rest.rpartition('”')[2].lstrip()}".strip()
    if " stands in row " in reason:
        return "the key stands in an earlier row already"
    return reason


def _tell_nobody(share: float, step: str) -> None:
    """Progress without a listener."""

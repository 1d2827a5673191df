"""Bring a file of any format to one shape: UTF-8 delimited text with a known header, without holding it in memory."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from harmonization.mapping.file_head import decoded_head
from harmonization.mapping.file_kind import FileKind, Format, file_kind, guess_encoding
from harmonization.mapping.header import locate_header
from harmonization.mapping.refusal import FileLimits, HarmonizationRefused
from harmonization.mapping.spec import Mapping
from harmonization.mapping.unpacking import unpack
from harmonization.mapping.workbook import too_many_columns
from harmonization.pipeline.staged_table import StagedTable, TextShape, place_below
from harmonization.pipeline.staging_json import stage_json
from harmonization.pipeline.staging_nested import stage_nested
from harmonization.pipeline.staging_tables import stage_parquet, stage_workbook
from harmonization.pipeline.text_shape import read_through

CHUNK = 1 << 20
UTF8 = {"utf-8", "utf-8-sig"}


def file_digest(*, path: Path, limits: FileLimits, known: str = "") -> str:
    """SHA-256 of a file, hexadecimal, if it is not ``known`` from when the file was stored.

    Raises HarmonizationRefused where the file is larger than the limit.
    """
    size = path.stat().st_size
    if size > limits.file_bytes:
        raise HarmonizationRefused(
            title="The file is too large",
            detail=f"It has {size:,} bytes; at most {limits.file_bytes:,} are read.",
            where=path.name,
            fix="Split the export by month, or pack it by gzip.",
        )
    if known:
        return known
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def stage(*, path: Path, mapping: Mapping, folder: Path, limits: FileLimits) -> StagedTable:
    """The file as delimited UTF-8 text. ``folder`` is for files in between. Raises HarmonizationRefused."""
    kind = file_kind(path=path)
    if kind.is_gzip:
        target = place_below(folder, "unpacked", name=path.name.removesuffix(".gz"))
        path = unpack(path=path, target=target, limits=limits)
        kind = file_kind(path=path)
    if kind.format is Format.PARQUET:
        return stage_parquet(path=path, mapping=mapping, folder=folder, limits=limits)
    if kind.format is Format.XLSX:
        return stage_workbook(path=path, mapping=mapping, folder=folder, limits=limits)
    path, encoding, shape = _as_utf8(path, kind=kind, folder=folder, stated=mapping.encoding)
    if kind.format is not Format.CSV:
        if mapping.shape.rows_from:
            return stage_nested(path=path, mapping=mapping, folder=folder, limits=limits)
        is_array = kind.format is Format.JSON_ARRAY
        return stage_json(path=path, is_array=is_array, mapping=mapping, folder=folder, limits=limits)
    return _delimited(path, mapping=mapping, encoding=encoding, shape=shape, limits=limits)


def _delimited(path: Path, *, mapping: Mapping, encoding: str, shape: TextShape, limits: FileLimits) -> StagedTable:
    head = decoded_head(path=path, kind=FileKind(format=Format.CSV, is_gzip=False, encoding="utf-8-sig"))
    header = locate_header(text=head, mapping=mapping, where=path.name)
    if len(header.names) > limits.columns:
        raise too_many_columns(count=len(header.names), where=path.name, limits=limits)
    return StagedTable(
        path=path,
        format=Format.CSV,
        encoding=encoding,
        header=header,
        names_rows=False,
        decimal=mapping.decimal,
        has_iso_dates=False,
        shape=shape,
    )


def _as_utf8(path: Path, *, kind: FileKind, folder: Path, stated: str) -> tuple[Path, str, TextShape]:
    """The text as UTF-8 with line feeds, the file itself where it is so already, else a copy; its encoding, shape."""
    encoding = kind.encoding
    if encoding in UTF8:
        facts = read_through(path)
        if facts.has_nul:
            raise _not_text(path)
        if not facts.not_utf8 and facts.shape.line_feeds:
            return path, encoding, facts.shape
        if facts.not_utf8:
            encoding = stated or guess_encoding(head=facts.not_utf8, where=path.name)
    elif not encoding.startswith("utf"):
        encoding = stated or encoding
    target = place_below(folder, "utf8", name=path.name)
    with target.open("w", encoding="utf-8", newline="") as copy:
        copy.writelines(_decoded(path, encoding=encoding))
    return target, encoding, read_through(target).shape


def _decoded(path: Path, *, encoding: str) -> Iterator[str]:
    """The text in pieces, line ends of any kind as line feeds, without a byte order mark."""
    try:
        with path.open(encoding=encoding, newline=None) as text:
            while piece := text.read(CHUNK):
                if "\0" in piece:
                    raise _not_text(path)
                yield piece.removeprefix("\ufeff")
    except UnicodeError as error:
        raise HarmonizationRefused(
            title="The encoding cannot be told",
            detail=f"The text looked like {encoding}, but is not so throughout.",
            where=path.name,
            fix="Save the file as UTF-8.",
        ) from error


def _not_text(path: Path) -> HarmonizationRefused:
    return HarmonizationRefused(
        title="The file is not a table",
        detail="It holds zero bytes, which text does not have.",
        where=path.name,
        fix="Export the report again as CSV, JSON lines, Parquet or XLSX.",
    )

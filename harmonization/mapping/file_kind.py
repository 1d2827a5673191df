"""What kind of file lies there: its format, its compression, its encoding, told from its first bytes."""

import codecs
import gzip
import re
import zlib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from harmonization.mapping.encodings import LATIN, can_decode, likeliest_encoding, mixes_in_utf8
from harmonization.mapping.refusal import HarmonizationRefused

HEAD_BYTES = 256 * 1024
GZIP_MAGIC = b"\x1f\x8b"
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OTHER_BINARIES = {
    b"%PDF": "a PDF",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"BZh": "a bzip2 archive",
    b"\xfd7zXZ": "an xz archive",
    b"\x28\xb5\x2f\xfd": "a zstd archive",
    b"7z\xbc\xaf": "a 7z archive",
    b"Rar!": "a RAR archive",
    b"\x7fELF": "a program",
    b"SQLite format": "a database",
}
BYTE_ORDER_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
MOSTLY = 0.4


class Format(StrEnum):
    """The formats that are read."""

    CSV = "csv"
    JSON_LINES = "jsonl"
    JSON_ARRAY = "json"
    PARQUET = "parquet"
    XLSX = "xlsx"


@dataclass(frozen=True, kw_only=True)
class FileKind:
    """How a file is to be opened. ``encoding`` is a guess from the head for text, empty for others."""

    format: Format
    is_gzip: bool
    encoding: str


def file_kind(*, path: Path) -> FileKind:
    """The kind of a file. Raises HarmonizationRefused where it is empty, binary, encrypted or damaged."""
    head, is_gzip = read_head(path=path)
    if not head:
        raise HarmonizationRefused(
            title="The file is empty", detail="It holds no bytes.", where=path.name, fix="Export the report again."
        )
    if head.startswith(b"PAR1"):
        return FileKind(format=Format.PARQUET, is_gzip=is_gzip, encoding="")
    if head.startswith(b"PK"):
        return FileKind(format=Format.XLSX, is_gzip=is_gzip, encoding="")
    _refuse_binary(head, where=path.name)
    encoding = guess_encoding(head=head, where=path.name)
    return FileKind(format=_text_format(head.decode(encoding, errors="ignore")), is_gzip=is_gzip, encoding=encoding)


def read_head(*, path: Path) -> tuple[bytes, bool]:
    """The first bytes, unpacked, and whether the file is packed by gzip."""
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if not head.startswith(GZIP_MAGIC):
        return head, False
    try:
        with gzip.open(path) as file:
            return file.read(HEAD_BYTES), True
    except (OSError, EOFError, zlib.error) as error:
        raise damaged_gzip(where=path.name) from error


def damaged_gzip(*, where: str) -> HarmonizationRefused:
    """The refusal of a gzip file that cannot be unpacked to its end."""
    return HarmonizationRefused(
        title="The gzip file is damaged",
        detail="It cannot be unpacked to its end.",
        where=where,
        fix="Download the export again; it may have been cut off.",
    )


def _refuse_binary(head: bytes, *, where: str) -> None:
    if head.startswith(OLE_MAGIC):
        raise HarmonizationRefused(
            title="The workbook cannot be opened",
            detail="It is protected by a password, or saved in the Excel format of before 2007.",
            where=where,
            fix="Open it in Excel, remove the password, and save it as .xlsx or .csv.",
        )
    kind = next((name for magic, name in OTHER_BINARIES.items() if head.startswith(magic)), None)
    if head.startswith(GZIP_MAGIC):
        kind = "packed twice"
    is_utf16 = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or bool(_wide_order(head))
    control = CONTROL.search(head)
    if kind is None and (is_utf16 or control is None):
        return
    if kind is None and control is not None:
        raise HarmonizationRefused(
            title="The file is not a table",
            detail=f"Its bytes are no text in any known encoding (the byte {control[0].hex()} stands at"
            f" {control.start():,}), and none of CSV, JSON, Parquet or XLSX.",
            where=where,
            fix="Download the export again: it may be damaged, encrypted or packed. Upload it as CSV in UTF-8, JSON"
            " lines, Parquet or XLSX, as it is or packed by gzip.",
        )
    raise HarmonizationRefused(
        title="The file is not a table",
        detail=f"It is {kind}, not CSV, JSON, Parquet or XLSX.",
        where=where,
        fix="Upload the report as CSV, JSON lines, Parquet or XLSX, as it is or packed by gzip.",
    )


def guess_encoding(*, head: bytes, where: str = "") -> str:
    """The encoding of a text's first bytes: UTF-8, UTF-16 by its mark or its zeros, else the likeliest old one."""
    for mark, encoding in BYTE_ORDER_MARKS.items():
        if head.startswith(mark):
            return encoding
    if wide := _wide_order(head):
        return wide
    if _decodes(head, "utf-8"):
        return "utf-8"
    likeliest = likeliest_encoding(text=head)
    if likeliest == LATIN and mixes_in_utf8(text=head):
        raise _refused_encoding("Some letters are in UTF-8 and others in Windows-1252.", where=where)
    if likeliest is not None and _decodes(head, likeliest):
        return likeliest
    raise _refused_encoding(
        "The text is neither UTF-8 nor UTF-16, nor in an encoding of Western, Russian, Japanese, Korean or Chinese.",
        where=where,
    )


def _refused_encoding(detail: str, *, where: str) -> HarmonizationRefused:
    return HarmonizationRefused(
        title="The encoding cannot be told", detail=detail, where=where, fix="Save the file as UTF-8."
    )


def _decodes(head: bytes, encoding: str) -> bool:
    return can_decode(text=head, encoding=encoding, is_cut=len(head) >= HEAD_BYTES)


def _wide_order(head: bytes) -> str:
    """UTF-16 without a byte order mark shows in the zeros of its ASCII characters."""
    even, odd = head[0::2], head[1::2]
    if odd and odd.count(0) > MOSTLY * len(odd) and not even.count(0):
        return "utf-16-le"
    if even and even.count(0) > MOSTLY * len(even) and not odd.count(0):
        return "utf-16-be"
    return ""


def _text_format(text: str) -> Format:
    start = text.lstrip()
    if start.startswith("["):
        return Format.JSON_ARRAY if re.match(r"\[\s*[{\]]", start) else Format.CSV
    return Format.JSON_LINES if start.startswith("{") else Format.CSV

"""The kind of a file is told from its first bytes."""

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonization.mapping.file_kind import HEAD_BYTES, Format, file_kind, guess_encoding
from harmonization.mapping.refusal import HarmonizationRefused


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"a,b\n1,2\n", Format.CSV),
        (b'{"a": 1}\n', Format.JSON_LINES),
        (b'\xef\xbb\xbf  {"a": 1}\n', Format.JSON_LINES),
        (b'\n[\n {"a": 1}]', Format.JSON_ARRAY),
        (b"[]", Format.JSON_ARRAY),
        (b"[Report],x\n", Format.CSV),
        (b"PAR1...", Format.PARQUET),
        (b"PK\x03\x04...", Format.XLSX),
    ],
)
def test_formats_are_told_apart_packed_or_not(content, kind, tmp_path):
    (tmp_path / "plain").write_bytes(content)
    (tmp_path / "packed").write_bytes(gzip.compress(content))

    assert (file_kind(path=tmp_path / "plain").format, file_kind(path=tmp_path / "plain").is_gzip) == (kind, False)
    assert (file_kind(path=tmp_path / "packed").format, file_kind(path=tmp_path / "packed").is_gzip) == (kind, True)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_is_recognised(encoding):
    text = "Tag;Umsatz in €;日付\n05.01.2026;1,50;東京\n" + "aus;führlich\n" * 20

    assert text.encode(encoding).decode(guess_encoding(head=text.encode(encoding))) == text


def test_a_character_cut_at_the_end_of_the_head_does_not_confuse():
    head = b"x" * (HEAD_BYTES - 1) + "ü".encode()[:1]

    assert guess_encoding(head=head) == "utf-8"


def test_bytes_of_no_encoding_are_refused():
    with pytest.raises(HarmonizationRefused, match="encoding cannot be told"):
        guess_encoding(head=b"a,b\n\x81\x8d\x8f\x90\x9d,\xff\x81 \n")


def test_bytes_that_are_no_text_are_named_with_what_to_do(tmp_path):
    (tmp_path / "report.csv").write_bytes(b"date,clicks\n2026-01-05,\x03\xfe\x91")

    with pytest.raises(HarmonizationRefused) as refused:
        file_kind(path=tmp_path / "report.csv")

    assert "no text in any known encoding (the byte 03 stands at 23)" in refused.value.detail
    assert "Download the export again" in refused.value.fix


@given(content=st.binary(max_size=300))
def test_any_bytes_are_recognised_or_refused(content, tmp_path_factory):
    path = tmp_path_factory.mktemp("any") / "file"
    path.write_bytes(content)

    try:
        found = file_kind(path=path)
    except HarmonizationRefused as refused:
        found = refused

    assert isinstance(found, HarmonizationRefused) or found.format in Format

"""Whatever the bytes, a file is harmonized or refused in words; nothing half-written stays."""

import gzip
import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harmonization.mapping.library import explain_detection
from harmonization.mapping.refusal import HarmonizationRefused
from harmonization.tests.pipeline.exports import alpha_row, alpha_text, beta_text, harmonized, written

FEW = settings(max_examples=30, deadline=None)
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32", "cp1252", "cp932", "cp949", "cp1251", "utf-7")
GOOD = {
    "alpha": alpha_text(alpha_row(), alpha_row(product_name='5" disk, "new"'), alpha_row(brand="Crème 石鹸 мыло")),
    "beta": beta_text(),
}
CELLS = st.text(alphabet="0123456789.,-+eE%$€\"'\n\r\t;|/ \u00a0\ufeff\u200f٣石éЖ#N", max_size=12)


def outcome_of(content, *, mapping="alpha", name="export.csv"):
    """Rows read, or the refusal's title; anything else fails the test."""
    with tempfile.TemporaryDirectory() as folder:
        path = written(Path(folder), content, name)
        try:
            result = harmonized(path, mapping)
        except HarmonizationRefused as refused:
            left = [one for one in (Path(folder) / "rmis").rglob("*") if one.is_file()]
            return refused.title, refused.detail, left
        assert result.rows_read == result.rows_kept + result.rows_rejected
        assert all("not explained" not in line.reason for line in result.reconciliation)
        return result.rows_read, "read", []


def holds(outcome):
    said, detail, left = outcome
    return bool(said or detail) and not left


@FEW
@given(content=st.binary(max_size=2000))
def test_random_bytes(content):
    assert holds(outcome_of(content))


@FEW
@given(
    header=st.sampled_from([b"PAR1", b"PK\x03\x04", b"\x1f\x8b", b"[", b"{", b"\xff\xfe", b"\xef\xbb\xbf", b'"']),
    rest=st.binary(max_size=300),
)
def test_random_bytes_that_begin_like_a_format(header, rest):
    assert holds(outcome_of(header + rest))


@FEW
@given(name=st.sampled_from(sorted(GOOD)), encoding=st.sampled_from(ENCODINGS), share=st.floats(0, 1))
def test_a_good_file_cut_anywhere_in_any_encoding(name, encoding, share):
    content = GOOD[name].encode(encoding, errors="replace")

    assert holds(outcome_of(content[: int(len(content) * share)], mapping=name))


@FEW
@given(
    name=st.sampled_from(sorted(GOOD)), places=st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), max_size=8)
)
def test_a_good_file_with_bytes_changed(name, places):
    content = bytearray(GOOD[name].encode())
    for share, byte in places:
        content[int(share * len(content))] = byte

    assert holds(outcome_of(bytes(content), mapping=name))


@FEW
@given(cells=st.lists(st.lists(CELLS, min_size=1, max_size=24), max_size=6), separator=st.sampled_from(",;\t|"))
def test_any_cells_below_a_good_header(cells, separator):
    header = GOOD["alpha"].splitlines()[0].replace(",", separator)
    text = "\n".join([header, *(separator.join(row) for row in cells)]) + "\n"

    assert holds(outcome_of(text.encode()))


@FEW
@given(content=st.binary(max_size=300), cut=st.integers(0, 400))
def test_gzip_of_anything_cut_anywhere(content, cut):
    assert holds(outcome_of(gzip.compress(GOOD["alpha"].encode() + content)[: 20 + cut], name="export.csv.gz"))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | CELLS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["date", "clicks", "spend_usd", "a.b"]), inner)
    ),
    max_leaves=8,
)


@settings(max_examples=15, deadline=None)
@given(records=st.lists(JSON, max_size=4), is_array=st.booleans())
def test_any_json(records, is_array):
    lines = [json.dumps(alpha_row()), *map(json.dumps, records)]
    text = f"[{', '.join(lines)}]" if is_array else "\n".join(lines)

    assert holds(outcome_of(text.encode(), name="export.json"))


@FEW
@given(content=st.binary(max_size=500))
def test_detection_never_fails(content):
    with tempfile.TemporaryDirectory() as folder:
        assert explain_detection(written(Path(folder), content)).reason


@pytest.mark.parametrize("mapping", ["coupang", "ozon", "amazon_stream_sp_traffic", "walmart_search"])
def test_another_networks_file_is_refused_for_its_columns(mapping):
    assert outcome_of(GOOD["alpha"].encode(), mapping=mapping)[0] in {
        "No known column was found",
        "Required columns are missing",
    }

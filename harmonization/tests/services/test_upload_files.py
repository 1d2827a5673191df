"""Taking files in: generated names, hash, limit, and what the bytes really are."""

import gzip
import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harmonization.services.upload_files import UploadRefused, UploadTooLarge, store_upload


def test_file_is_stored_under_a_generated_name_with_its_hash(tmp_path):
    stored = store_upload(chunks=[b"date,", b"cost\n"], folder=tmp_path, file_name="../../evil.sh", limit=100)

    assert stored.path.parent == tmp_path
    assert "evil" not in stored.path.name
    assert stored.path.suffix == ".csv"
    assert stored.path.read_bytes() == b"date,cost\n"
    assert (stored.size, stored.sha256) == (10, hashlib.sha256(b"date,cost\n").hexdigest())


def test_file_over_the_limit_is_refused_and_leaves_nothing(tmp_path):
    with pytest.raises(UploadTooLarge) as refusal:
        store_upload(chunks=iter([b"x" * 60, b"x" * 60]), folder=tmp_path, file_name="big.csv", limit=100)

    assert refusal.value.problem["where"] == "big.csv"
    assert list(tmp_path.iterdir()) == []


def test_limit_stops_reading_at_once(tmp_path):
    read = []

    def chunks():
        for number in range(1000):
            read.append(number)
            yield b"x" * 60

    with pytest.raises(UploadTooLarge):
        store_upload(chunks=chunks(), folder=tmp_path, file_name="big.csv", limit=100)

    assert len(read) == 2


@pytest.mark.parametrize(
    ("content", "title"),
    [
        (b"", "The file is empty"),
        (b"%PDF-1.7 ...", "The file is not a table"),
        (b"\x89PNG\r\n\x1a\n", "The file is not a table"),
        (b"MZ\x90\x00\x03\x00\x00\x00\xff\xff\x00\x00\xb8", "The file is not a table"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "The workbook cannot be opened"),
        (b"\x1f\x8b\x08\xff\xff\xff\xff\xff\xff\xff\xff\xff", "The gzip file is damaged"),
    ],
)
def test_what_is_no_table_is_refused_under_the_name_it_came_with(tmp_path, content, title):
    with pytest.raises(UploadRefused) as refusal:
        store_upload(chunks=[content], folder=tmp_path, file_name="report.csv", limit=100)

    assert (refusal.value.problem["title"], refusal.value.problem["where"]) == (title, "report.csv")
    assert refusal.value.problem["fix"]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("content", "suffix"),
    [
        (b"date,cost\n", ".csv"),
        ("date\tcost".encode("utf-16"), ".csv"),
        (b'{"date": "2026-06-01"}\n', ".jsonl"),
        (b"PAR1\x15\x04", ".parquet"),
        (gzip.compress(b"date,cost\n", mtime=0), ".csv.gz"),
    ],
)
def test_kind_is_told_by_the_bytes(tmp_path, content, suffix):
    stored = store_upload(chunks=[content], folder=tmp_path, file_name="whatever.exe", limit=1000)

    assert "".join(stored.path.suffixes) == suffix


def test_gzip_bomb_is_not_unpacked_on_the_way_in(tmp_path):
    bomb = gzip.compress(b"0" * 50_000_000, mtime=0)

    stored = store_upload(chunks=[bomb], folder=tmp_path, file_name="bomb.csv.gz", limit=1_000_000)

    assert stored.path.stat().st_size == len(bomb)


@settings(deadline=None)
@given(content=st.binary(max_size=400))
def test_any_bytes_are_stored_whole_or_refused(tmp_path_factory, content):
    folder = tmp_path_factory.mktemp("uploads")
    try:
        stored = store_upload(chunks=[content], folder=folder, file_name="file", limit=1000)
    except UploadRefused:
        assert list(folder.iterdir()) == []
        return

    assert stored.path.read_bytes() == content

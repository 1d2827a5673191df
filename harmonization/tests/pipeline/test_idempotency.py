"""The same file leaves the same files, nothing half-written, nothing stale."""

import hashlib

import pytest

from harmonization.mapping.library import load_mapping
from harmonization.mapping.reader import read_mapping
from harmonization.pipeline import run
from harmonization.tests.layouts import SMALL
from harmonization.tests.pipeline.exports import alpha_row, alpha_text, events, harmonized, written


def fingerprints(folder):
    """Every file below a folder with the hash of its content."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture
def export(tmp_path):
    rows = [alpha_row(), alpha_row(date="2026-02-01"), alpha_row(clicks="?")]
    return written(tmp_path, alpha_text(*rows))


def test_running_twice_changes_nothing(export, tmp_path):
    first = harmonized(export)
    before = fingerprints(tmp_path / "rmis")

    second = harmonized(export)

    assert fingerprints(tmp_path / "rmis") == before
    assert len(before) == 4
    assert (first.event_files, first.rejects_path) == (second.event_files, second.rejects_path)
    assert first.daily.equals(second.daily)


def test_two_places_get_identical_files(export, tmp_path):
    harmonized(export, output=tmp_path / "here")
    harmonized(export, output=tmp_path / "there")

    assert fingerprints(tmp_path / "here") == fingerprints(tmp_path / "there")


def test_the_name_of_the_file_does_not_matter(export, tmp_path):
    other = written(tmp_path, export.read_bytes(), "another name.csv")

    assert harmonized(export).event_files == harmonized(other).event_files


def test_another_mapping_of_the_same_export_stands_beside(tmp_path):
    path = written(tmp_path, "Day,Shown,Clicked,Cost,Place,Sales,Orders\n2026-01-02,1,1,1.00,Top,1,1\n")

    first = harmonized(path, read_mapping(text=SMALL))
    second = harmonized(path, read_mapping(text=SMALL.replace("name: small", "name: other", 1)))

    assert set(first.event_files).isdisjoint(second.event_files)
    assert events(first)["row_id"].to_list() != events(second)["row_id"].to_list()
    assert all(one.exists() for one in (*first.event_files, *second.event_files))


def test_files_of_another_version_of_the_same_mapping_are_replaced(tmp_path):
    path = written(tmp_path, "Day,Shown,Clicked,Cost,Place,Sales,Orders\n2026-01-02,1,1,1.00,Top,1,1\n")
    other_order = SMALL.replace("{from: Day,", "{from: Day, formats: '%Y-%d-%m',").replace(
        'version: "1"', 'version: "2"'
    )

    harmonized(path, read_mapping(text=SMALL))
    result = harmonized(path, read_mapping(text=other_order))

    assert [one.parent.name for one in result.event_files] == ["month=2026-02"]
    assert len(list(result.events_path.rglob("*.parquet"))) == 1


def test_rejects_of_an_earlier_run_are_taken_away(tmp_path):
    path = written(tmp_path, 'Day,Shown,Clicked,Cost,Place,Sales,Orders\n2026-01-02,1,1,"1,5",Top,1,1\n')
    with_comma = SMALL.replace('version: "1"', 'version: "1"\nseparator: ";"\ndecimal: ","')

    first = harmonized(path, read_mapping(text=SMALL))
    second = harmonized(path, read_mapping(text=with_comma))

    assert first.rows_rejected == 1
    assert second.rejects_path is None
    assert not first.rejects_path.exists()


def test_a_run_that_fails_leaves_what_was_there(export, tmp_path, monkeypatch):
    harmonized(export)
    before = fingerprints(tmp_path / "rmis")

    def out_of_space(**_):
        raise OSError("no space left on device")

    monkeypatch.setattr(run, "reconcile", out_of_space)
    with pytest.raises(OSError, match="no space"):
        harmonized(export)

    assert fingerprints(tmp_path / "rmis") == before
    assert list((tmp_path / "rmis").glob(".partial*")) == []


def test_a_file_larger_than_memory_gives_the_same_result(export, tmp_path, monkeypatch):
    small = harmonized(export, output=tmp_path / "small")

    monkeypatch.setattr("harmonization.pipeline.converted.IN_MEMORY_BYTES", 0)
    large = harmonized(export, output=tmp_path / "large")

    assert fingerprints(tmp_path / "small") == fingerprints(tmp_path / "large")
    assert small.daily.equals(large.daily)
    assert small.reconciliation == large.reconciliation


def test_the_mapping_version_is_in_every_result(export):
    assert harmonized(export).mapping_version == load_mapping("alpha").full_version

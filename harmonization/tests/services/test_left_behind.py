"""Half-written folders of killed workers go, those that may still be written stay."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from harmonization.pipeline.partial import partial_folder
from harmonization.services.left_behind import remove_left_behind

OTHER = Path("other.csv")


@pytest.fixture
def june(tmp_path):
    path = tmp_path / "june [1].csv"
    path.write_bytes(b"")
    return path


def left_by(path, folder):
    """A half-written folder of an attempt at a file."""
    place = partial_folder(input_path=path, output_dir=folder)
    (place / "part.ipc").write_bytes(b"half")
    return place


def test_old_partial_folders_go_and_young_ones_and_the_dataset_stay(tmp_path, settings):
    now = timezone.now()
    long_ago = (now - timedelta(seconds=settings.CELERY_TASK_TIME_LIMIT + 60)).timestamp()
    old, young = left_by(Path("old.csv"), tmp_path), left_by(Path("young.csv"), tmp_path)
    (tmp_path / "events").mkdir()
    for place in (old, tmp_path / "events"):
        os.utime(place, (long_ago, long_ago))

    removed = remove_left_behind(folder=tmp_path, input_path=OTHER, now=now)

    assert removed == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([young.name, "events"])


def test_what_an_earlier_attempt_at_the_same_file_left_goes_at_once(tmp_path, june):
    rmis = tmp_path / "rmis"
    left_by(june, rmis)
    left_by(june, rmis)
    other = left_by(OTHER, rmis)

    removed = remove_left_behind(folder=rmis, input_path=june, now=timezone.now())

    assert removed == 2
    assert list(rmis.iterdir()) == [other]


def test_no_dataset_yet_is_nothing_to_remove(tmp_path):
    assert remove_left_behind(folder=tmp_path / "rmis", input_path=OTHER, now=timezone.now()) == 0

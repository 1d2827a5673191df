"""Half-written folders of killed workers go, those that may still be written stay."""

import os
from datetime import timedelta

from django.utils import timezone

from harmonization.services.left_behind import remove_left_behind


def test_old_partial_folders_go_and_young_ones_and_the_dataset_stay(tmp_path, settings):
    now = timezone.now()
    long_ago = (now - timedelta(seconds=settings.CELERY_TASK_TIME_LIMIT + 60)).timestamp()
    for name in (".partial-old", ".partial-young", "events"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "part.ipc").write_bytes(b"half")
    for name in (".partial-old", "events"):
        os.utime(tmp_path / name, (long_ago, long_ago))

    removed = remove_left_behind(folder=tmp_path, now=now)

    assert removed == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == [".partial-young", "events"]


def test_no_dataset_yet_is_nothing_to_remove(tmp_path):
    assert remove_left_behind(folder=tmp_path / "rmis", now=timezone.now()) == 0

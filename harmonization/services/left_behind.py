"""Remove what killed workers left half-written: no attempt lives longer than the workers' time limit."""

import shutil
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings


def remove_left_behind(*, folder: Path, now: datetime) -> int:
    """Remove the partial folders that no attempt can be writing any more; how many."""
    oldest = (now - timedelta(seconds=settings.CELERY_TASK_TIME_LIMIT)).timestamp()
    left = [path for path in folder.glob(".partial-*") if path.is_dir() and path.stat().st_mtime < oldest]
    for path in left:
        shutil.rmtree(path, ignore_errors=True)
    return len(left)

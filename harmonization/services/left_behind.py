"""Remove what killed workers left half-written: of this very file at once, of others when nobody can be at it."""

import shutil
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from harmonization.pipeline.partial import partial_prefix


def remove_left_behind(*, folder: Path, input_path: Path, now: datetime) -> int:
    """Remove partial folders of earlier attempts at ``input_path``, and those older than any attempt may be; how many.

    Whoever calls holds the file's operation: an earlier worker that is still alive has lost it, and nothing it does
    counts any more.
    """
    oldest = (now - timedelta(seconds=settings.CELERY_TASK_TIME_LIMIT)).timestamp()
    own = partial_prefix(input_path=input_path)
    found = [path for path in folder.glob(".partial-*") if path.is_dir()]
    left = [path for path in found if path.name.startswith(own) or _written_at(path) < oldest]
    for path in left:
        shutil.rmtree(path, ignore_errors=True)
    return len(left)


def _written_at(path: Path) -> float:
    """When a folder last changed; never, where another worker has removed it meanwhile."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return float("inf")

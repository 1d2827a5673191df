"""A worker killed with SIGKILL while it reads a source: the next worker ends the run, each file once."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from harmonization.models import DataSource, ImportRun, SourceFile, SourceRun
from harmonization.services.sample_export import sample_export
from harmonization.services.sources import SourceSettings, create_source
from harmonization.timing.schedule import Schedule
from rmn_site.tests.real_site import wait_until
from tenants.models import Operation, WakeUp

FILES = 40
HOURLY = Schedule(every_minutes=60, daily_at=None, timezone="UTC")

pytestmark = pytest.mark.worker


@pytest.fixture
def inbox(site, tmp_path, monkeypatch, settings):
    folder = tmp_path / "inboxes" / "acme"
    folder.mkdir(parents=True)
    settings.SOURCE_FILE_ROOTS = [str(folder.parent)]
    monkeypatch.setenv("SOURCE_FILE_ROOTS", str(folder.parent))
    for number in range(FILES):
        (folder / f"{number:03}.csv").write_bytes(sample_export(last_day=date(2026, 1, 14) + timedelta(days=number)))
        (folder / f"{number:03}.csv.done").touch()
    return folder


def test_run_that_its_schedule_started_is_ended_once_after_its_worker_was_killed(site, inbox):
    wish = SourceSettings(name="Inbox", options={"url": f"file://{inbox}"}, schedule=HOURLY)
    source = create_source(kind="watched_folder", wish=wish, by=None, now=timezone.now())
    WakeUp.objects.filter(subject_id=source.pk).update(due_at=timezone.now())
    site.start_relay()
    site.start_relay()
    worker = site.start_worker()
    wait_until(lambda: SourceFile.objects.count() >= 3, seconds=60, every=0.005)

    site.kill_dead(worker)

    run = SourceRun.objects.get()
    assert run.state == "running"
    assert SourceFile.objects.count() < FILES
    site.start_worker()
    wait_until(lambda: SourceRun.objects.get().state == "done", seconds=90, every=0.1)
    run.refresh_from_db()
    source = DataSource.objects.get()
    assert (run.files_taken, run.files_failed, SourceFile.objects.count()) == (FILES, 0, FILES)
    assert ImportRun.objects.count() == FILES
    assert Operation.objects.filter(kind="source").count() == 1
    assert source.last_error is None
    assert source.next_run_at > timezone.now()

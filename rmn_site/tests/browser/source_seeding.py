"""Sources that have been used, for the pages that show them."""

from datetime import date, time
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from harmonization.models import DataSource
from harmonization.services.sample_export import sample_export
from harmonization.services.source_credentials import set_credential
from harmonization.services.source_runs import start_run
from harmonization.services.sources import SourceSettings, create_source
from harmonization.timing.schedule import Schedule
from tenants.models import User
from tenants.services.operation_runs import run_operation


def seed_sources(*, by: User) -> dict[str, str]:
    """A folder whose files were taken, one without a mapping, and an account whose secrets are missing."""
    root = Path(settings.DATA_DIR) / "folders"
    inbox = root / "acme"
    inbox.mkdir(parents=True)
    for name, content in (("alpha.csv", sample_export(last_day=date(2026, 7, 14))), ("odd.csv", b"when,what\n1,2\n")):
        (inbox / name).write_bytes(content)
        (inbox / f"{name}.done").touch()
    daily = Schedule(every_minutes=None, daily_at=time(6, 30), timezone="Europe/Paris")
    folder = SourceSettings(name="Agency inbox", options={"url": f"file://{inbox}"}, schedule=daily)
    options = {"region": "NA", "profile_id": "1234567890"}
    account = SourceSettings(name="Amazon US", retailer="Amazon", options=options, schedule=daily)
    source = create_source(kind="watched_folder", wish=folder, by=by, now=timezone.now())
    failed = create_source(kind="amazon_ads", wish=account, by=by, now=timezone.now())
    run = start_run(source=source, by=by, now=timezone.now())
    for started in (run, start_run(source=failed, by=by, now=timezone.now())):
        assert started.operation is not None
        run_operation(operation_id=str(started.operation.pk))
    secrets = {name: f"made-up-{name}-1234" for name in ("client_id", "client_secret", "refresh_token")}
    set_credential(source=DataSource.objects.get(pk=failed.pk), values=secrets, by=by, now=timezone.now())
    return {"source": str(source.pk), "source_failed": str(failed.pk), "source_run": str(run.pk)}

"""Sources for tests: a clock that is set, a fake Amazon, a folder of the workspace's own."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.utils import timezone

from harmonization.models import DataSource, SourceRun
from harmonization.services.source_credentials import set_credential
from harmonization.services.source_runs import start_run
from harmonization.services.sources import SourceSettings, create_source
from harmonization.tests.connectors.amazon_server import SECRETS, FakeAmazon, serving
from harmonization.timing.schedule import Schedule
from tenants.models import Operation
from tenants.services.operation_runs import run_operation
from tenants.services.wake_ups import ring_wake_ups

START = datetime(2026, 6, 20, 9, 0, tzinfo=UTC)
DAILY = Schedule(every_minutes=None, daily_at=time(6, 30), timezone="UTC")


class Clock:
    """What the product takes for now."""

    def __init__(self) -> None:
        self.at = START

    def __call__(self) -> datetime:
        return self.at

    def pass_by(self, **parts: float) -> None:
        self.at += timedelta(**parts)


@pytest.fixture
def clock(monkeypatch) -> Clock:
    found = Clock()
    monkeypatch.setattr(timezone, "now", found)
    return found


@pytest.fixture
def amazon(settings, clock):
    with serving(FakeAmazon(now=clock, rows=rows_of)) as running:
        settings.AMAZON_ADS_TEST_ENDPOINT = running.origin
        yield running


@pytest.fixture(autouse=True)
def own_folders(settings, tmp_path):
    settings.DATA_DIR = tmp_path / "data"
    settings.SOURCE_FILE_ROOTS = [str(tmp_path / "exports")]
    (tmp_path / "exports" / "acme").mkdir(parents=True)
    (tmp_path / "exports" / "globex").mkdir()


@pytest.fixture
def exports(tmp_path):
    return tmp_path / "exports" / "acme"


@pytest.fixture
def folder_source(acme, clock, owner, exports) -> DataSource:
    wish = SourceSettings(name="Exports", options={"url": f"file://{exports}"}, schedule=DAILY)
    return create_source(kind="watched_folder", wish=wish, by=owner, now=clock())


@pytest.fixture
def amazon_source(acme, amazon, clock, owner) -> DataSource:
    options = {"region": "NA", "profile_id": "1234567890", "first_days": "20", "look_back_days": "14"}
    wish = SourceSettings(name="Amazon US", options=options, schedule=DAILY)
    source = create_source(kind="amazon_ads", wish=wish, by=owner, now=clock())
    set_credential(source=source, values=SECRETS, by=owner, now=clock())
    return source


@pytest.fixture
def read(clock):
    """``read(source)`` starts a run and does one step of it, as a worker would."""

    def start(source: DataSource) -> SourceRun:
        run = start_run(source=source, by=None, now=clock())
        return step(run)

    return start


@pytest.fixture
def go_on(clock):
    """``go_on(run)`` waits until the run's next look is due, and does it."""

    def resume(run: SourceRun) -> SourceRun:
        operation = Operation.objects.get(pk=run.operation_id)
        assert operation.state == "queued", operation.problem
        clock.at = max(clock.at, operation.queued_at)
        ring_wake_ups(now=clock())
        return step(run)

    return resume


def step(run: SourceRun) -> SourceRun:
    run_operation(operation_id=str(run.operation_id))
    fresh = SourceRun.objects.select_related("operation", "source").get(pk=run.pk)
    fresh.source.refresh_from_db()
    return fresh


def rows_of(start: date, end: date) -> list[dict]:
    """Two campaigns a day, with figures that depend on the day."""
    days = [start + timedelta(days=ahead) for ahead in range((end - start).days + 1)]
    return [row_of(day, campaign) for day in days for campaign in (158410630682987, 158410630682988)]


def row_of(day: date, campaign: int) -> dict:
    clicks = day.day + campaign % 10
    outcomes = {
        f"{name}{window}": round(clicks * worth, 2)
        for name, worth in (("sales", 10.01), ("attributedSalesSameSku", 8.0))
        for window in ("1d", "7d", "14d", "30d")
    }
    counts = {
        f"{name}{window}": clicks // 2
        for name in ("purchases", "purchasesSameSku", "unitsSoldClicks", "unitsSoldSameSku")
        for window in ("1d", "7d", "14d", "30d")
    }
    return {
        "date": day.isoformat(),
        "campaignId": campaign,
        "campaignName": f"Bars {campaign % 10}",
        "campaignStatus": "ENABLED",
        "campaignBudgetCurrencyCode": "USD",
        "adGroupId": 1,
        "adGroupName": "All",
        "adId": 2,
        "advertisedAsin": f"B00000000{campaign % 10}",
        "advertisedSku": "BAR-12",
        "impressions": clicks * 100,
        "clicks": clicks,
        "cost": round(clicks * 0.57, 2),
        **outcomes,
        **counts,
    }

"""Stock levels of uploaded exports reach the plan: who runs out gets no money, and the plan says why."""

from datetime import date, timedelta

import polars as pl
import pytest

from campaigns.models import Plan, PlanCell
from campaigns.planning.stock_risk import StockLevel
from campaigns.selectors.history import history_window
from campaigns.selectors.stock import stock_levels, stocked_items
from campaigns.services.drafting import edit_constraints
from campaigns.services.planning import plan_now
from campaigns.services.resolving import edit_and_solve
from harmonization.models import DailyFact


@pytest.fixture
def levels(acme, market, kept_files):
    """What the exports said of the one item: 3 left at Amazon, plenty at Walmart."""
    last = DailyFact.objects.latest("event_date").event_date
    DailyFact.objects.update(units=40)
    folder = kept_files / acme.schema_name / "rmis" / "events"
    folder.mkdir(parents=True)
    rows = [
        ("amazon", "L1", last - timedelta(days=1), 900),
        ("amazon", "L1", last, 3),
        ("amazon", "L1", last + timedelta(days=30), 5_000),
        ("walmart", "L1", last, 1_000_000),
        ("walmart", "L1", last, None),
    ]
    schema = {"retailer_id": pl.String, "sku_id": pl.String, "event_date": pl.Date, "stock_level": pl.Int64}
    pl.DataFrame(rows, schema=schema, orient="row").write_parquet(folder / "day.parquet")
    return folder


def test_level_of_the_last_day_told_counts(levels):
    until = DailyFact.objects.latest("event_date").event_date

    assert stock_levels(events=levels, until=until) == {
        ("amazon", "L1"): StockLevel(units=3.0, told_on=until, source="the retailer's export"),
        ("walmart", "L1"): StockLevel(units=1_000_000.0, told_on=until, source="the retailer's export"),
    }


def test_items_come_with_their_sales_and_their_brand(levels):
    items = stocked_items(window=history_window(), retailers=(), events=levels)

    amazon = next(item for item in items if item.retailer_id == "amazon")
    assert (amazon.brand, amazon.on_hand, amazon.units.min() > 0) == ("Lumen", 3.0, True)


def test_without_stock_levels_nothing_is_read(market, tmp_path):
    assert stocked_items(window=history_window(), retailers=(), events=tmp_path) == ()
    assert stock_levels(events=tmp_path, until=date(2026, 1, 1)) == {}


def test_plan_stops_spend_where_stock_runs_out_and_an_edit_remembers(levels, draft, analyst):
    asked = {"budget": 100_000.0, "oos_threshold": 0.3}
    edited = edit_constraints(plan=draft, constraints=asked, version=draft.version, by=analyst)

    plan = plan_now(plan=edited, method="auto", by=analyst)

    spend = {cell.cell_key: float(cell.proposed_spend) for cell in PlanCell.objects.filter(plan=plan)}
    assert plan.state == Plan.State.PROPOSED
    assert {key for key, amount in spend.items() if amount > 0} == {key for key in spend if "/walmart/" in key}
    assert any("run out during the flight" in note for note in plan.explanation["notes"])
    assert "stock-out threshold" in plan.result["binding"]
    freed = edit_and_solve(plan=plan, constraints=asked | {"oos_threshold": 1.0}, version=plan.version, by=analyst)
    amazon = PlanCell.objects.filter(plan=freed, retailer_id="amazon")
    # Three items left are worth little: the money that may be spent on them is capped by their margin.
    assert 0 < sum(float(cell.proposed_spend) for cell in amazon) < 5_000

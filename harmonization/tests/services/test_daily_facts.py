"""Writing daily facts: COPY, restated days, hostile text, values that do not fit."""

import time
from datetime import date, timedelta
from decimal import Decimal

import polars as pl
import pytest

from harmonization.models import DailyFact
from harmonization.services.daily_facts import FactsRefused, facts_to_write, restated_facts, write_facts
from harmonization.tests.facts import DAY, make_fact, make_import

ROW = {
    "event_date": DAY,
    "retailer_id": "alpha",
    "retailer_name": "Alpha",
    "advertiser_id": None,
    "campaign_id": "C1",
    "campaign_name": "Spring",
    "placement_type": "search",
    "channel": "onsite",
    "sku_id": "S1",
    "product_name": "Bar",
    "brand": "Acme",
    "currency": "USD",
    "impressions": 1000,
    "clicks": 50,
    "cost": Decimal("25.123456"),
    "revenue": Decimal("100.5"),
    "orders": Decimal(4),
    "units": Decimal("4.5"),
    "ntb_revenue": None,
    "attribution_window_days": 14,
    "touch": "click",
    "scope": "total",
}


def test_every_column_arrives_as_it_was(acme):
    run = make_import()

    write_facts(facts=_facts({}), import_run=run)

    fact = DailyFact.objects.get()
    assert (fact.import_run, fact.superseded_by, fact.event_date) == (run, None, DAY)
    assert (fact.advertiser_id, fact.campaign_name, fact.brand) == ("", "Spring", "Acme")
    assert (fact.cost, fact.units, fact.ntb_revenue) == (Decimal("25.123456"), Decimal("4.5"), 0)
    assert (fact.attribution_window_days, fact.touch, fact.scope) == (14, "click", "total")


def test_only_days_of_the_same_retailer_from_another_import_are_restated(acme):
    earlier, run = make_import(), make_import()
    make_fact(import_run=earlier, retailer_id="alpha", event_date=DAY)
    make_fact(import_run=earlier, retailer_id="beta", event_date=DAY + timedelta(days=1))
    make_fact(import_run=run, retailer_id="alpha", event_date=DAY + timedelta(days=2))
    days = _facts(*({"event_date": DAY + timedelta(days=number)} for number in range(3)))

    restated = restated_facts(facts=days, import_run=run)

    assert restated["event_date"].to_list() == [DAY]


def test_hostile_text_is_only_text(acme):
    names = ['a,"b"\n;c', "NULL", "\\.", "'); DROP TABLE x; --", "nul\x00byte", "日本"]

    write_facts(
        facts=_facts(*({"sku_id": str(number), "product_name": name} for number, name in enumerate(names))),
        import_run=make_import(),
    )

    kept = list(DailyFact.objects.order_by("sku_id").values_list("product_name", flat=True))
    assert kept == ['a,"b"\n;c', "NULL", "\\.", "'); DROP TABLE x; --", "nulbyte", "日本"]


def test_unknown_window_stays_unknown(acme):
    write_facts(facts=_facts({"attribution_window_days": None}), import_run=make_import())

    assert DailyFact.objects.get().attribution_window_days is None


def test_restated_day_replaces_that_day_and_keeps_the_old_one(acme):
    old, new = make_import(), make_import()
    write_facts(facts=_facts({}, {"sku_id": "S2"}, {"event_date": DAY + timedelta(days=1)}), import_run=old)

    restated = write_facts(facts=_facts({"cost": Decimal(30)}), import_run=new)

    assert restated == 2
    assert DailyFact.objects.filter(superseded_by=new, import_run=old).count() == 2
    current = DailyFact.objects.current().order_by("event_date").values_list("event_date", "cost")
    assert list(current) == [(DAY, 30), (DAY + timedelta(days=1), Decimal("25.123456"))]


def test_other_campaigns_and_retailers_of_the_day_stay(acme):
    make_fact(campaign_id="C2")
    make_fact(retailer_id="beta")

    assert write_facts(facts=_facts({}), import_run=make_import()) == 0


def test_without_campaign_only_the_same_advertiser_is_restated(acme):
    make_fact(campaign_id="", advertiser_id="A1")
    make_fact(campaign_id="", advertiser_id="A2")

    restated = write_facts(facts=_facts({"campaign_id": None, "advertiser_id": "A1"}), import_run=make_import())

    assert restated == 1


def test_names_are_cut_and_identifiers_are_not(acme):
    facts = _facts({"product_name": "x" * 500})

    assert facts["product_name"][0] == "x" * 300
    with pytest.raises(FactsRefused, match=r"campaign_id .* 81 characters"):
        _facts({"campaign_id": "x" * 81})


def test_amount_that_does_not_fit_is_refused_with_its_day():
    with pytest.raises(FactsRefused, match="cost on 2026-06-01"):
        _facts({"cost": Decimal(10) ** 12})


def test_eighteen_thousand_rows_take_about_a_second(acme):
    rows = 18_000
    facts = facts_to_write(
        daily=pl.DataFrame(
            {
                **{name: [value] * rows for name, value in ROW.items()},
                "sku_id": [f"S{number}" for number in range(rows)],
            },
            schema_overrides=_schema(),
        )
    )
    run = make_import()

    started = time.perf_counter()
    write_facts(facts=facts, import_run=run)
    seconds = time.perf_counter() - started

    assert DailyFact.objects.count() == rows
    assert seconds < 5  # about 0.5 s alone; the machine may be busy


def _facts(*changes: dict) -> pl.DataFrame:
    return facts_to_write(daily=pl.DataFrame([{**ROW, **change} for change in changes], schema_overrides=_schema()))


def _schema() -> dict:
    amounts = dict.fromkeys(("cost", "revenue", "orders", "units", "ntb_revenue"), pl.Decimal(38, 6))
    return {**amounts, "advertiser_id": pl.String, "campaign_id": pl.String, "attribution_window_days": pl.Int16}


def test_window_of_a_day_is_a_date():
    assert _facts({})["event_date"][0] == date(2026, 6, 1)

"""Aggregates of daily facts: sums, ratios, currencies, windows, comparison."""

from datetime import date, timedelta
from decimal import Decimal

from harmonization.selectors.facts import by_retailer, daily_series, freshness, kpis, period_of_data, previous_period
from harmonization.selectors.performance import changes
from harmonization.tests.facts import DAY, make_fact, make_import


def test_kpis_sum_facts_and_derive_ratios(acme):
    make_fact(sku_id="S1", cost=Decimal("20"), revenue=Decimal("80"), impressions=1000, clicks=10)
    make_fact(sku_id="S2", cost=Decimal("5.5"), revenue=Decimal("22"), impressions=500, clicks=5)

    found = kpis(start=DAY, end=DAY)

    assert (found.spend, found.attributed_revenue, found.impressions, found.clicks) == (
        Decimal("25.5"),
        Decimal("102"),
        1500,
        15,
    )
    assert (found.roas, found.ctr, found.cpc) == (Decimal(4), Decimal("0.01"), Decimal("1.7"))


def test_period_without_facts_has_no_kpis(acme):
    make_fact()

    assert kpis(start=DAY + timedelta(days=1), end=DAY + timedelta(days=9)) is None


def test_ratio_without_denominator_is_none(acme):
    make_fact(cost=Decimal(0), impressions=0, clicks=0)

    found = kpis(start=DAY, end=DAY)

    assert (found.roas, found.ctr, found.cpc) == (None, None, None)


def test_superseded_facts_are_not_counted(acme):
    old, new = make_import(), make_import()
    make_fact(import_run=old, superseded_by=new, cost=Decimal(99))
    make_fact(import_run=new, cost=Decimal(1))

    assert kpis(start=DAY, end=DAY).spend == 1


def test_currencies_are_never_added_up(acme):
    make_fact(cost=Decimal(10))
    make_fact(currency="EUR", cost=Decimal(1000))

    found = kpis(start=DAY, end=DAY)

    assert (found.currency, found.spend, found.other_currencies) == ("USD", 10, ("EUR",))


def test_commonest_currency_is_used_when_the_workspace_has_none_of_its_own(acme):
    make_fact(currency="EUR", sku_id="S1")
    make_fact(currency="EUR", sku_id="S2")
    make_fact(currency="GBP")

    assert kpis(start=DAY, end=DAY).currency == "EUR"


def test_each_attribution_window_is_named(acme):
    make_fact(attribution_window_days=14, touch="click")
    make_fact(retailer_id="beta", attribution_window_days=7, touch="click+view")

    assert kpis(start=DAY, end=DAY).attribution == ("14-day click, total", "7-day click+view, total")


def test_retailers_come_with_highest_spend_first(acme):
    make_fact(retailer_id="alpha", cost=Decimal(1))
    make_fact(retailer_id="beta", retailer_name="Beta", cost=Decimal(9))

    found = by_retailer(start=DAY, end=DAY)

    assert [(one.retailer_id, one.performance.spend) for one in found] == [("beta", 9), ("alpha", 1)]


def test_daily_series_leaves_out_days_without_data(acme):
    make_fact(event_date=DAY)
    make_fact(event_date=DAY + timedelta(days=2), cost=Decimal(7))

    found = daily_series(start=DAY, end=DAY + timedelta(days=2))

    assert [(one.event_date.day, one.performance.spend) for one in found] == [(1, 25), (3, 7)]


def test_kpis_of_one_retailer_leave_out_the_others(acme):
    make_fact(retailer_id="alpha", cost=Decimal(1))
    make_fact(retailer_id="beta", cost=Decimal(9))

    assert kpis(start=DAY, end=DAY, retailer_id="beta").spend == 9


def test_freshness_tells_last_day_and_last_import(acme):
    run = make_import(headline=[{"retailer_id": "alpha", "retailer_name": "Alpha Market"}])
    make_fact(import_run=run, event_date=DAY)
    make_fact(import_run=run, event_date=DAY + timedelta(days=4))

    (found,) = freshness()

    assert (found.retailer_name, found.first_event_date, found.last_event_date, found.last_import_at) == (
        "Alpha Market",
        DAY,
        DAY + timedelta(days=4),
        run.finished_at,
    )


def test_period_of_data_spans_first_to_last_day(acme):
    assert period_of_data() is None
    make_fact(event_date=DAY)
    make_fact(event_date=DAY + timedelta(days=9))

    assert period_of_data().days == 10


def test_each_aggregate_asks_once(acme, django_assert_num_queries):
    make_fact()

    with django_assert_num_queries(3):
        kpis(start=DAY, end=DAY)
        by_retailer(start=DAY, end=DAY)
        daily_series(start=DAY, end=DAY)


def test_previous_period_keeps_weekdays_and_does_not_overlap():
    found = previous_period(start=date(2026, 6, 1), end=date(2026, 6, 30))

    assert (found.start, found.end) == (date(2026, 4, 27), date(2026, 5, 26))
    assert found.start.weekday() == date(2026, 6, 1).weekday()


def test_change_is_relative_to_the_period_before(acme):
    make_fact(event_date=DAY, cost=Decimal(20))
    make_fact(event_date=DAY + timedelta(days=7), cost=Decimal(25))
    before = kpis(start=DAY, end=DAY)
    now = kpis(start=DAY + timedelta(days=7), end=DAY + timedelta(days=7))

    assert changes(now=now, before=before)["spend"] == Decimal("0.25")


def test_period_with_fewer_days_of_data_is_not_comparable(acme):
    make_fact(event_date=DAY)
    make_fact(event_date=DAY + timedelta(days=7))
    make_fact(event_date=DAY + timedelta(days=8))
    before = kpis(start=DAY, end=DAY + timedelta(days=1))
    now = kpis(start=DAY + timedelta(days=7), end=DAY + timedelta(days=8))

    assert set(changes(now=now, before=before).values()) == {None}
    assert set(changes(now=now, before=None).values()) == {None}


def test_outcomes_of_different_windows_are_not_compared(acme):
    make_fact(event_date=DAY, attribution_window_days=14)
    make_fact(event_date=DAY + timedelta(days=7), attribution_window_days=7)
    before = kpis(start=DAY, end=DAY)
    now = kpis(start=DAY + timedelta(days=7), end=DAY + timedelta(days=7))

    found = changes(now=now, before=before)

    assert (found["attributed_revenue"], found["roas"], found["spend"]) == (None, None, 0)

"""Money in several currencies is one sum only at dated rates; without them it is named and left out."""

from datetime import timedelta
from decimal import Decimal

from harmonization.models import FxRate
from harmonization.selectors import facts
from harmonization.selectors.fx_rates import known_pairs, reporting_of_workspace
from harmonization.services.rollups import RetailerDayKey, refresh_rollups
from harmonization.tests.facts import DAY, make_fact, make_import


def rate(day, value, quote="USD"):
    return FxRate.objects.create(date=day, base="EUR", quote=quote, rate=Decimal(value), source="ECB")


def two_currencies():
    run = make_import()
    make_fact(import_run=run)
    make_fact(import_run=run, retailer_id="beta", retailer_name="Beta", currency="EUR", cost=Decimal(10))
    refresh_rollups(days=[RetailerDayKey(retailer_id=one, event_date=DAY) for one in ("alpha", "beta")])


def test_without_rates_the_other_currency_is_left_out_and_named(acme):
    two_currencies()

    found = facts.kpis(start=DAY, end=DAY)

    assert (found.spend, found.other_currencies, found.conversions) == (Decimal(25), ("EUR",), ())


def test_with_rates_the_sum_is_in_one_currency_and_says_by_which(acme):
    two_currencies()
    rate(DAY, "1.2")

    found = facts.kpis(start=DAY, end=DAY)

    assert (found.spend, found.attributed_revenue) == (Decimal(37), Decimal(220))
    assert found.other_currencies == ()
    assert found.conversions == ("EUR at 1.2000 USD (ECB, 1 Jun 2026)",)


def test_a_rate_that_is_too_old_is_none(acme):
    two_currencies()
    rate(DAY - timedelta(days=8), "1.2")

    assert facts.kpis(start=DAY, end=DAY).other_currencies == ("EUR",)


def test_retailers_of_two_currencies_are_compared_in_one(acme):
    two_currencies()
    rate(DAY, "1.2")

    found = {one.retailer_id: one.performance for one in facts.by_retailer(start=DAY, end=DAY)}

    assert {name: one.spend for name, one in found.items()} == {"alpha": Decimal(25), "beta": Decimal(12)}
    assert {one.currency for one in found.values()} == {"USD"}


def test_the_workspaces_own_currency_is_taken_where_rates_lead_to_it(acme):
    make_fact(currency="EUR")
    refresh_rollups(days=[RetailerDayKey(retailer_id="alpha", event_date=DAY)])
    rate(DAY, "1.2")

    found = facts.kpis(start=DAY, end=DAY)

    assert (found.currency, found.spend) == ("USD", Decimal(30))


def test_one_currency_asks_for_no_rates(acme, django_assert_num_queries):
    make_fact()

    with django_assert_num_queries(1):
        facts.kpis(start=DAY, end=DAY)


def test_known_pairs_say_from_when_until_when(acme):
    rate(DAY, "1.2")
    rate(DAY - timedelta(days=3), "1.1")

    (pair,) = known_pairs()

    assert (pair.first_day, pair.last_day, pair.days, pair.latest.rate) == (
        DAY - timedelta(days=3),
        DAY,
        2,
        Decimal("1.2"),
    )


def test_rates_of_event_rows_are_found_in_one_query(acme, django_assert_num_queries):
    rate(DAY, "1.2")
    rate(DAY, "0.8", quote="GBP")

    with django_assert_num_queries(1):
        found = reporting_of_workspace().find([("EUR", DAY), ("GBP", DAY), ("USD", DAY), ("JPY", DAY)])

    assert {base: str(one.rate) for (base, _), one in found.items()} == {
        "EUR": "1.2000000000",
        "GBP": "1.5000000000",
        "USD": "1",
    }

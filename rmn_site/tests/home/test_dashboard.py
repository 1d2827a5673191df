"""The dashboard: figures that follow from the facts, honest gaps, closed to strangers."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from harmonization.tests.facts import make_fact, make_import
from rmn_site.home import overview
from tenants.models import Membership

LAST = date(2026, 6, 28)


@pytest.fixture
def facts(acme):
    """Eight weeks of one retailer at $10 a day; revenue doubles in the last four."""
    run = make_import()
    for offset in range(56):
        revenue = Decimal(40) if offset < 28 else Decimal(20)
        day = LAST - timedelta(days=offset)
        make_fact(import_run=run, event_date=day, cost=Decimal(10), revenue=revenue, campaign_id=f"C{offset}")


def test_dashboard_without_data_offers_the_upload(portal, owner):
    page = portal(owner).get("/")

    assert page.status_code == 200
    assert "No data yet" in page.content.decode()


def test_dashboard_shows_the_newest_28_days_against_the_28_before(portal, owner, facts):
    page = portal(owner).get("/")

    cards = {card["metric"]: card for card in page.context["cards"]}
    assert cards["spend"]["value"] == "$280"
    assert cards["roas"]["value"] == "4.00×"
    assert cards["roas"]["change"] == "+100.0%"
    assert cards["roas"]["tone"] == "good"
    assert cards["spend"]["tone"] == "neutral"


def test_period_without_a_complete_one_before_compares_with_nothing(portal, owner, facts):
    page = portal(owner).get("/?days=56")

    assert {card["change"] for card in page.context["cards"]} == {""}
    assert "No comparable data" in page.content.decode()


def test_iroas_is_roas_times_the_assumed_incrementality_with_its_range(portal, owner, facts):
    [row] = portal(owner).get("/").context["retailers"]

    assert row["iroas"] == Decimal(4) * Decimal("0.60")
    assert (row["iroas_low"], row["iroas_high"]) == (Decimal(4) * Decimal("0.40"), Decimal(4) * Decimal("0.80"))


def test_period_from_the_url_is_kept_and_nonsense_is_survived(portal, owner, facts):
    client = portal(owner)

    asked = client.get("/?start=2026-06-01&end=2026-06-07").context["period"]
    nonsense = client.get("/?start=yesterday&end=&days=many")

    assert (asked.start, asked.end) == (date(2026, 6, 1), date(2026, 6, 7))
    assert nonsense.status_code == 200


def test_daily_chart_leaves_days_without_data_empty(acme):
    make_fact(event_date=date(2026, 6, 1))
    make_fact(event_date=date(2026, 6, 3))
    period = overview.chosen_period(start="2026-06-01", end="2026-06-03", days="", data=overview.facts.period_of_data())

    chart = overview.daily_chart(period=period, currency="USD")

    assert chart["series"][0]["values"] == [25.0, None, 25.0]


def test_stale_retailer_is_called_old(acme):
    make_fact(event_date=date(2026, 6, 1))

    [row] = overview.freshness_rows(today=date(2026, 6, 11))

    assert row["age_days"] == 10
    assert not row["is_fresh"]


def test_dashboard_is_closed_to_strangers(portal, stranger):
    assert portal(stranger).get("/").status_code == 404


def test_dashboard_needs_few_queries_however_many_facts(portal, owner, facts, django_assert_max_num_queries):
    client = portal(owner)

    with django_assert_max_num_queries(21):
        client.get("/")


def test_workspaces_page_leads_straight_into_the_only_one(client, owner):
    client.force_login(owner, backend="django.contrib.auth.backends.ModelBackend")

    assert client.get("/").headers["Location"] == "/t/acme/"


def test_person_without_a_workspace_is_told_whom_to_ask(client, owner):
    Membership.objects.filter(user=owner).delete()
    client.force_login(owner, backend="django.contrib.auth.backends.ModelBackend")

    assert "Ask an owner" in client.get("/").content.decode()

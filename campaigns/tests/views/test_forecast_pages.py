"""Forecasts by page and API."""

import pytest

from campaigns.tests.demand import priced_items, product_with_demand
from harmonization.models import Product


@pytest.fixture
def product(acme) -> Product:
    return product_with_demand(retailers=("alpha", "beta"))


def test_the_page_shows_demand_beside_its_baseline_and_what_is_not_known(portal, analyst, product):
    page = portal(analyst).get(f"/plans/forecasts/{product.pk}/?horizon=14").content.decode()

    for text in ("units in 14 days (90%:", "same day", "Stock is not known", "8 and 60 are needed", "beta"):
        assert text in page


def test_stock_and_price_are_told_where_they_can_be(portal, analyst, product):
    priced_items()

    page = portal(analyst).get(f"/plans/forecasts/{product.pk}/?on_hand=100").content.decode()

    assert "Chance of selling out" in page
    assert "One per cent more price" in page


def test_a_product_without_history_gets_the_insufficient_state(portal, analyst, acme):
    product = Product.objects.create(sku="NEW")

    page = portal(analyst).get(f"/plans/forecasts/{product.pk}/").content.decode()

    assert "There is no demand history" in page
    assert "21 days or more" in page
    assert "<canvas" not in page


@pytest.mark.parametrize("query", ["horizon=900", "horizon=x", "on_hand=-4"])
def test_a_wrong_question_is_shown_in_the_form(portal, analyst, product, query):
    answer = portal(analyst).get(f"/plans/forecasts/{product.pk}/?{query}")

    assert answer.status_code == 200
    assert "field__errors" in answer.content.decode()


def test_the_list_leads_to_products_and_counts_their_days(portal, analyst, product):
    page = portal(analyst).get("/plans/forecasts/").content.decode()

    assert f"/plans/forecasts/{product.pk}/" in page
    assert "293" in page
    assert "/plans/forecasts/" in portal(analyst).get("/plans/").content.decode()


def test_the_api_gives_the_same_forecast(api, analyst, product):
    told = api(analyst).get(f"/api/v1/forecasts/{product.pk}/?horizon=7&on_hand=50").json()

    assert len(told["forecast"]) == 7
    assert told["stock"]["probability"] > 0.9


def test_the_api_refuses_with_what_would_suffice(api, analyst, acme):
    short = api(analyst).get(f"/api/v1/forecasts/{product_with_demand(days=10).pk}/")
    prices = api(analyst).get("/api/v1/price-answers/alpha/")

    assert (short.status_code, prices.status_code) == (409, 409)
    assert "suffice" in short.json()["detail"]


def test_the_api_tells_the_answer_to_price(api, analyst, acme):
    priced_items()

    assert -2 < api(analyst).get("/api/v1/price-answers/alpha/").json()["value"] < -1.4


def test_a_stranger_finds_nothing(portal, api, stranger, product):
    assert portal(stranger, "globex").get(f"/plans/forecasts/{product.pk}/").status_code == 404
    assert api(stranger).get(f"/api/v1/forecasts/{product.pk}/").status_code == 404


def test_the_page_asks_a_bounded_number_of_queries(portal, analyst, product, django_assert_max_num_queries):
    client = portal(analyst)

    with django_assert_max_num_queries(20):
        client.get(f"/plans/forecasts/{product.pk}/")

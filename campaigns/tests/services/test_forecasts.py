"""Forecasts from loaded demand: the truth inside its interval, and refusals that say what would suffice."""

from datetime import timedelta

import numpy as np
import pytest

from campaigns.forecasting.history import ForecastRefused
from campaigns.services.forecasts import ForecastWish, forecast_product, forecastable, price_answer
from campaigns.tests.demand import LONGEST, START, priced_items, product_with_demand
from campaigns.tests.forecasting.markets import demand
from harmonization.models import Product


def test_what_came_lies_mostly_inside_the_interval(acme):
    product = product_with_demand(days=150)

    told = forecast_product(product=product, wish=ForecastWish(horizon=28))

    came = demand(days=LONGEST, seed=1).units[150:178]
    inside = [row["low"] <= units <= row["high"] for row, units in zip(told["forecast"], came, strict=True)]
    assert np.mean(inside) > 0.75
    assert told["forecast"][0]["day"] == START + timedelta(days=150)
    assert told["total"]["low"] < told["total"]["mean"] < told["total"]["high"]


def test_the_baseline_is_last_week_s_same_day(acme):
    told = forecast_product(product=product_with_demand(days=140), wish=ForecastWish(horizon=7))

    assert [row["baseline"] for row in told["forecast"]] == [row["units"] for row in told["past"][-7:]]


def test_stock_that_cannot_last_is_sold_out_in_every_future(acme):
    product = product_with_demand()

    told = forecast_product(product=product, wish=ForecastWish(on_hand=60.0))

    assert told["stock"]["probability"] == 1.0
    assert told["stock"]["first_day"] in {1, 2, 3}
    assert forecast_product(product=product, wish=ForecastWish(on_hand=1e6))["stock"]["probability"] == 0.0
    assert forecast_product(product=product, wish=ForecastWish())["stock"] is None


def test_retailers_are_forecast_apart_and_the_fullest_comes_first(acme):
    product = product_with_demand(retailers=("alpha", "beta"))

    first = forecast_product(product=product, wish=ForecastWish())
    other = forecast_product(product=product, wish=ForecastWish(retailer="beta"))

    assert (first["retailer"], other["retailer"]) == ("alpha", "beta")
    assert first["total"] != other["total"]


def test_days_without_a_row_are_counted_and_said(acme):
    told = forecast_product(product=product_with_demand(skip=10), wish=ForecastWish())

    assert any("days without a row" in note for note in told["notes"])


@pytest.mark.parametrize(
    ("wish", "where"),
    [
        ({"horizon": 0}, "horizon"),
        ({"horizon": 400}, "horizon"),
        ({"on_hand": -1.0}, "on_hand"),
        ({"confidence": 2.0}, "confidence"),
    ],
)
def test_an_impossible_wish_is_refused_by_name(wish, where):
    with pytest.raises(ForecastRefused) as refusal:
        ForecastWish(**wish)

    assert refusal.value.where == where


def test_no_history_and_too_short_a_history_say_what_suffices(acme):
    with pytest.raises(ForecastRefused, match="21 days"):
        forecast_product(product=Product.objects.create(sku="NEW"), wish=ForecastWish())
    with pytest.raises(ForecastRefused, match="21 and 14 suffice"):
        forecast_product(product=product_with_demand(days=12), wish=ForecastWish())
    with pytest.raises(ForecastRefused, match="alpha"):
        forecast_product(product=product_with_demand(sku="B"), wish=ForecastWish(retailer="gamma"))


def test_the_known_elasticity_is_found(acme):
    priced_items(elasticity=-1.7)

    told = price_answer(retailer="alpha")

    assert told["interval"][0] <= -1.7 <= told["interval"][1]
    assert (told["method"], told["items"]) == ("fixed effects", 20)


def test_prices_elsewhere_are_the_instrument_where_they_are_known(acme):
    priced_items(items=10)
    priced_items(retailer="beta", items=10)

    assert price_answer(retailer="alpha")["method"] == "instrument"


def test_prices_that_never_move_teach_nothing(acme):
    for number in range(8):
        product_with_demand(sku=f"OWN-{number}", days=80)

    with pytest.raises(ForecastRefused, match="Prices hardly vary"):
        price_answer(retailer="alpha")


def test_no_prices_at_all_are_too_little(acme):
    with pytest.raises(ForecastRefused, match="8 and 60 are needed"):
        price_answer(retailer="alpha")


def test_items_with_demand_are_listed_most_days_first(acme):
    product_with_demand(sku="FEW", days=30)
    product_with_demand(sku="MANY", days=60)

    assert [(row["item"], row["days"]) for row in forecastable()] == [("many-x", 60), ("few-x", 30)]

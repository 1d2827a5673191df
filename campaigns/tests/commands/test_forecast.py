"""The command that forecasts from a file."""

import json
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from campaigns.tests.demand import product_with_demand
from campaigns.tests.forecasting.markets import demand


@pytest.fixture
def file(tmp_path):
    lines = ["sku,day,sold,on_shelf,promo"]
    for sku, level in (("A", 40.0), ("B", 8.0)):
        history = demand(days=120, level=level)
        for number, units in enumerate(history.units):
            day = date(2026, 1, 5) + timedelta(days=number)
            lines.append(f"{sku},{day},{units:g},{100 if sku == 'A' else 5000},{int(history.promo[number])}")
    lines.append("C,2026-01-05,4,10,0")
    path = tmp_path / "sales.csv"
    path.write_text("\n".join(lines))
    return path


def run(path, *arguments: str) -> dict:
    out = StringIO()
    call_command("forecast", str(path), "--date", "day", *arguments, "--json", stdout=out)
    return json.loads(out.getvalue())


def test_every_item_is_forecast_or_refused_with_its_reason(file):
    answer = run(file, "--units", "sold", "--item", "sku", "--stock", "on_shelf", "--promo", "promo", "--horizon", "14")

    first, second = answer["forecasts"]
    assert (first["item"], second["item"], answer["refused"][0]["item"]) == ("A", "B", "C")
    assert first["days"][0] == "2026-05-05"
    assert len(first["mean"]) == len(first["low"]) == len(first["baseline"]) == 14
    assert first["stock"]["probability"] == 1.0
    assert second["stock"]["probability"] == 0.0
    assert "history is too short" in answer["refused"][0]["reason"]


def test_stock_may_be_said(file):
    lines = [line for line in file.read_text().splitlines() if not line.startswith(("B", "C"))]
    file.write_text("\n".join(lines))

    assert (
        run(file, "--units", "sold", "--horizon", "14", "--on-hand", "1e6")["forecasts"][0]["stock"]["probability"] == 0
    )


@pytest.mark.parametrize(("units", "where"), [("pieces", "pieces"), ("promo_name", "promo_name")])
def test_missing_column_is_named(file, units, where):
    out = StringIO()

    with pytest.raises(SystemExit):
        call_command("forecast", str(file), "--date", "day", "--units", units, "--json", stdout=out)

    assert json.loads(out.getvalue())["error"]["where"] == where


def test_value_that_cannot_be_read_is_named_with_its_line(file):
    file.write_text("day,sold\n2026-01-05,4\n05/01/2026,3\n")
    out = StringIO()

    with pytest.raises(SystemExit):
        call_command("forecast", str(file), "--date", "day", "--units", "sold", "--json", stdout=out)

    assert json.loads(out.getvalue())["error"]["where"] == "line 3, day"


def test_a_product_is_forecast_from_loaded_demand(acme):
    product_with_demand(sku="OWN-1")
    out = StringIO()

    call_command("forecast", "--tenant", "acme", "--sku", "own-1", "--on-hand", "10", "--json", stdout=out)

    told = json.loads(out.getvalue())
    assert len(told["forecast"]) == 28
    assert told["stock"]["probability"] == 1.0


@pytest.mark.parametrize("arguments", [("--tenant", "acme", "--sku", "none"), (), ("sales.csv",)])
def test_half_a_question_is_refused(acme, arguments):
    out = StringIO()

    with pytest.raises(SystemExit):
        call_command("forecast", *arguments, "--json", stdout=out)

    assert json.loads(out.getvalue())["error"]["where"] in {"--sku", "DATA.csv", "--date"}

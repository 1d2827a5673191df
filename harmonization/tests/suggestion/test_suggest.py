"""Mapping proposals: words of several languages, arithmetic, and abstention."""

import pytest

from harmonization.suggestion.header_words import read_header
from harmonization.suggestion.knowledge import Example, Knowledge, learn
from harmonization.suggestion.suggest import suggest

NOTHING = Knowledge(fields={})


def field_of(*, header: str, values: tuple[str, ...] = ()) -> str | None:
    return suggest(header=[header], values={header: values}, knowledge=NOTHING)[0].field


@pytest.mark.parametrize(
    ("header", "field"),
    [("Klicks", "clicks"), ("adSpend", "cost"), ("campaign_id", "campaign_id"), ("Показы", "impressions")],
)
def test_headers_of_several_languages_and_writings_are_read(header: str, field: str) -> None:
    assert field_of(header=header) == field


@pytest.mark.parametrize(
    ("header", "window"),
    [("sales14d", "14d"), ("orders_7_days", "7d"), ("매출액(14일)", "14d"), ("Sales 12 hours", "12h")],
)
def test_windows_are_parsed_from_text(header: str, window: str) -> None:
    assert read_header(header=header).window == window


@pytest.mark.parametrize("header", ["Last Year Spend", "organic sales", "expected revenue", "zorblax", "Same skus"])
def test_misleading_or_unknown_words_make_it_abstain(header: str) -> None:
    assert field_of(header=header) is None


def test_values_that_contradict_the_words_make_it_abstain() -> None:
    assert field_of(header="clicks", values=("red", "blue")) is None


def test_arithmetic_settles_percent_against_fraction() -> None:
    values = {"clicks": ("10", "20", "30"), "impressions": ("1000", "1000", "1000"), "ctr": ("1.0", "2.0", "3.0")}

    found = suggest(header=list(values), values=values, knowledge=NOTHING)

    assert found[2].transform == "percent_to_ratio"


def test_whole_numbers_of_sales_beside_decimal_costs_are_asked_about() -> None:
    values = {"cost": ("10.25", "3.10"), "sales": ("2", "45")}

    found = suggest(header=list(values), values=values, knowledge=NOTHING)

    assert found[1].field is None
    assert "not money" in found[1].why


def test_examples_teach_words_and_contradicting_ones_do_not() -> None:
    taught = learn(examples=[Example(header="zorblax", field="clicks")])
    torn = learn(examples=[Example(header="zorblax", field=field) for field in ("clicks", "cost")])

    assert suggest(header=["Zorblax"], values={}, knowledge=taught)[0].field == "clicks"
    assert suggest(header=["Zorblax"], values={}, knowledge=torn)[0].field is None

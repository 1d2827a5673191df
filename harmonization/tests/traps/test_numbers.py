"""Traps of numbers: marks, currencies, scripts, units and signs; read right or rejected with row and reason."""

from dataclasses import replace
from decimal import Decimal

import pytest

from harmonization.mapping.reader import read_mapping
from harmonization.mapping.refusal import HarmonizationRefused
from harmonization.mapping.spec import Currency
from harmonization.tests.layouts import SMALL
from harmonization.tests.pipeline.exports import differences, events, rejects, total
from harmonization.tests.traps.small import run, small


def cost_of(folder, text, *, currency="USD"):
    """The cost that is read; None where the row is rejected."""
    mapping = replace(small(), currency=Currency(code=currency))
    result = run(folder, {"Cost": text}, mapping=mapping)
    return result.daily["cost"][0] if result.rows_kept else None


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("USD 28.00", "28"),
        ("28.00 USD", "28"),
        ("$28.00", "28"),
        ("1,234.50", "1234.5"),
        ("1\u00a0234.50", "1234.5"),
        ("1\u202f234.50", "1234.5"),
        ("1\u2009234.50", "1234.5"),
        ("1'234.50", "1234.5"),
        ("1,23,456.50", "123456.5"),
        ("(12.50)", "-12.5"),
        ("-12.50", "-12.5"),
        ("−12.50", "-12.5"),
        ("١٢٫٥", "12.5"),
        ("۱۲٫۵", "12.5"),
        ("१२.५", "12.5"),
        ("１２．５０", "12.5"),
        ("\u200e12.50\u200f", "12.5"),
        ("1.2E+3", "1200"),
        ("0", "0"),
    ],
)
def test_an_amount_is_read_as_people_write_it(text, amount, tmp_path):
    assert cost_of(tmp_path, text) == Decimal(amount)


@pytest.mark.parametrize(
    ("text", "currency"), [("₹1,23,456", "INR"), ("€12", "EUR"), ("12 ₽", "RUB"), ("₩1,200", "KRW")]
)
def test_a_sign_agrees_with_the_currency_of_the_row(text, currency, tmp_path):
    assert cost_of(tmp_path, text, currency=currency) is not None


@pytest.mark.parametrize("text", ["₹1,23,456", "EUR 12.00"])
def test_an_amount_in_another_currency_is_rejected(text, tmp_path):
    result = run(tmp_path, {"Cost": text})

    assert [(row, "not in the row's currency" in reason) for row, reason, _ in rejects(result)] == [(2, True)]


@pytest.mark.parametrize(
    "text",
    ["NaN", "inf", "#N/A", "#DIV/0!", "#REF!", "12-", "1.2.3", "12%", "0x1F", "1e30", "twelve", "'1.50", '="1.5"'],
)
def test_what_is_no_amount_is_rejected_with_its_row_and_text(text, tmp_path):
    result = run(tmp_path, {"Cost": text}, {})

    ((row, reason, _),) = rejects(result)
    assert row == 2
    assert f"cost (Cost): “{text}” is no number" in reason
    assert all("rejected rows" in reason for _, _, _, reason in differences(result))


def test_a_decimal_comma_in_a_file_of_points_is_rejected(tmp_path):
    result = run(tmp_path, {"Cost": "1,50"})

    assert (result.rows_kept, [row for row, _, _ in rejects(result)]) == (0, [2])


COMMA = "separator: ;\ndecimal: ','\n"


@pytest.mark.parametrize(("text", "amount"), [("1.234,50", "1234.5"), ("1 234,50", "1234.5"), ("12,5", "12.5")])
def test_a_decimal_comma_is_read_where_the_mapping_says_so(text, amount, tmp_path):
    result = run(tmp_path, {"Cost": text, "Sales": "9,00"}, mapping=small(top=COMMA), separator=";")

    assert total(result, "cost") == Decimal(amount)


def test_thousands_that_may_be_decimals_are_refused_where_other_rows_prove_the_comma(tmp_path):
    with pytest.raises(HarmonizationRefused, match="decimal mark cannot be told"):
        run(tmp_path, {"Cost": "1,500"}, {"Cost": "2,25"})


def test_thousands_that_may_be_decimals_are_refused_in_a_file_of_semicolons(tmp_path):
    with pytest.raises(HarmonizationRefused, match="decimal mark cannot be told"):
        run(tmp_path, {"Cost": "1,500", "Sales": "9"}, separator=";")


def test_thousands_that_may_be_decimals_are_refused_the_other_way_round(tmp_path):
    rows = [{"Cost": "1.500", "Sales": "9"}, {"Cost": "2.25", "Sales": "9"}]

    with pytest.raises(HarmonizationRefused, match="decimal mark cannot be told"):
        run(tmp_path, *rows, mapping=small(top=COMMA), separator=";")


def test_thousands_beside_a_sure_decimal_point_are_thousands(tmp_path):
    result = run(tmp_path, {"Cost": "1,500"}, {"Cost": "2.25"}, {"Cost": "2,25"})

    assert total(result, "cost") == Decimal("1502.25")
    assert [row for row, _, _ in rejects(result)] == [4]


@pytest.mark.parametrize(
    ("unit", "text", "amount"),
    [("micros", "1500000", "1.5"), ("microcents", "150000000", "1.5"), ("one", "1.5", "1.5")],
)
def test_units_are_those_the_mapping_states(unit, text, amount, tmp_path):
    cost = "{from: [Cost, Spend],"
    mapping = read_mapping(text=SMALL.replace(cost, f"{cost} unit: {unit},"))

    assert total(run(tmp_path, {"Cost": text}, mapping=mapping), "cost") == Decimal(amount)


def test_micros_read_as_whole_units_are_told_by_the_sources_own_cost_per_click(tmp_path):
    mapping = small(top="checks:\n  - {metric: cpc, from: CPC}\n")

    result = run(tmp_path, {"Cost": "1500000", "CPC": "0.30"}, mapping=mapping)

    assert [(one.name, one.rows_broken) for one in result.quality.invariants if one.name.startswith("cpc")] == [
        ("cpc as stated", 1)
    ]


@pytest.mark.parametrize(("unit", "text"), [("percent", "25%"), ("percent", "25"), ("one", "0.25")])
def test_a_share_is_a_fraction_however_it_is_written(unit, text, tmp_path):
    mapping = small(fields=f"  impression_share: {{from: Share, unit: {unit}}}\n")

    assert events(run(tmp_path, {"Share": text}, mapping=mapping))["impression_share"].to_list() == [Decimal("0.25")]


def test_negative_corrections_are_added_not_lost(tmp_path):
    result = run(tmp_path, {}, {"Cost": "-0.50", "Shown": "-10", "Clicked": "-1"})

    assert (total(result, "cost"), result.daily["impressions"][0], differences(result)) == (Decimal(1), 90, [])


def test_a_fraction_of_a_click_is_rejected(tmp_path):
    result = run(tmp_path, {"Clicked": "1.5"}, {"Clicked": "2.0"})

    assert [row for row, _, _ in rejects(result)] == [2]
    assert result.daily["clicks"].to_list() == [2]


def test_orders_may_be_fractions_as_linear_attribution_gives_them(tmp_path):
    assert total(run(tmp_path, {"Orders": "0.333333"}), "orders") == Decimal("0.333333")


def test_an_empty_cell_is_unknown_and_not_zero(tmp_path):
    result = run(tmp_path, {"Sales": ""})

    assert result.daily["revenue"].to_list() == [None]

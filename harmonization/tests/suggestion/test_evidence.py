"""Arithmetic between columns, kinds of values, and how sure a proposal says it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonization.suggestion.arithmetic import is_sum, scale_of
from harmonization.suggestion.calibration import confidence_of
from harmonization.suggestion.knowledge import Knowledge
from harmonization.suggestion.sample import FileSample
from harmonization.suggestion.suggest import suggest
from harmonization.suggestion.values import currency_of, kind_of, numbers

counts = st.lists(st.integers(1, 10_000), min_size=3, max_size=20)


@given(counts, st.sampled_from([1.0, 100.0, 1e6, 1e8]))
def test_the_scale_of_a_rate_is_found_whatever_the_numbers(below: list[int], scale: float) -> None:
    above = [number * (place + 2) for place, number in enumerate(below)]
    stated = [over / under * scale for over, under in zip(above, below, strict=True)]

    assert scale_of(stated=stated, above=above, below=below) == scale


@given(counts, counts)
def test_parts_add_up_to_their_total_and_to_nothing_else(first: list[int], second: list[int]) -> None:
    rows = min(len(first), len(second))
    total = [first[row] + second[row] for row in range(rows)]

    assert is_sum(parts=[first[:rows], second[:rows]], total=total)
    assert not is_sum(parts=[first[:rows], second[:rows]], total=[number * 2 for number in total])


def test_too_few_rows_prove_nothing() -> None:
    assert scale_of(stated=[0.5, 0.5], above=[1, 1], below=[2, 2]) is None
    assert not is_sum(parts=[[1.0], [2.0]], total=[3.0])


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (("2026-01-31", "2026-02-01"), "date"),
        (("01.02.2026",), "date"),
        (("USD", "USD"), "currency"),
        (("4006381333931",), "gtin"),
        (("1,234", "12"), "count"),
        (("12.0", "3.0"), "count"),
        (("€1.234,50", "€3,20"), "decimal"),
        (("red", "12"), "text"),
        (("-", "", "n/a"), None),
    ],
)
def test_values_show_their_kind(values: tuple[str, ...], kind: str | None) -> None:
    assert kind_of(values=values) == kind


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1 234,5", 1234.5),
        ("1,234.50", 1234.5),
        ("1.234,50", 1234.5),
        ("₹ 12", 12.0),
        ("USD 28.00", 28.0),
        ("3,5%", 3.5),
    ],
)
def test_numbers_are_read_however_they_are_written(text: str, number: float) -> None:
    assert numbers(values=(text,)) == [number]


def test_same_and_halo_that_add_up_confirm_all_three() -> None:
    values = {
        "Direct sales": ("10.5", "20.5", "30.25"),
        "Indirect sales": ("1.0", "2.5", "3.5"),
        "Sales": ("11.5", "23.0", "33.75"),
    }
    header = ["Date", "Clicks", "Spend", *values]

    found = suggest(header=header, values=values, knowledge=Knowledge())

    assert [one.field for one in found[3:]] == ["revenue_same_sku", "revenue_halo", "revenue"]
    assert all("arithmetic" in one.evidence for one in found[3:])


def test_types_are_decided_by_their_values() -> None:
    values = {"Keyword type": ("exact", "broad"), "Campaign type": ("AUCTION_UP", "AUCTION_DOWN")}

    found = suggest(header=["Date", "Clicks", *values], values=values, knowledge=Knowledge())

    assert [one.field for one in found[2:]] == ["match_type", None]


def test_more_kinds_of_evidence_make_surer() -> None:
    words = confidence_of(evidence=frozenset({"words", "file"}))
    known = confidence_of(evidence=frozenset({"words", "file", "known"}))
    proven = confidence_of(evidence=frozenset({"words", "file", "known", "values", "arithmetic"}))

    assert 0 < words < known < proven < 1


@pytest.mark.parametrize(
    ("header", "values", "code"),
    [
        (("Spend (£)",), (), "GBP"),
        (("Расход, ₽",), (), "RUB"),
        (("Spend",), ("USD 12.00",), "USD"),
        (("Spend",), ("12.00",), None),
        (("Spend (€)", "Sales (£)"), (), None),
    ],
)
def test_a_currency_is_known_where_one_is_named(
    header: tuple[str, ...], values: tuple[str, ...], code: str | None
) -> None:
    assert currency_of(file=FileSample(name="a", columns=header, values={header[0]: values})) == code


def test_one_row_of_totals_changes_no_kind() -> None:
    assert kind_of(values=("2026-01-01", "2026-01-02", "2026-01-03", "2026-01-04", "Total")) == "date"
    assert kind_of(values=("1", "2", "3", "4", "see note")) == "count"


@pytest.mark.parametrize(
    "day", ["1767225600", "46082", "2026年05月24日〜2026年05月30日", "Wed, 4 Mar 2026", "2026-03-04T05:00Z"]
)
def test_days_may_be_written_in_many_ways(day: str) -> None:
    found = suggest(header=["Date", "Clicks", "Spend"], values={"Date": (day, day)}, knowledge=Knowledge())

    assert found[0].field == "event_date"


@pytest.mark.parametrize("value", ["12.5", "red", "EUR", "7"])
def test_other_values_are_no_days(value: str) -> None:
    found = suggest(header=["Date", "Clicks", "Spend"], values={"Date": (value, value)}, knowledge=Knowledge())

    assert found[0].field is None


def test_whole_numbers_of_sales_above_the_clicks_are_money() -> None:
    values = {"Spend": ("10.25", "3.10"), "Clicks": ("12", "7"), "Sales": ("1200", "450")}

    found = suggest(header=["Date", *values], values=values, knowledge=Knowledge())

    assert found[3].field == "revenue"

"""Source totals and harmonized totals agree to the last digit, or the difference is explained."""

from datetime import date
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from harmonization.tests.pipeline.exports import (
    alpha_row,
    alpha_text,
    beta_row,
    beta_text,
    days,
    differences,
    harmonized,
    total,
    written,
)

RELAXED = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
CENTS = st.integers(min_value=-(10**7), max_value=10**9)
ROWS = st.lists(
    st.tuples(st.sampled_from(days(3)), CENTS, st.integers(0, 10**9), st.integers(0, 10**6), CENTS),
    min_size=1,
    max_size=30,
)


def alpha_rows(drawn):
    return [
        alpha_row(
            date=day,
            spend_usd=f"{Decimal(cost) / 100:.2f}",
            impressions=str(impressions),
            clicks=str(clicks),
            sales_14d_usd=f"{Decimal(sales) / 100:.2f}",
            placement=["search", "home", "nowhere"][cost % 3],
        )
        for day, cost, impressions, clicks, sales in drawn
    ]


@RELAXED
@given(drawn=ROWS)
def test_totals_are_conserved_to_the_cent(drawn, tmp_path):
    result = harmonized(written(tmp_path, alpha_text(*alpha_rows(drawn))))

    assert total(result, "cost") == sum((Decimal(row[1]) / 100 for row in drawn), Decimal(0))
    assert total(result, "impressions") == sum(row[2] for row in drawn)
    assert total(result, "revenue") == sum((Decimal(row[4]) / 100 for row in drawn), Decimal(0))
    assert differences(result) == []


@RELAXED
@given(drawn=ROWS, order=st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(drawn, order, tmp_path):
    rows = alpha_rows(drawn)
    shuffled = order.sample(rows, len(rows))

    first = harmonized(written(tmp_path, alpha_text(*rows), "a.csv"))
    second = harmonized(written(tmp_path, alpha_text(*shuffled), "b.csv"))

    assert first.daily.equals(second.daily)


@RELAXED
@given(drawn=st.lists(st.tuples(st.integers(0, 10**12), CENTS), min_size=1, max_size=20))
def test_micros_and_decimal_commas_are_exact(drawn, tmp_path):
    rows = [
        beta_row(Cost_micros=str(micros), Turnover_7d=f"{Decimal(cents) / 100:.2f}".replace(".", ","))
        for micros, cents in drawn
    ]

    result = harmonized(written(tmp_path, beta_text(*rows)), "beta")

    assert total(result, "cost") == sum((Decimal(micros).scaleb(-6) for micros, _ in drawn), Decimal(0))
    assert total(result, "revenue") == sum((Decimal(cents) / 100 for _, cents in drawn), Decimal(0))
    assert differences(result) == []


def test_ten_dimes_make_one_dollar(tmp_path):
    result = harmonized(written(tmp_path, alpha_text(*[alpha_row(spend_usd="0.1") for _ in range(10)])))

    assert total(result, "cost") == Decimal(1)


def test_a_line_stands_for_each_metric_and_day(tmp_path):
    rows = [alpha_row(date=day) for day in days(2)]

    lines = harmonized(written(tmp_path, alpha_text(*rows))).reconciliation

    assert [(line.metric, line.date) for line in lines] == [
        (metric, date.fromisoformat(day))
        for metric in ("cost", "clicks", "impressions", "revenue", "orders")
        for day in days(2)
    ]


def test_a_rejected_row_explains_the_difference_of_its_day(tmp_path):
    rows = [alpha_row(), alpha_row(date="2026-01-06", clicks="many", spend_usd="7.00")]

    found = differences(harmonized(written(tmp_path, alpha_text(*rows))))

    day = date(2026, 1, 6)
    assert ("cost", day, Decimal("7.00"), "rejected rows hold 7") in found
    assert ("impressions", day, Decimal(1000), "rejected rows hold 1000") in found
    assert {entry[1] for entry in found} == {day}


def test_rows_without_a_day_are_reconciled_apart(tmp_path):
    result = harmonized(written(tmp_path, alpha_text(alpha_row(), alpha_row(date="someday"))))

    undated = [line for line in result.reconciliation if line.date is None and line.metric == "cost"]
    assert [(line.source, line.harmonized, line.reason) for line in undated] == [
        (Decimal("12.34"), Decimal(0), "rejected rows hold 12.34")
    ]


def test_rounding_to_a_millionth_is_told(tmp_path):
    rows = [alpha_row(spend_usd="0.3333333333") for _ in range(3)]

    found = differences(harmonized(written(tmp_path, alpha_text(*rows))))

    assert found == [
        ("cost", date(2026, 1, 5), Decimal("9.999E-7"), "each row is rounded to a millionth"),
    ]


def test_totals_rows_and_blank_rows_are_in_neither_total(tmp_path):
    result = harmonized(written(tmp_path, beta_text(beta_row(), beta_row()) + ";;;\n"), "beta")

    cost = [line for line in result.reconciliation if line.metric == "cost"]
    assert [(line.source, line.harmonized) for line in cost] == [(Decimal("24.68"), Decimal("24.68"))]

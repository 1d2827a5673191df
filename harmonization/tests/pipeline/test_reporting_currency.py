"""Event rows carry their cost in the workspace's currency, looked up by day."""

from datetime import date
from decimal import Decimal

from harmonization.comparison.rates import DatedRate, rate_table
from harmonization.pipeline.reporting_currency import Reporting
from harmonization.tests.pipeline.exports import events, harmonized, written

DAY = date(2026, 1, 5)
TABLE = rate_table([DatedRate(day=DAY, base="EUR", quote="USD", rate=Decimal("1.25"), source="ECB")])
COLUMNS = ("cost", "cost_reporting", "reporting_currency", "fx_rate", "fx_date")
HEADER = "date,campaignId,impressions,clicks,cost,campaignBudgetCurrencyCode\n"


def found(pairs):
    rates = {(base, day): TABLE.find(base=base, quote="USD", on=day) for base, day in pairs}
    return {pair: rate for pair, rate in rates.items() if rate}


def rows(folder, *lines, reporting):
    path = written(folder, HEADER + "".join(f"{line}\n" for line in lines))
    return events(harmonized(path, "amazon_sp_v3", reporting=reporting)).select(COLUMNS).rows()


def test_cost_is_converted_at_the_rate_of_its_day(tmp_path):
    reporting = Reporting(currency="USD", find=found)

    made = rows(tmp_path, "2026-01-05,c,10,1,10.00,EUR", "2026-01-07,c,10,1,3.00,USD", reporting=reporting)

    assert made == [
        (Decimal(10), Decimal("12.5"), "USD", Decimal("1.25"), DAY),
        (Decimal(3), Decimal(3), "USD", Decimal(1), date(2026, 1, 7)),
    ]


def test_without_a_rate_there_is_no_cost_in_that_currency(tmp_path):
    reporting = Reporting(currency="USD", find=found)

    made = rows(tmp_path, "2026-02-05,c,10,1,10.00,EUR", "2026-01-05,c,10,1,9.00,JPY", reporting=reporting)

    assert [row[1] for row in made] == [None, None]
    assert [row[3] for row in made] == [None, None]


def test_nobody_asked_for_gives_empty_columns(tmp_path):
    (made,) = rows(tmp_path, "2026-01-05,c,10,1,10.00,EUR", reporting=None)

    assert made == (Decimal(10), None, None, None, None)

from decimal import Decimal

import pytest

from campaigns.exports import Interval, PlanReport, PlanRow, RuleLine


def interval(mean):
    return Interval(mean=Decimal(mean), low=Decimal(mean) * Decimal("0.8"), high=Decimal(mean) * Decimal("1.2"))


@pytest.fixture
def report():
    rows = (
        PlanRow(
            path=("onsite", "Amazon", "search", "Nordmill"),
            current=Decimal("1000.00"),
            proposed=Decimal("1500.50"),
            revenue=interval("6000.00"),
            incremental_revenue=interval("3600.00"),
            incremental_margin=interval("1200.25"),
            marginal_roas=2.25,
            limited_by="No placement above 30%",
        ),
        PlanRow(path=("onsite", "Walmart", "home", "Kettleby"), current=Decimal("0.00"), proposed=Decimal("99.50")),
        PlanRow(path=("offsite", "Amazon", "offsite", "Kettleby"), current=Decimal("400.00"), proposed=Decimal("0.00")),
    )
    return PlanReport(
        title="Next quarter",
        currency="USD",
        rows=rows,
        rules=(RuleLine(name="Budget", value="at most 1,600.00 USD", is_binding=True, price="0.79 USD of margin"),),
        facts={"Horizon": "91 days", "Attribution": "14 days, click"},
        certificate={"Status": "optimal", "Duality gap": 1e-9},
    )

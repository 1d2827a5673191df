from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.exports import BulkRefused, Campaign, campaign_budgets, split_cents

SEARCH, HOME = ("onsite", "amazon", "search", "Nordmill"), ("onsite", "amazon", "home", "Nordmill")


def campaign(number, path=SEARCH, weight="1"):
    return Campaign(campaign_id=number, name=f"Campaign {number}", path=path, weight=Decimal(weight))


def test_left_over_cents_go_to_the_largest_remainders():
    assert split_cents(amount=Decimal("1.00"), weights=[Decimal(1)] * 3) == (
        Decimal("0.34"),
        Decimal("0.33"),
        Decimal("0.33"),
    )


def test_weights_of_zero_share_equally():
    assert split_cents(amount=Decimal("0.10"), weights=[Decimal(0), Decimal(0)]) == (Decimal("0.05"), Decimal("0.05"))


@given(
    cents=st.integers(0, 10**12),
    weights=st.lists(st.decimals(0, 10**9, allow_nan=False, places=3), min_size=1, max_size=40),
)
def test_a_split_loses_no_cent_and_is_off_by_less_than_one(cents, weights):
    amount = Decimal(cents).scaleb(-2)

    parts = split_cents(amount=amount, weights=weights)

    assert sum(parts) == amount
    if any(weights):
        total = sum(weights)
        assert all(
            abs(part - amount * weight / total) <= Decimal("0.01") for part, weight in zip(parts, weights, strict=True)
        )


@pytest.mark.parametrize(("amount", "weights"), [("1.005", ["1"]), ("-1", ["1"]), ("1", []), ("1", ["-1", "2"])])
def test_what_cannot_be_split_is_refused(amount, weights):
    with pytest.raises(ValueError, match="whole number of cents"):
        split_cents(amount=Decimal(amount), weights=[Decimal(weight) for weight in weights])


def test_daily_budgets_follow_the_campaigns_share_of_their_cell():
    budgets = campaign_budgets(
        spend={SEARCH: Decimal(900), HOME: Decimal(100)},
        campaigns=[campaign("1", weight="300"), campaign("2", weight="100"), campaign("3", HOME, "5")],
        days=10,
    )

    assert [(each.campaign_id, each.daily) for each in budgets] == [
        ("1", Decimal("67.50")),
        ("2", Decimal("22.50")),
        ("3", Decimal("10.00")),
    ]


def test_daily_budgets_never_add_up_to_more_than_the_plan():
    budgets = campaign_budgets(
        spend={SEARCH: Decimal("1000.00"), HOME: Decimal("333.33")},
        campaigns=[campaign("1"), campaign("2"), campaign("3", HOME)],
        days=91,
    )

    a_day = sum(each.daily for each in budgets)
    assert a_day == Decimal("14.65")
    assert 91 * a_day <= Decimal("1333.33") < 91 * (a_day + Decimal("0.01"))


def test_a_campaign_on_two_placements_gets_the_sum_of_its_parts():
    budgets = campaign_budgets(
        spend={SEARCH: Decimal(60), HOME: Decimal(40)}, campaigns=[campaign("1"), campaign("1", HOME)], days=10
    )

    assert [(each.campaign_id, each.daily) for each in budgets] == [("1", Decimal("10.00"))]


def test_campaigns_outside_the_plan_are_left_alone():
    budgets = campaign_budgets(spend={SEARCH: Decimal(10)}, campaigns=[campaign("1"), campaign("2", HOME)], days=1)

    assert [each.campaign_id for each in budgets] == ["1"]


def test_a_cell_without_a_campaign_is_named():
    with pytest.raises(BulkRefused, match="amazon · home · Nordmill"):
        campaign_budgets(spend={SEARCH: Decimal(1), HOME: Decimal(1)}, campaigns=[campaign("1")], days=1)


def test_a_cell_without_money_needs_no_campaign():
    budgets = campaign_budgets(spend={SEARCH: Decimal(1), HOME: Decimal(0)}, campaigns=[campaign("1")], days=1)

    assert len(budgets) == 1


def test_a_missing_campaign_id_is_refused_by_the_campaigns_name():
    nameless = Campaign(campaign_id=" ", name="Spring", path=SEARCH, weight=Decimal(1))

    with pytest.raises(BulkRefused, match="Spring"):
        campaign_budgets(spend={SEARCH: Decimal(1)}, campaigns=[nameless], days=1)


@pytest.mark.parametrize(("spend", "days"), [({}, 1), ({SEARCH: Decimal(1)}, 0)])
def test_nothing_to_change_is_refused(spend, days):
    with pytest.raises(BulkRefused):
        campaign_budgets(spend=spend, campaigns=[campaign("1")], days=days)

"""Mapping proposals: words of several languages, company, arithmetic, evidence and abstention."""

import pytest

from harmonization.suggestion.knowledge import Example, Knowledge, learn
from harmonization.suggestion.suggest import suggest
from harmonization.suggestion.suggestion import CRITICAL, Suggestion

NOTHING = Knowledge()
REPORT = ("Date", "Impressions", "Clicks", "Spend")


def proposals(*header: str, knowledge: Knowledge = NOTHING, **values: tuple[str, ...]) -> dict[str, Suggestion]:
    """Proposals for columns that stand in an ad report; values by column name."""
    names = list(dict.fromkeys([*header, *values]))
    found = suggest(header=[*REPORT, *names], values=values, knowledge=knowledge)
    return {one.source_column: one for one in found}


def field_of(header: str, *, knowledge: Knowledge = NOTHING) -> str | None:
    return proposals(header, knowledge=knowledge)[header].field


@pytest.mark.parametrize("header", ["Last Year Sales", "organic sales", "expected revenue", "zorblax", "Viewable imps"])
def test_misleading_or_unknown_words_make_it_abstain(header: str) -> None:
    assert field_of(header) is None


def test_what_matters_most_needs_a_second_kind_of_evidence() -> None:
    alone = suggest(header=["clicks", "colour"], values={}, knowledge=NOTHING)[0]

    assert alone.field is None
    assert alone.candidate == "clicks"


def test_values_that_contradict_the_words_make_it_abstain() -> None:
    found = proposals(Orders=("red", "blue"))["Orders"]

    assert found.field is None
    assert "text" in found.why


def test_arithmetic_settles_percent_against_fraction() -> None:
    values = {"Clicks": ("10", "20", "30"), "Impressions": ("1000", "1000", "1000")}

    percent = proposals(**values, CTR=("1.0", "2.0", "3.0"))["CTR"]
    fraction = proposals(**values, CTR=("0.01", "0.02", "0.03"))["CTR"]

    assert (percent.transform, fraction.transform) == ("percent_to_ratio", "")
    assert "impressions" in percent.why


def test_arithmetic_finds_micros_of_money() -> None:
    values = {"Clicks": ("10", "20", "30"), "CPC": ("1.5", "2.0", "1.0")}

    found = proposals(**values, Spend=("15000000", "40000000", "30000000"))

    assert found["Spend"].transform == "divide:1000000"
    assert found["CPC"].transform == ""


def test_a_header_may_name_micros_itself() -> None:
    found = suggest(header=["Day", "Clicks", "Cost micros", "Impressions"], values={}, knowledge=NOTHING)

    assert (found[2].field, found[2].transform) == ("cost", "divide:1000000")


def test_whole_numbers_of_sales_beside_decimal_costs_are_asked_about() -> None:
    found = proposals(Spend=("10.25", "3.10"), Sales=("2", "45"))["Sales"]

    assert (found.field, found.candidate) == (None, "revenue")
    assert "counted" in found.why


def test_sales_that_return_on_spend_confirms_are_money_even_as_whole_numbers() -> None:
    found = proposals(Spend=("10.5", "4.0", "2.5"), Sales=("21", "16", "10"), ROAS=("2", "4", "4"))

    assert found["Sales"].field == "revenue"


def test_sales_beside_their_amount_are_counts() -> None:
    found = proposals("sales", "sale_amount")

    assert (found["sales"].field, found["sale_amount"].field) == ("orders", "revenue")


def test_views_are_impressions_only_where_the_file_has_no_others() -> None:
    alone = suggest(header=["Day", "Views", "Clicks", "Spend"], values={}, knowledge=NOTHING)

    assert alone[1].field == "impressions"
    assert field_of("Views") is None


def test_a_bare_sku_beside_the_retailers_code_is_the_sellers() -> None:
    found = proposals("ASIN", "SKU")

    assert (found["ASIN"].field, found["SKU"].field, found["SKU"].extension) == ("sku_id", None, "seller_sku")
    assert field_of("SKU") == "sku_id"


def test_of_two_columns_for_one_figure_the_plainer_keeps_it() -> None:
    found = proposals("units_quantity", "product_units_quantity")

    assert found["units_quantity"].field == "units_sold"
    assert found["product_units_quantity"].candidate == "units_sold"


def test_synonyms_of_one_figure_are_both_kept() -> None:
    assert field_of("Cost") == "cost"
    assert proposals("Cost")["Spend"].field == "cost"


def test_a_click_twin_shows_that_the_plain_figure_counts_views() -> None:
    found = proposals("sales_14d", "sales_clicks_14d")

    assert (found["sales_14d"].touch, found["sales_clicks_14d"].touch) == ("click+view", "click")


def test_custom_fills_in_the_touch_and_says_so() -> None:
    found = proposals("orders 14 days")["orders 14 days"]

    assert (found.touch, found.assumed) == ("click", ("touch",))
    assert "custom" in found.why


def test_parts_in_stores_and_after_views_are_not_the_total() -> None:
    found = proposals("In-store sales 14d", "View-through sales 14d")

    assert [found[name].field for name in ("In-store sales 14d", "View-through sales 14d")] == [None, None]
    assert found["In-store sales 14d"].extension == "revenue_in_store"


def test_two_networks_teach_an_odd_word_and_one_does_not() -> None:
    one = [Example(header="zorblax", meaning="clicks", network="a")]
    two = [*one, Example(header="Zorblax", meaning="clicks", network="b")]

    assert field_of("Zorblax", knowledge=learn(examples=one)) is None
    assert field_of("Zorblax", knowledge=learn(examples=two)) == "clicks"


def test_the_tenants_own_mapping_teaches_alone() -> None:
    own = learn(examples=[Example(header="zorblax", meaning="clicks", network="own")])

    assert field_of("zorblax", knowledge=own) == "clicks"


def test_the_tenants_own_mapping_wins_over_words_and_networks() -> None:
    others = [Example(header="Shop sales", meaning="revenue", network=name) for name in "ab"]
    own = learn(examples=[*others, Example(header="Sales", meaning="orders", network="own")])
    left_out = learn(examples=[Example(header="Sales", meaning="", network="own")])

    assert field_of("Sales", knowledge=own) == "orders"
    assert field_of("Sales", knowledge=left_out) is None


def test_common_words_are_the_grammars_to_judge_whatever_networks_call_them() -> None:
    taught = learn(examples=[Example(header="amount", meaning="revenue", network=name) for name in "abc"])

    assert field_of("Amount", knowledge=taught) is None


def test_networks_that_contradict_each_other_teach_nothing() -> None:
    torn = [Example(header="zorblax", meaning=field, network=name) for field in ("clicks", "cost") for name in "ab"]

    assert field_of("zorblax", knowledge=learn(examples=torn)) is None


def test_every_proposal_says_why_in_a_sentence_and_only_critical_columns_are_asked_about() -> None:
    found = proposals("Sales", "Brand", "zorblax", "viewable impressions")

    assert all(one.why.endswith(".") and one.why[0].isupper() for one in found.values())
    assert all(one.candidate in CRITICAL for one in found.values() if one.candidate)
    assert all(0 < one.confidence <= 1 for one in found.values() if one.field)

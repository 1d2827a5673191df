"""Columns whose words do not settle them, read by what the file lacks or has beside them."""

import pytest

from harmonization.suggestion.knowledge import Knowledge
from harmonization.suggestion.suggest import suggest
from harmonization.suggestion.suggestion import Suggestion


def proposals(*header: str) -> dict[str, Suggestion]:
    return {one.source_column: one for one in suggest(header=header, values={}, knowledge=Knowledge())}


def test_the_only_candidate_for_an_essential_figure_may_have_an_odd_word() -> None:
    found = proposals("Date", "Impressions", "Spend", "Blorp clicks", "Campaign ID")["Blorp clicks"]

    assert found.field == "clicks"
    assert "no other column" in found.why
    assert found.confidence < proposals("Date", "Impressions", "Spend", "Clicks")["Clicks"].confidence + 1e-9


@pytest.mark.parametrize("rival", ["Clicks", "Zorg clicks"])
def test_with_a_rival_an_odd_word_is_not_guessed(rival: str) -> None:
    assert proposals("Date", "Impressions", "Spend", "Blorp clicks", rival)["Blorp clicks"].field is None


def test_two_odd_words_are_not_guessed() -> None:
    assert proposals("Date", "Impressions", "Spend", "Blorp zorg clicks")["Blorp zorg clicks"].field is None


def test_outside_a_report_of_ads_nothing_is_guessed() -> None:
    assert proposals("Blorp clicks", "colour", "weight")["Blorp clicks"].field is None


def test_outcomes_with_an_odd_word_are_asked_about() -> None:
    found = proposals("Date", "Impressions", "Clicks", "Spend", "Blorp revenue")["Blorp revenue"]

    assert (found.field, found.candidate) == (None, "revenue")


@pytest.mark.parametrize("modifier", ["Branded", "Test", "Mobile", "Organic"])
def test_words_known_to_make_a_part_are_never_odd(modifier: str) -> None:
    assert proposals("Date", "Impressions", "Spend", f"{modifier} clicks")[f"{modifier} clicks"].field is None


def test_figures_of_the_store_beside_direct_ones_are_the_total() -> None:
    found = proposals("Date", "Clicks", "Spend", "Store orders", "Direct orders")

    assert found["Store orders"].field == "orders"
    assert proposals("Date", "Clicks", "Spend", "Store orders")["Store orders"].field is None


def test_objects_of_amount_and_currency_are_read_by_their_parts() -> None:
    found = proposals("Date", "Clicks", "Impressions", "Spend.amount", "Spend.currencyCode")

    assert [found[name].field for name in ("Spend.amount", "Spend.currencyCode")] == ["cost", "currency"]

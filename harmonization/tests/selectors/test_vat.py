"""Retailers whose costs hold tax differently are told apart; nothing is said where all are alike."""

from decimal import Decimal

from harmonization.selectors.facts import RetailerPerformance
from harmonization.selectors.performance import total
from harmonization.selectors.vat import vat_differences
from harmonization.tests.facts import DAY, make_import


def performance(name, spend="119"):
    empty = total(rows=[], currency="EUR")
    sums = type(empty)(**{**vars(empty), "spend": Decimal(spend)})
    return RetailerPerformance(retailer_id=name, retailer_name=name.title(), performance=sums)


def imported(name, **conventions):
    make_import(retailers=[name], period_start=DAY, period_end=DAY, conventions=conventions)


def told(*names):
    found = vat_differences(retailers=[performance(name) for name in names], start=DAY, end=DAY)
    return [(one.retailer_name, one.label, one.net_spend) for one in found]


def test_nothing_is_said_where_no_mapping_says_anything(acme):
    imported("alpha")

    assert told("alpha", "beta") == []


def test_nothing_is_said_where_all_are_alike(acme):
    for name in ("alpha", "beta"):
        imported(name, vat_included=True, vat_rate="0.19")

    assert told("alpha", "beta") == []


def test_differences_are_told_with_spend_without_tax_where_it_is_known(acme):
    imported("alpha", vat_included=True, vat_rate="0.19")
    imported("beta", vat_included=False)
    imported("gamma")

    assert told("alpha", "beta", "gamma") == [
        ("Alpha", "included, 19 %", Decimal(100)),
        ("Beta", "not included", Decimal(119)),
        ("Gamma", "not stated", None),
    ]


def test_a_retailer_whose_imports_differ_is_told_alone(acme):
    imported("alpha", vat_included=True, vat_rate="0.19")
    imported("alpha", vat_included=False)

    assert told("alpha") == [("Alpha", "differs by import", None)]

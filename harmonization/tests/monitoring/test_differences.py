"""Which known reason explains a console's figure, and what honestly stays unexplained."""

from decimal import Decimal

import pytest

from harmonization.monitoring.differences import DayEvidence, Known, Reason, explain_gap


def evidence(**changes) -> DayEvidence:
    values = {
        "metric": "revenue",
        "currency": "EUR",
        "harmonized": Decimal("1000.00"),
        "source": Decimal("1000.00"),
        "earlier": (),
        "windows": (),
        "currencies": (),
        "before": Decimal("700.00"),
        "after": Decimal("1500.00"),
        "vat_included": None,
        "vat_rate": None,
    }
    return DayEvidence(**(values | changes))


def test_rounded_figure_is_the_same():
    found = explain_gap(console=Decimal("1000"), evidence=evidence(harmonized=Decimal("1000.37")))

    assert (found.best.reason, found.unexplained) == (Reason.SAME, 0)


@pytest.mark.parametrize(
    ("console", "changes", "reason", "word"),
    [
        ("1012.50", {"source": Decimal("1012.50")}, Reason.REJECTED, "could not be read"),
        ("940.10", {"earlier": (Known(label="version 1", total=Decimal("940.10")),)}, Reason.RESTATED, "version 1"),
        ("1210.5", {"windows": (Known(label="30-day", total=Decimal("1210.52")),)}, Reason.WINDOW, "30-day"),
        ("1190", {}, Reason.COMMON_TAX, "19 % value-added tax on top"),
        ("840.34", {}, Reason.COMMON_TAX, "without 19 %"),
        ("1077.00", {"vat_included": False, "vat_rate": Decimal("0.077")}, Reason.STATED_TAX, "7.7 %"),
        ("88.00", {"currencies": (Known(label="CHF", total=Decimal(88)),)}, Reason.CURRENCY, "CHF"),
        ("700.00", {}, Reason.NEIGHBOUR, "day before"),
        ("1500.00", {}, Reason.NEIGHBOUR, "day after"),
    ],
)
def test_gap_is_laid_to_the_reason_that_predicts_the_figure(console, changes, reason, word):
    found = explain_gap(console=Decimal(console), evidence=evidence(**changes))

    assert (found.best.reason, found.unexplained) == (reason, 0)
    assert word in found.best.sentence


def test_reason_that_explains_most_is_named_with_what_it_leaves():
    known = (Known(label="version 1", total=Decimal("900.00")),)

    found = explain_gap(console=Decimal("897.00"), evidence=evidence(earlier=known))

    assert (found.best.reason, found.unexplained) == (Reason.RESTATED, Decimal("-3.00"))


def test_gap_that_no_reason_explains_stays_unexplained():
    found = explain_gap(console=Decimal("400.00"), evidence=evidence())

    assert (found.best, found.unexplained) == (None, Decimal("-600.00"))
    assert found.candidates


def test_time_zone_is_a_hint_and_no_explanation():
    found = explain_gap(console=Decimal("1083.33"), evidence=evidence(currency="USD"))

    assert (found.best, found.unexplained) == (None, Decimal("83.33"))
    assert "about 4 hours" in found.hint


def test_tax_is_not_tried_on_counts_nor_against_what_the_source_says():
    clicks = explain_gap(console=Decimal(1190), evidence=evidence(metric="clicks", currency=""))
    net = explain_gap(console=Decimal("840.34"), evidence=evidence(vat_included=False))

    assert Reason.COMMON_TAX not in {one.reason for one in clicks.candidates}
    assert net.best is None


def test_likelier_reason_wins_where_two_predict_the_same():
    known = (Known(label="version 1", total=Decimal("700.00")),)

    found = explain_gap(console=Decimal("700.00"), evidence=evidence(earlier=known))

    assert found.best.reason is Reason.RESTATED


def test_day_without_neighbours_or_gap_is_explained():
    found = explain_gap(console=Decimal("1000.00"), evidence=evidence(before=None, after=None))

    assert (found.gap, found.best.reason, found.hint) == (0, Reason.SAME, "")

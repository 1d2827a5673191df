"""Margins and sales at today's price, known by hand."""

from dataclasses import replace

import numpy as np
import pytest

from campaigns.planning.cells import fitted_cell
from campaigns.planning.fitted import cells_from_json, cells_to_json
from campaigns.planning.price_margin import PriceAnswer, price_notes, revenue_factors, with_price_now
from campaigns.tests.planning.cast import history

ANSWER = PriceAnswer(value=-2.0, low=-2.5, high=-1.5)
# 63 days at 1, 28 at 0.8: the mean is 0.93846…, today's price 0.85246 of it.
CUT = np.r_[np.ones(63), np.full(28, 0.8)]
RATIO = 0.8 / CUT.mean()


def priced(price=CUT, *, known=1.0, answers=None):
    found = replace(history(days=91), price=price, margin_known_share=known)
    return with_price_now(histories=[found], answers={"amazon": ANSWER} if answers is None else answers)[0]


def test_cheaper_units_cost_as_much_to_make():
    # A margin of 30 % at 1 is a cost of 0.7; at 0.85246 it is 1 − 0.7 / 0.85246.
    found = priced()

    assert found.margin_rate == pytest.approx(1 - 0.7 / RATIO)
    assert (found.price_change.ratio, found.price_change.margin_before) == (pytest.approx(RATIO), 0.3)


def test_sales_answer_by_the_elasticity_with_its_doubt():
    # An elasticity of −2 makes revenue r^(1 − 2) of what it was: more.
    factors = revenue_factors(change=priced().price_change, draws=20_000, rng=np.random.default_rng(1))

    assert np.median(factors) == pytest.approx(1 / RATIO, rel=0.01)
    low, high = np.quantile(factors, [0.05, 0.95])
    assert (low, high) == (pytest.approx(RATIO**-0.5, rel=0.01), pytest.approx(RATIO**-1.5, rel=0.01))


def test_price_below_cost_leaves_no_margin_and_never_less():
    assert priced(np.r_[np.ones(63), np.full(28, 0.3)]).margin_rate == 0.0


@pytest.mark.parametrize("price", [None, np.ones(91), np.r_[np.ones(63), np.full(28, 0.99)], CUT[:40]])
def test_price_that_is_unknown_still_or_short_changes_nothing(price):
    found = priced(price)

    assert (found.margin_rate, found.price_change) == (0.3, None)


def test_guessed_margin_is_left_a_guess():
    assert priced(known=0.0).price_change is None


def test_without_an_answer_only_the_margin_moves_and_the_note_says_so():
    change = priced(answers={}).price_change

    assert revenue_factors(change=change, draws=10, rng=np.random.default_rng(0)) is None
    assert "not known" in price_notes(changes={"Amazon · search": change})[0]


def test_note_tells_price_margin_and_elasticity():
    (note,) = price_notes(changes={"Amazon · search": priced().price_change})

    for text in ("down 14.", "margin 30.0% → 17.", "elasticity of -2.00 (90%: -2.50 to -1.50)"):
        assert text in note


def test_change_is_kept_with_the_curves():
    cell = fitted_cell(history=priced(), beta=np.ones(3), k=np.ones(3), horizon_days=28)

    (kept,) = cells_from_json(rows=cells_to_json(cells=[cell]))

    assert kept.history.price_change == cell.history.price_change

"""Amounts and objectives as people say them."""

import math

_DIGITS, _NOISE, _NOTHING = 5, 1e-5, 1e-9

OBJECTIVE_WORDS = {
    "incremental_margin": "incremental margin",
    "incremental_revenue": "incremental revenue",
    "revenue": "attributed revenue",
    "units": "incremental units",
    "profit": "profit",
}


def amount_in_words(amount: float, currency: str) -> str:
    """``1,340 USD``; small amounts keep three digits."""
    return f"{number_in_words(amount)} {currency}"


def outcome_in_words(outcome: float, objective: str, currency: str) -> str:
    """An amount of money, or plain units."""
    return number_in_words(outcome) if objective == "units" else amount_in_words(outcome, currency)


def number_in_words(number: float) -> str:
    """``1,340`` or ``0.0123``."""
    if number == 0.0 or abs(number) >= 100.0:
        return f"{number:,.0f}"
    return f"{number:.3g}"


def exactly_in_words(number: float) -> str:
    """``2,750,000`` or ``105.56``: five digits and more, for a value that somebody will type in again."""
    if abs(number) < 1.0:
        return f"{number:.5g}"
    return f"{number:,.4f}".rstrip("0").rstrip(".")


def share_in_words(share: float) -> str:
    """``12.5%``."""
    return f"{100.0 * share:.5g}%"


def telling_step(amount: float) -> float:
    """A round step small beside ``amount``: 1,000 for a budget of 2.5 million."""
    return float(10.0 ** math.floor(math.log10(amount / 500.0))) if amount > 0.0 else 1.0


def loosely_rounded(value: float, *, up: bool) -> float:
    """Five digits, to the loose side; what is round but for the solver's noise stays as it is."""
    if abs(value) <= _NOTHING:
        return 0.0
    place = 10.0 ** (_DIGITS - 1 - math.floor(math.log10(abs(value))))
    return float(math.ceil(value * place - _NOISE) if up else math.floor(value * place + _NOISE)) / place


def remedy_in_words(
    *, name: str, is_rule: bool, value: float, relaxed: float | None, value_kind: str, currency: str
) -> str:
    """``Lower “floor” from 2,600,000 USD to 2,250,000 USD.``; ``value_kind`` is ``amount``, ``share`` or ``ratio``."""

    def words(one: float) -> str:
        if value_kind == "amount":
            return f"{exactly_in_words(one)} {currency}"
        return share_in_words(one) if value_kind == "share" else exactly_in_words(one)

    called = f"“{name}”" if is_rule else f"the {name}"
    if relaxed is None:
        return f"Changing {called} alone is not enough; it stands at {words(value)}."
    verb = "Raise" if relaxed > value else "Lower"
    return f"{verb} {called} from {words(value)} to {words(relaxed)}."

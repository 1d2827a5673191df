"""What loosening each rule is worth, in words, how sure that is and how far it holds; and the last unit of money."""

from collections.abc import Mapping
from typing import Any

from campaigns.optimization.wording import exactly_in_words, outcome_in_words, share_in_words
from campaigns.planning.evaluation import Interval
from tenants.figures import money

UNPRICED = "It holds the split back; what loosening it is worth differs from outcome to outcome."
FROM_DRAWS = "over the draws of every curve and of incrementality"
NO_RANGE = "How sure that is was not computed: these rules can only be split anew."
CLOSE = 0.1


def prices_in_words(
    *, result: Mapping[str, Any], rules: Mapping[str, str], ranges: Mapping[str, Interval]
) -> list[dict[str, Any]]:
    """What loosening each binding rule would bring, in the optimizer's order; cells held by us are not rules.

    ``rules`` are those that people made, with the kind of their value: ``amount``, ``share`` or ``ratio``. ``ranges``
    are of the step that each sentence tells.
    """
    if result.get("risk"):
        told = {"value": None, "sentence": UNPRICED, "interval": None, "sureness": "", "holds": ""}
        return [{"rule": name} | told for name in result["binding"] if name in rules]
    prices = result["shadow_prices"]
    return [
        {
            "rule": name,
            "value": prices[name]["value"],
            "sentence": prices[name]["meaning"],
            "interval": ranges[name].as_json() if name in ranges else None,
            "sureness": _sureness(result=result, gain=prices[name]["gain"], found=ranges.get(name)),
            "holds": _holds(price=prices[name], kind=rules[name], currency=result["currency"]),
        }
        for name in result["binding"]
        if name in prices and name in rules
    ]


def last_unit(*, result: Mapping[str, Any], currency: str, ranges: Mapping[str, Interval]) -> list[str]:
    """The counter-case to the budget itself: a warning when its last unit earns less margin than it costs."""
    price = result["shadow_prices"].get("budget")
    if result["objective_name"] != "incremental_margin" or price is None or price["value"] >= 1:
        return []
    earned, found = money(price["value"], currency, places=2), ranges.get("budget")
    less = "less"
    if found is not None:
        low, high = found.low / price["step"], found.high / price["step"]
        earned += f" (90%: {money(low, currency, places=2)} to {money(high, currency, places=2)})"
        less = "less" if high < 1 else "probably less"
    return [
        f"The last {money(1, currency, places=2)} of this budget brings {earned} of incremental margin: {less} than it "
        "costs. A smaller budget would leave more after ad cost."
    ]


def _sureness(*, result: Mapping[str, Any], gain: float, found: Interval | None) -> str:
    """The interval; and where the step, tried, brings something else than its price says, that it does."""
    if found is None:
        return NO_RANGE

    def words(amount: float) -> str:
        size = outcome_in_words(abs(amount), result["objective_name"], result["currency"])
        return f"-{size}" if amount < 0 else size

    interval = f"90%: {words(found.low)} to {words(found.high)}, {FROM_DRAWS}."
    if abs(found.mean - gain) <= CLOSE * abs(gain):
        return interval
    return f"Tried on its own, this step brings {words(found.mean)} ({interval.removesuffix('.')})."


def _holds(*, price: Mapping[str, Any], kind: str, currency: str) -> str:
    """Between which values of the rule the worth stays what it is, for the same rules bind."""
    low, high = price["valid_from"], price["valid_to"]
    if low is None and high is None:
        return str(price["validity"])

    def words(value: float) -> str:
        if kind == "amount":
            return money(value, currency)
        return share_in_words(value) if kind == "share" else exactly_in_words(value)

    if high is None:
        return f"The same rules bind from {words(low)} upward."
    return f"The same rules bind between {words(low or 0.0)} and {words(high)}."

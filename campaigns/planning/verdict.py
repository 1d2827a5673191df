"""What the optimizer said, in words: the worth of each rule, the proof, the second opinion, the last unit of money."""

from collections.abc import Collection, Mapping
from typing import Any

from tenants.figures import money, percent

EXPLORED = "explored"
UNPRICED = "It holds the split back; what loosening it is worth differs from outcome to outcome."


def prices_in_words(*, result: Mapping[str, Any], rules: Collection[str]) -> list[dict[str, Any]]:
    """What loosening each binding rule would bring, in the optimizer's order; cells held by us are not rules."""
    if result.get("risk"):
        return [{"rule": name, "value": None, "sentence": UNPRICED} for name in result["binding"] if name in rules]
    prices = result["shadow_prices"]
    return [
        {"rule": name, "value": prices[name]["value"], "sentence": prices[name]["meaning"]}
        for name in result["binding"]
        if name in prices and name in rules
    ]


def last_unit(*, result: Mapping[str, Any], currency: str) -> list[str]:
    """The counter-case to the budget itself: a warning when its last unit earns less margin than it costs."""
    price = result["shadow_prices"].get("budget")
    if result["objective_name"] != "incremental_margin" or price is None or price["value"] >= 1:
        return []
    earned = money(price["value"], currency, places=2)
    return [
        f"The last {money(1, currency, places=2)} of this budget brings {earned} of incremental margin: less than it "
        "costs. A smaller budget would leave more after ad cost."
    ]


def cross_check(*, method: str, found: float | None, result: Mapping[str, Any]) -> dict[str, Any]:
    """How far the other method's objective lies from this one's, relative to it."""
    objective = result["objective"]
    if found is None:
        return {"method": method, "difference": None, "sentence": f"The other method ({method}) reached no proof."}
    difference = abs(found - objective) / max(abs(objective), 1e-12)
    sentence = f"Solved again by the other method ({method}): the objectives differ by {difference:.1e}."
    if result.get("risk"):
        sentence = (
            f"The split that is best on average ({method}) brings {percent(difference, places=2)} more on average."
        )
    if result["status"] == EXPLORED:
        sentence = f"The best split ({method}), which does not explore, brings {percent(difference, places=1)} more."
    return {"method": method, "difference": difference, "sentence": sentence}


def certificate_in_words(*, result: Mapping[str, Any], currency: str) -> dict[str, Any]:
    """``Proved optimal within 1e-9 …`` beside its figures."""
    certificate = result["certificate"]
    gap, risk = float(certificate["gap"]), result.get("risk")
    if risk:
        worst, most = percent(risk["worst_share"], places=0), money(abs(risk["bound"]) * gap, currency, places=2)
        sentence = (
            f"Proved within {gap:.1e} of the best: no split that keeps the rules brings more than {most} beyond this "
            f"one on average in its worst {worst} of outcomes. Largest breach of a rule: "
            f"{float(certificate['feasibility_residual']):.1e} of the budget."
        )
        return dict(certificate) | {"sentence": sentence}
    most = money(abs(result["objective"]) * gap, currency, places=2)
    lead = f"Proved optimal within {gap:.1e} of the objective"
    if result["status"] == EXPLORED:
        lead = f"Explores on purpose, and is proved to give up at most {percent(gap, places=1)} of the objective"
    sentence = (
        f"{lead}: no split that keeps the rules brings more than {most} beyond this one. Largest breach of a rule: "
        f"{float(certificate['feasibility_residual']):.1e} of the budget."
    )
    return dict(certificate) | {"sentence": sentence}

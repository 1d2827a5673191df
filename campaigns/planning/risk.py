"""A plan for the worst outcomes in words: what caution brings when things go badly, and what it costs on average."""

from collections.abc import Mapping
from typing import Any

from campaigns.optimization.wording import OBJECTIVE_WORDS, share_in_words
from tenants.figures import compact_money


def risk_in_words(*, result: Mapping[str, Any], currency: str) -> dict[str, Any] | None:
    """The optimizer's figures with a sentence and the reason behind it; None for a plan that looks at the mean."""
    risk = result.get("risk")
    if not risk:
        return None
    chosen, average = risk["chosen"], risk["best_on_average"]
    share, objective = share_in_words(risk["worst_share"]), OBJECTIVE_WORDS[result["objective_name"]]

    def words(amount: float) -> str:
        return f"{amount:,.0f}" if result["objective_name"] == "units" else compact_money(amount, currency)

    low, high = chosen["worst_interval"]
    sentence = (
        f"In the worst {share} of outcomes this split brings {words(chosen['worst'])} {objective} on average "
        f"(90%: {words(low)} to {words(high)})"
    )
    better, dearer = chosen["worst"] - average["worst"], average["mean"] - chosen["mean"]
    if better <= 1e-6 * abs(average["worst"]):
        sentence += ": the split that is best on average is also best when things go badly."
    else:
        sentence += (
            f", {words(better)} more than the split that is best on average. Over all outcomes that caution costs "
            f"{words(max(dearer, 0.0))}."
        )
    why = (
        f"Counted from {risk['draws']} draws of every response curve, at the expected incrementality; the worst are "
        "those in which this split brings least. The rules hold for the mean over the draws."
    )
    return dict(risk) | {"objective": objective, "sentence": sentence, "why": why}

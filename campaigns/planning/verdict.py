"""What the optimizer said, in words: the proof, and the second opinion."""

from collections.abc import Mapping
from typing import Any

from tenants.figures import money, percent

EXPLORED = "explored"


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

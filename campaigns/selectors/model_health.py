"""How far a plan's curves can be trusted, and which experiments stand behind what they are taken to have caused."""

from typing import Any

from campaigns.models import Experiment, Plan, PlanCurves


class NoHealth(Exception):
    """The plan has no curves that were checked; the message says what to do."""


def model_health_of(*, plan: Plan) -> dict[str, Any]:
    """What was found when the plan's curves were fitted, with the beliefs used and the experiments in them.

    Raises:
        NoHealth: nothing was fitted yet, or before fits were checked.
    """
    stored = PlanCurves.objects.filter(plan=plan).defer("cells").first()
    if stored is None:
        raise NoHealth("This plan has no curves yet. Plan it, then its model can be checked.")
    if not stored.health:
        raise NoHealth("The curves of this plan were fitted before models were checked. Plan it again.")
    return stored.health | {
        "history_start": stored.history_start,
        "history_end": stored.history_end,
        "fitted_at": stored.fitted_at,
        "is_simulated": stored.is_simulated,
        "priors": _priors(plan),
    }


def kept_health(*, plan: Plan) -> dict[str, Any]:
    """What was found when the plan's curves were fitted, and nothing else; empty where nothing was."""
    return PlanCurves.objects.filter(plan=plan).values_list("health", flat=True).first() or {}


def _priors(plan: Plan) -> list[dict[str, Any]]:
    """What the plan took each retailer's ads to have caused, and the tests that moved it, latest first."""
    rows = plan.shown.get("incrementality") or []
    tests = [one for one in Experiment.objects.filter(applied__isnull=False) if one.applied]
    return [
        {key: row[key] for key in ("retailer_id", "name", "mean", "low", "high")}
        | {"according_to": row["source"]}
        | {"experiments": [_test(one) for one in tests if (one.applied or {}).get("retailer_id") == row["retailer_id"]]}
        for row in rows
    ]


def _test(experiment: Experiment) -> dict[str, Any]:
    applied = experiment.applied or {}
    return {
        "id": str(experiment.pk),
        "name": experiment.name,
        "before": applied["prior"],
        "measured": applied["result"],
        "after": applied["after"],
        "weight": applied["weight"],
        "window": applied["window"],
        "attributed_roas": applied["attributed_roas"],
    }

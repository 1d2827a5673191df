"""Tables of experiments: the list, designs side by side, schedule, figures of a readout, weights."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django.urls import reverse

from campaigns.measurement.analysis import METHODS
from campaigns.models import Experiment
from campaigns.views.experiment_charts import amount, name_of
from tenants.figures import NOTHING, money, percent, ratio

TONES = {"draft": "neutral", "registered": "info", "running": "info", "read": "good", "stopped": "warn"}
WEEK = 7
OTHER_METHODS = {
    "switchback": "Paired t test over blocks",
    "holdout": "Normal test of two shares",
    "pacing": "Paired t test over days of more and less money",
}
WORDS = {True: "On", False: "Off"}
CAPTIONS = {
    "switchback": "Schedule, a week a row. “Unread” days follow a switch and are left out of the readout.",
    "pacing": "Spend of each day, a week a row. Each high day's partner is the low day of the same weekday beside it.",
}


def experiment_table(*, experiments: Iterable[Experiment]) -> dict[str, Any]:
    """The list page's table."""
    labels = ("Experiment", "State", "Design", "Retailer", "Days", "Result")
    return {"columns": [{"label": label} for label in labels], "rows": [_listed(one) for one in experiments]}


def _listed(experiment: Experiment) -> dict[str, Any]:
    span = f"{experiment.start_on:%d %b %Y} to {experiment.end_on:%d %b %Y}" if experiment.start_on else "–"
    lift = (experiment.readout or {}).get("lift")
    return {
        "label": experiment.name,
        "url": reverse("experiments:detail", args=[experiment.pk]),
        "cells": [
            {"value": experiment.get_state_display(), "badge": True, "tone": TONES[experiment.state]},
            {"value": experiment.get_design_display()},
            {"value": ", ".join(experiment.retailers) or "–"},
            {"value": span},
            {"value": f"Lift {percent(lift)}" if lift is not None else "–"},
        ],
    }


def design_table(*, candidates: Sequence[dict[str, Any]], currency: str) -> dict[str, Any]:
    """Designs side by side: one column of figures each."""
    kind = candidates[0]["design"]
    rows = ROWS[kind](candidates, currency)
    names = [
        f"Design {place + 1}" if kind == "geo" else name_of(one, place=place) for place, one in enumerate(candidates)
    ]
    return {
        "caption": "Designs side by side",
        "columns": [{"label": "What it promises"}, *({"label": name, "numeric": True} for name in names)],
        "rows": [
            {"label": label, "cells": [{"value": value, "numeric": True} for value in values]} for label, values in rows
        ],
    }


def treated_entries(*, candidates: Sequence[dict[str, Any]]) -> list[dict[str, str]]:
    """Which geos each design treats; empty for designs without geos."""
    return [
        {"term": f"Design {place + 1} treats", "value": ", ".join(one["treated"])}
        for place, one in enumerate(candidates)
        if "treated" in one
    ]


def _geo_rows(candidates: Sequence[dict[str, Any]], currency: str) -> list[tuple[str, list[str]]]:
    tried = [one["pseudo_tests"] for one in candidates]
    return [
        ("Geos treated", [str(len(one["treated"])) for one in candidates]),
        ("Detectable lift, by formula", [percent(one["detectable_lift"]) for one in candidates]),
        (
            "Detectable lift, on past dates",
            [percent(one["detectable"]) if one["detectable"] else "none" for one in tried],
        ),
        ("False alarms where nothing was put in (A/A)", [percent(one["false_alarms"], places=0) for one in tried]),
        ("Past dates tried", [str(one["windows"]) for one in tried]),
        ("Investment for the detectable lift", [money(one["investment"], currency) for one in candidates]),
        ("Share of the outcome treated", [percent(one["treated_share"], places=0) for one in candidates]),
        ("Fit of treated and control", [f"{one['fit']:.3f}" for one in candidates]),
    ]


def _switchback_rows(candidates: Sequence[dict[str, Any]], currency: str) -> list[tuple[str, list[str]]]:
    return [
        ("Days", [str(one["periods"]) for one in candidates]),
        ("Days on", [str(one["schedule"].count("on")) for one in candidates]),
        ("Pairs of blocks", [str(one["periods"] // (2 * one["block"])) for one in candidates]),
        ("Days unread after a switch", [str(one["washout"]) for one in candidates]),
    ]


def _holdout_rows(candidates: Sequence[dict[str, Any]], currency: str) -> list[tuple[str, list[str]]]:
    return [
        ("People who may see ads", [f"{one['exposed']:,}" for one in candidates]),
        ("People held out", [f"{one['held_out']:,}" for one in candidates]),
        ("People in all", [f"{one['exposed'] + one['held_out']:,}" for one in candidates]),
        ("Detectable lift", [percent(one["detectable_lift"]) for one in candidates]),
    ]


def _pacing_rows(candidates: Sequence[dict[str, Any]], currency: str) -> list[tuple[str, list[str]]]:
    return [
        ("Days", [str(one["periods"]) for one in candidates]),
        ("Pairs of days", [str(one["pairs"]) for one in candidates]),
        ("Spend of a high day", [money(max(one["spend"]), currency) for one in candidates]),
        ("Spend of a low day", [money(min(one["spend"]), currency) for one in candidates]),
        ("Spend in all, as usual", [money(sum(one["spend"]), currency) for one in candidates]),
        ("Detectable iROAS", [ratio(one["detectable_iroas"]) for one in candidates]),
    ]


ROWS = {"geo": _geo_rows, "switchback": _switchback_rows, "holdout": _holdout_rows, "pacing": _pacing_rows}


def schedule_table(*, design: dict[str, Any], start_on: date | None, currency: str = "") -> dict[str, Any] | None:
    """A switchback or pacing test as a calendar: a row of seven days each; unread days are marked."""
    if design.get("design") not in CAPTIONS:
        return None
    first = start_on
    days = [(first + timedelta(days=day)).strftime("%a") if first else f"Day {day + 1}" for day in range(WEEK)]
    marks = [_mark(design, day, currency) for day in range(design["periods"])]
    return {
        "caption": CAPTIONS[design["design"]],
        "columns": [{"label": "From"}, *({"label": day} for day in days)],
        "rows": [
            {
                "label": (first + timedelta(days=week)).strftime("%d %b %Y") if first else f"Day {week + 1}",
                "cells": marks[week : week + WEEK] + [{"value": ""}] * (WEEK - len(marks[week : week + WEEK])),
            }
            for week in range(0, design["periods"], WEEK)
        ],
    }


def _mark(design: dict[str, Any], day: int, currency: str) -> dict[str, Any]:
    if design["design"] == "pacing":
        is_high = design["schedule"][day] == "high"
        shown = f"{'High' if is_high else 'Low'} {money(design['spend'][day], currency)}"
        return {"value": shown, "badge": True, "tone": "good" if is_high else "neutral"}
    is_on, is_read = design["schedule"][day] == "on", day % design["block"] >= design["washout"]
    return {
        "value": WORDS[is_on] + ("" if is_read else ", unread"),
        "badge": True,
        "tone": "good" if is_on else "neutral",
    }


def figure_table(*, experiment: Experiment) -> dict[str, Any]:
    """Effect, lift, iROAS with their intervals."""
    readout = experiment.readout or {}
    share = experiment.design == Experiment.Design.HOLDOUT
    effect = (lambda value: percent(value, places=3)) if share else (lambda value: amount(experiment, value, places=2))
    rows = [
        ("Effect per person" if share else "Effect per unit and day", "att", "att_interval", effect),
        ("Effect in all", "incremental", "incremental_interval", lambda value: amount(experiment, value)),
        ("Lift", "lift", "lift_interval", percent),
        ("iROAS", "iroas", "iroas_interval", ratio),
    ]
    confidence = percent(readout["confidence"], places=0)
    return {
        "caption": f"What the test found, with its {confidence} interval",
        "columns": [{"label": "Figure"}, {"label": "Estimate and interval", "numeric": True}],
        "rows": [
            {"label": label, "cells": [_figure(readout.get(name), readout.get(interval), shown)]}
            for label, name, interval, shown in rows
        ],
    }


def _figure(value: float | None, interval: list[float | None] | None, shown: Any) -> dict[str, Any]:
    if value is None or interval is None:
        return {"value": "not measured (no cost)" if interval is None else "–", "numeric": True}
    low, high = ("no bound" if end is None else shown(end) for end in interval)
    return {"value": shown(value), "low": low, "high": high, "numeric": True}


def weight_table(*, experiment: Experiment) -> dict[str, Any] | None:
    """Which controls stand in for the treated, largest first; None where the method has no weights."""
    weights: dict[str, float] = (experiment.readout or {}).get("weights", {})
    if not weights:
        return None
    ranked = sorted(weights.items(), key=lambda pair: -abs(pair[1]))
    return {
        "caption": "Weights of the controls",
        "columns": [{"label": "Control"}, {"label": "Weight", "numeric": True}],
        "rows": [{"label": unit, "cells": [{"value": f"{weight:.3f}", "numeric": True}]} for unit, weight in ranked],
    }


def frozen_entries(*, experiment: Experiment) -> list[dict[str, Any]]:
    """The registered design as terms and values."""
    design = experiment.frozen
    treated, controls = design.get("treated", []), design.get("controls", [])
    entries = [
        ("Hypothesis", experiment.hypothesis),
        ("Days", f"{design['start_on']} to {design['end_on']} ({design['periods']} days)"),
        ("Method", METHODS.get(design.get("method", ""), OTHER_METHODS.get(design["design"], ""))),
        ("Alpha and power", f"{percent(design['alpha'], places=0)} and {percent(design['power'], places=0)}"),
        ("Detectable lift", percent(design.get("detectable_lift"))),
        ("Treated", ", ".join(treated)),
        ("Controls", f"{len(controls)}: {', '.join(controls)}" if controls else ""),
        ("People", f"{design['exposed']:,} exposed, {design['held_out']:,} held out" if "exposed" in design else ""),
        ("Daily spend", f"{money(design['daily_budget'], experiment.currency)} ± {percent(design['swing'], places=0)}")
        if "swing" in design
        else ("", ""),
        ("Detectable iROAS", ratio(design.get("detectable_iroas"))),
        ("Planned spend", money(experiment.planned_spend, experiment.currency) if experiment.planned_spend else ""),
        ("Registered", f"{experiment.registered_at:%d %b %Y %H:%M} by {experiment.registered_by or 'the system'}"),
        ("Digest (SHA-256)", experiment.registration_digest),
    ]
    return [{"term": term, "value": value} for term, value in entries if value and value != NOTHING]

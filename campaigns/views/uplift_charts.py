"""Charts and tables of an uplift study, each chart with its table."""

from typing import Any

from tenants.figures import compact_money, money, percent

PLACES = 2


def learner_table(*, told: dict[str, Any]) -> dict[str, Any]:
    """All three learners judged alike; the one used for targeting is marked."""
    labels = ("Qini, per person", "Calibration slope", "p of no difference")
    return {
        "caption": f"Judged on people the model had not seen; {percent(told['confidence'], places=0)} intervals",
        "columns": [
            {"label": "Learner"},
            *({"label": label, "numeric": True} for label in labels),
            {"label": "Differ as predicted"},
        ],
        "rows": [_learner(key, one, is_binary=told["is_binary"], used=told["learner"]) for key, one in _of(told)],
    }


def _of(told: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return [(key, told["learners"][key]) for key in ("t", "x", "dr")]


def _learner(key: str, one: dict[str, Any], *, is_binary: bool, used: str) -> dict[str, Any]:
    low, high = one["slope_interval"]
    return {
        "label": one["name"] + (" (used)" if key == used else ""),
        "cells": [
            _band(one["qini"], one["qini_interval"], is_binary=is_binary),
            {"value": f"{one['slope']:.2f}", "low": f"{low:.2f}", "high": f"{high:.2f}", "numeric": True},
            {"value": f"{one['p_value']:.3f}" if one["p_value"] >= 0.001 else "< 0.001", "numeric": True},
            {"value": "Shown" if one["differs"] else "Not shown", "badge": True, "tone": _tone(one)},
        ],
    }


def _tone(one: dict[str, Any]) -> str:
    return "good" if one["differs"] else "neutral"


def effect(value: float, *, is_binary: bool) -> str:
    """An effect as points of percent, or as an amount."""
    return percent(value, places=PLACES) if is_binary else f"{value:,.3g}"


def _band(value: float, ends: list[float], *, is_binary: bool) -> dict[str, Any]:
    low, high = (effect(end, is_binary=is_binary) for end in ends)
    return {"value": effect(value, is_binary=is_binary), "low": low, "high": high, "numeric": True}


def qini_chart(*, told: dict[str, Any]) -> dict[str, Any]:
    """Effect gathered when ever more people are treated, highest predictions first, beside treating at random."""
    curve, is_binary = told["learners"][told["learner"]]["curve"], told["is_binary"]
    shares = [point["share"] for point in curve]
    line = {"name": "By predicted effect", "x": shares, "mean": [point["gained"] for point in curve]}
    line |= {key: [point[key] for point in curve] for key in ("low", "high")}
    random = {"name": "At random", "x": shares, "mean": [point["at_random"] for point in curve]}
    return {
        "id": "qini",
        "kind": "response_curves",
        "label": "Effect gathered by the share of people treated, highest predictions first, beside treating at random",
        "data": {
            "format": "percent",
            "x_title": "Share of people treated",
            "y_title": "Effect gathered, per person of the trial",
            "curves": [line, random],
        }
        | ({} if is_binary else {"format": "number"}),
        "table": {
            "caption": "Effect gathered, per person of the trial",
            "columns": [
                {"label": "Share treated"},
                {"label": "By predicted effect", "numeric": True},
                {"label": "At random", "numeric": True},
            ],
            "rows": [
                {
                    "label": percent(point["share"], places=0),
                    "cells": [
                        _band(point["gained"], [point["low"], point["high"]], is_binary=is_binary),
                        {"value": effect(point["at_random"], is_binary=is_binary), "numeric": True},
                    ],
                }
                for point in curve
            ],
        },
    }


def calibration_chart(*, told: dict[str, Any]) -> dict[str, Any]:
    """Predicted and observed effect of people in the order of their predictions."""
    bins, is_binary = told["learners"][told["learner"]]["bins"], told["is_binary"]
    names = [_group(place, len(bins)) for place in range(len(bins))]
    return {
        "id": "calibration",
        "kind": "bars",
        "label": "Predicted and observed effect by group of people, highest predictions first",
        "data": {
            "format": "percent" if is_binary else "number",
            "categories": names,
            "series": [
                {"name": "Predicted", "role": "current", "values": [one["predicted"] for one in bins]},
                {"name": "Observed", "role": "proposed", "values": [one["observed"] for one in bins]},
            ],
        },
        "table": {
            "caption": "Predicted and observed effect per person",
            "columns": [
                {"label": "Group"},
                {"label": "People", "numeric": True},
                {"label": "Predicted", "numeric": True},
                {"label": "Observed", "numeric": True},
            ],
            "rows": [
                {
                    "label": name,
                    "cells": [
                        {"value": f"{one['people']:,}", "numeric": True},
                        {"value": effect(one["predicted"], is_binary=is_binary), "numeric": True},
                        _band(one["observed"], [one["low"], one["high"]], is_binary=is_binary),
                    ],
                }
                for name, one in zip(names, bins, strict=True)
            ],
        },
    }


def targeting_chart(*, told: dict[str, Any]) -> dict[str, Any]:
    """Whom to treat: people of each group, and how many of them."""
    found, currency = told["targeting"], told["offer"]["currency"]
    segments, is_binary = found["segments"], told["is_binary"]
    names = [_group(place, len(segments)) for place in range(len(segments))]
    low, high = (money(end, currency) for end in found["gain_interval"])
    return {
        "sentence": f"{found['claim']} Expected gain after cost {money(found['gain'], currency)} ({low} to {high}); "
        f"as many people at random: {compact_money(found['at_random'], currency)}.",
        "id": "targeting",
        "kind": "bars",
        "label": "People to treat by group, beside all people of the group",
        "data": {
            "format": "number",
            "categories": names,
            "series": [
                {"name": "All", "role": "current", "values": [round(one["people"]) for one in segments]},
                {"name": "Treat", "role": "proposed", "values": [round(one["treated"]) for one in segments]},
            ],
        },
        "table": {
            "caption": f"Budget by group, {currency}; proved best within {found['certificate_gap']:.0e}",
            "columns": [
                {"label": "Group"},
                *({"label": label, "numeric": True} for label in ("People", "Treat", "Effect per person", "Spend")),
            ],
            "rows": [
                {
                    "label": name,
                    "cells": [
                        {"value": f"{one['people']:,.0f}", "numeric": True},
                        {"value": f"{one['treated']:,.0f}", "numeric": True},
                        {"value": effect(one["effect"], is_binary=is_binary), "numeric": True},
                        {"value": money(one["spend"], currency), "numeric": True},
                    ],
                }
                for name, one in zip(names, segments, strict=True)
            ],
        },
    }


def _group(place: int, count: int) -> str:
    if place == 0:
        return "1 (highest)"
    return f"{place + 1} (lowest)" if place == count - 1 else str(place + 1)

"""Small problems for tests, written as JSON would write them."""

from campaigns.optimization.problem import Problem, problem_from_json


def cell(name, *, beta, k, floor=0.0, cap=None, path=None, **more):
    """A Michaelis-Menten cell whose margin is its revenue."""
    curve = {"kind": "michaelis_menten", "beta": beta, "k": k}
    return {"id": name, "path": path or ["onsite", name], "min": floor, "max": cap, "curve": curve, **more}


def problem(*, budget, cells, rules=(), objective="incremental_margin") -> Problem:
    return problem_from_json(
        {"budget": budget, "currency": "USD", "objective": objective, "cells": list(cells), "rules": list(rules)}
    )

"""An infeasible brief in words: which constraints contradict each other, and the smallest change of each that helps.

The optimizer relaxes one rule at a time. One constraint may stand for many rules ("each placement"), so here the whole
constraint is relaxed: by halving, between what was said and a value that is loose enough.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from campaigns.optimization.infeasibility import explain_conflict
from campaigns.optimization.problem import problem_from_json
from campaigns.planning.constraint_edits import ConstraintKey, constraint_at, with_constraint
from campaigns.planning.constraint_words import constraints_in_words
from campaigns.planning.problem import BuiltProblem

HALVINGS = 14
DIGITS = 3
HAIR = 0.2
HELD = "Cells without enough history keep their share of the money."
LOOSEST = {"node_cap": 1.0, "node_floor": 0.0, "reserve": 0.0, "fixed": 0.0, "roas_floor": 0.0}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The brief as asked: its constraints, the problem built from them, and how to speak of both."""

    constraints: Mapping[str, Any]
    built: BuiltProblem
    currency: str
    names: Mapping[str, str]

    def words(self, key: ConstraintKey, constraints: Mapping[str, Any]) -> str:
        """One constraint as ``At most: 30% on each placement``; its key when it is not among them."""
        said = constraints_in_words(constraints=constraints, currency=self.currency, names=self.names)
        return next((f"{chip.label}: {chip.value}" for chip in said if chip.key == key), str(key))


def infeasible_in_words(*, conflict: Sequence[Mapping[str, Any]], asked: Asked) -> dict[str, Any]:
    """Sentence, constraints in conflict, and relaxations: ``key`` and ``value`` are what to store to apply one."""
    keys = dict.fromkeys(asked.built.sources[one["rule"]] for one in conflict if one["rule"] in asked.built.sources)
    contradicting = [asked.words(key, asked.constraints) for key in keys]
    is_held = any(one["rule"] not in asked.built.sources for one in conflict)
    relaxations = [found for key in keys if (found := _relaxation(key=key, conflict=conflict, asked=asked))]
    return {
        "sentence": _sentence(contradicting=contradicting, relaxations=relaxations),
        "conflict": [*contradicting, *([HELD] if is_held else [])],
        "relaxations": relaxations,
    }


def _sentence(*, contradicting: Sequence[str], relaxations: Sequence[Mapping[str, Any]]) -> str:
    many = f"{len(contradicting)} constraints ask for more than the budget can keep together."
    said = many if len(contradicting) > 1 else "One constraint asks for more than the history says can be had."
    if not relaxations:
        return f"{said} No single change is enough; remove one of them."
    return f"{said} The smallest change: {relaxations[0]['sentence'][0].lower()}{relaxations[0]['sentence'][1:]}"


def _relaxation(*, key: ConstraintKey, conflict: Sequence[Mapping[str, Any]], asked: Asked) -> dict[str, Any] | None:
    own = [one for one in conflict if asked.built.sources.get(one["rule"]) == key]
    rules = [name for name, source in asked.built.sources.items() if source == key]
    relaxed = own[0]["relaxed"] if len(rules) == 1 else _relaxed_together(one=own[0], rules=rules, asked=asked)
    if relaxed is None or (key.kind in {"roas_floor", "cpa_ceiling"} and relaxed <= 0):
        return None
    value = _as_constraint(key=key, one=own[0], relaxed=relaxed, asked=asked)
    changed = with_constraint(constraints=asked.constraints, key=key, value=value)
    before, after = asked.words(key, asked.constraints), asked.words(key, changed)
    return {"key": str(key), "value": value, "sentence": f"Change “{before}” to “{after.partition(': ')[2]}”."}


def _relaxed_together(*, one: Mapping[str, Any], rules: Sequence[str], asked: Asked) -> float | None:
    """The value nearest to the one said at which all rules of the constraint together leave no contradiction."""
    tight = float(one["value"])
    loose = LOOSEST[one["kind"]]
    if one["kind"] == "node_cap" and one["value_kind"] == "amount":
        loose = max(float(asked.built.document["budget"]), tight)
    if not _is_feasible(rules=rules, value=loose, asked=asked):
        return None
    for _ in range(HALVINGS):
        middle = (tight + loose) / 2
        tight, loose = (tight, middle) if _is_feasible(rules=rules, value=middle, asked=asked) else (middle, loose)
    near, safe = (_rounded(loose, up=one["kind"] == "node_cap", hair=hair) for hair in (HAIR, 0.0))
    return near if _is_feasible(rules=rules, value=near, asked=asked) else safe


def _is_feasible(*, rules: Sequence[str], value: float, asked: Asked) -> bool:
    document = asked.built.document
    changed = [rule | {"value": value} if rule["name"] in rules else rule for rule in document["rules"]]
    return not explain_conflict(problem=problem_from_json(document | {"rules": changed}))


def _rounded(value: float, *, up: bool, hair: float) -> float:
    """Three digits, to the loose side; less than ``hair`` of the last digit beyond a round value is taken back."""
    if value == 0:
        return 0.0
    place = 10.0 ** (DIGITS - 1 - math.floor(math.log10(abs(value))))
    return (math.ceil(value * place - hair) if up else math.floor(value * place + hair)) / place


def _as_constraint(*, key: ConstraintKey, one: Mapping[str, Any], relaxed: float, asked: Asked) -> Any:
    """The relaxed rule value as the constraint is stored."""
    stored = constraint_at(constraints=asked.constraints, key=key)
    if key.kind in {"caps", "floors"}:
        size = "share" if one["value_kind"] == "share" else "amount"
        return dict(stored) | {size: relaxed}
    if key.kind == "fixed":
        return (stored[0], relaxed)
    if key.kind == "target":
        return dict.fromkeys(stored, relaxed)
    if key.kind == "cpa_ceiling":
        return stored * one["value"] / relaxed
    return relaxed

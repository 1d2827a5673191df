"""Plans and earlier versions of them as sides that can be compared."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.core.exceptions import ValidationError
from django.db.models import Prefetch

from campaigns.models import Plan, PlanVersion
from campaigns.optimization.allocation import allocate
from campaigns.optimization.problem import problem_from_json
from campaigns.planning.cells import PlannedCell
from campaigns.planning.constraint_words import constraints_in_words
from campaigns.planning.differences import spend_of
from campaigns.planning.evaluation import Array, ResponseDraws, outcome_of
from campaigns.planning.explanation import cell_label
from campaigns.planning.nodes import UnknownName
from campaigns.planning.problem import build_problem
from campaigns.planning.proposal import response_draws
from campaigns.planning.side_by_side import FEWEST, MOST, NotComparable, Side, side_by_side
from campaigns.selectors.curves import KeptCurves, kept_curves
from campaigns.selectors.history import retailer_names

PLANS_OFFERED, VERSIONS_OFFERED = 25, 5


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A plan or an earlier version of one that can be chosen: ``key`` is the id, or ``id:version``."""

    key: str
    name: str
    detail: str


@dataclass(frozen=True, kw_only=True)
class _Chosen:
    plan: Plan
    kept: KeptCurves
    version: PlanVersion | None

    @property
    def constraints(self) -> dict[str, Any]:
        return self.version.constraints if self.version else self.plan.constraints

    @property
    def name(self) -> str:
        return f"{self.plan.name}, version {self.version.version}" if self.version else self.plan.name


def choices() -> list[Choice]:
    """The newest plans that have a split, each followed by the earlier versions of its constraints."""
    plans = (
        Plan.objects.filter(state__in=[Plan.State.PROPOSED, Plan.State.APPROVED])
        .defer("problem", "result", "brief", "explanation")
        .prefetch_related(Prefetch("versions", queryset=PlanVersion.objects.order_by("-version")))
    )
    found = []
    for plan in plans[:PLANS_OFFERED]:
        found.append(Choice(key=str(plan.pk), name=plan.name, detail=f"{plan.get_state_display()}, as it stands"))
        earlier = [row for row in plan.versions.all() if row.constraints != plan.constraints]
        found += [
            Choice(key=f"{plan.pk}:{row.version}", name=f"{plan.name}, version {row.version}", detail=row.reason)
            for row in earlier[:VERSIONS_OFFERED]
        ]
    return found


def plans_side_by_side(*, keys: Sequence[str]) -> dict[str, Any]:
    """What differs between the chosen plans and versions; an earlier version is split from the plan's kept curves.

    Sides whose cells and horizon are the first's are evaluated in the first's draws; others in their own.

    Raises:
        NotComparable: a key nobody has, a plan without split or curves, other currencies, or not two to four of them.
    """
    if not FEWEST <= len(keys) <= MOST:
        raise NotComparable(f"Choose {FEWEST} to {MOST} plans; {len(keys)} were given.")
    chosen = [_chosen(key) for key in keys]
    first, names = chosen[0], retailer_names()
    base = response_draws(cells=first.kept.cells, beliefs=first.kept.inputs.beliefs, seed=first.kept.inputs.seed)
    return side_by_side(
        sides=[_side(one, key=key, first=first, base=base, names=names) for one, key in zip(chosen, keys, strict=True)]
    )


def _chosen(key: str) -> _Chosen:
    identifier, _, number = key.partition(":")
    plan = _plan(identifier)
    version = plan.versions.filter(version=int(number)).first() if number.isdecimal() else None
    if number and version is None:
        raise NotComparable(f"“{plan.name}” has no version {number}.")
    if version is None and not plan.has_result:
        raise NotComparable(f"“{plan.name}” has no split yet. Plan it, or choose another.")
    if version is not None:
        plan.constraints = version.constraints
    kept = kept_curves(plan=plan)
    if kept is None:
        raise NotComparable(f"“{plan.name}” keeps no curves for these constraints. Plan it again, then compare.")
    return _Chosen(plan=plan, kept=kept, version=version)


def _plan(identifier: str) -> Plan:
    try:
        found = Plan.objects.defer("problem", "brief").filter(pk=identifier).first()
    except ValidationError:
        found = None
    if found is None:
        raise NotComparable(f"There is no plan with the id “{identifier[:40]}”.")
    return found


def _side(one: _Chosen, *, key: str, first: _Chosen, base: ResponseDraws, names: dict[str, str]) -> Side:
    spend = _spend(one)
    shared = _in_cells_of(first, one, spend=spend)
    kept = first.kept if shared is not None else one.kept
    response = (
        base
        if shared is not None
        else response_draws(cells=kept.cells, beliefs=kept.inputs.beliefs, seed=kept.inputs.seed)
    )
    said = constraints_in_words(constraints=one.constraints, currency=kept.inputs.currency, names=names)
    rules: dict[str, str] = {}
    for chip in said:
        rules[chip.label] = f"{rules[chip.label]}; {chip.value}" if chip.label in rules else chip.value
    return Side(
        key=key,
        name=one.name,
        currency=kept.inputs.currency,
        horizon_days=one.kept.inputs.horizon_days,
        rules=rules,
        labels={cell.key: cell_label(cell) for cell in kept.cells},
        retailers=[cell.history.retailer_name for cell in kept.cells],
        outcome=outcome_of(spend=spend if shared is None else shared, response=response),
        draws=str(first.plan.pk if shared is not None else one.plan.pk),
    )


def _in_cells_of(first: _Chosen, one: _Chosen, *, spend: Array) -> Array | None:
    """The split in the order of the first's cells; None where cells, horizon or history are not the same."""
    is_alike = (
        one.kept.inputs.horizon_days == first.kept.inputs.horizon_days
        and one.kept.inputs.currency == first.kept.inputs.currency
        and (one.kept.window.start, one.kept.window.end) == (first.kept.window.start, first.kept.window.end)
    )
    keys = [cell.key for cell in one.kept.cells]
    return spend_of(cells=first.kept.cells, spend=dict(zip(keys, spend.tolist(), strict=True))) if is_alike else None


def _spend(one: _Chosen) -> Array:
    """The stored split of a plan, or the split that an earlier version's constraints lead to."""
    cells: tuple[PlannedCell, ...] = one.kept.cells
    stored = None if one.version else spend_of(cells=cells, spend=one.plan.solved.get("spend"))
    if stored is not None:
        return stored
    inputs = one.kept.inputs
    try:
        built = build_problem(
            constraints=one.constraints, currency=inputs.currency, cells=cells, beliefs=inputs.beliefs
        )
    except UnknownName as unknown:
        raise NotComparable(f"“{one.name}”: {unknown.title}. {unknown.detail}") from unknown
    found = allocate(problem=problem_from_json(built.document), method="auto")
    if found.status != "optimal":
        rules = ", ".join(conflict.rule for conflict in found.conflict) or "its rules"
        raise NotComparable(f"“{one.name}” has no split that keeps its rules: {rules}.")
    return np.array([found.spend[cell.key] for cell in cells])

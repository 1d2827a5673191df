"""Rules rows should keep: parts within their whole, windows that grow, stated figures that agree with the row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import polars as pl

from harmonization.mapping.spec import Qualifier
from harmonization.pipeline.conversion import UNREADABLE
from harmonization.pipeline.plan import OutcomeSource, Plan
from harmonization.pipeline.result import Invariant
from harmonization.pipeline.staged_table import ROW
from harmonization.rmis.enums import Scope

SMALLEST_STEP = 0.000001
RELATIVE_TOLERANCE = 0.01
CTR_TOLERANCE = 0.0001
CPC_TOLERANCE = 0.01
HUNDRED = 100.0


@dataclass(frozen=True, kw_only=True)
class Rule:
    """Where a row can be judged, and where it breaks the rule."""

    name: str
    description: str
    applies: pl.Expr
    broken: pl.Expr


def check_invariants(*, kept: pl.LazyFrame, plan: Plan) -> tuple[Invariant, ...]:
    """Count the kept rows that break each rule the file's columns allow to be judged."""
    rules = invariant_rules(plan=plan, present=set(kept.collect_schema().names()))
    if not rules:
        return ()
    counts = kept.select(*rule_counts(rules=rules), *first_broken(rules=rules)).collect(engine="streaming")
    return judged(rules=rules, counts=counts.row(0, named=True))


def invariant_rules(*, plan: Plan, present: set[str]) -> tuple[Rule, ...]:
    """The rules that the columns of a file allow to be judged."""
    return (*_delivery_rules(plan), *_readable_rules(plan, present), *_outcome_rules(plan), *_derived_rules(plan))


def rule_counts(*, rules: Sequence[Rule]) -> list[pl.Expr]:
    """Per rule: rows that can be judged, and rows that break it."""
    return [
        *(rule.applies.sum().alias(f"checked_{number}") for number, rule in enumerate(rules)),
        *(_is_broken(rule).sum().alias(f"broken_{number}") for number, rule in enumerate(rules)),
    ]


def first_broken(*, rules: Sequence[Rule]) -> list[pl.Expr]:
    """Per rule: the first row that breaks it."""
    return [pl.col(ROW).filter(_is_broken(rule)).min().alias(f"first_{number}") for number, rule in enumerate(rules)]


def _is_broken(rule: Rule) -> pl.Expr:
    return (rule.applies & rule.broken).fill_null(value=False)


def judged(*, rules: Sequence[Rule], counts: Mapping[str, Any]) -> tuple[Invariant, ...]:
    """The rules with their counts, by the names :func:`rule_counts` and :func:`first_broken` give them."""
    found = [
        Invariant(
            name=rule.name,
            description=rule.description,
            rows_checked=counts[f"checked_{number}"] or 0,
            rows_broken=counts[f"broken_{number}"] or 0,
            first_row=counts.get(f"first_{number}"),
        )
        for number, rule in enumerate(rules)
    ]
    return tuple(_one_reading_of_rates(found))


def _delivery_rules(plan: Plan) -> list[Rule]:
    pairs = [("clicks", "impressions"), ("viewable_impressions", "impressions")]
    present = [pair for pair in pairs if all(plan.field_named(name) for name in pair)]
    return [_at_most(f"{part} ≤ {whole}", pl.col(part), pl.col(whole)) for part, whole in present]


def _readable_rules(plan: Plan, present: set[str]) -> list[Rule]:
    """Attributes that cannot be read are left empty; a GTIN needs 8, 12, 13 or 14 digits and a right check digit."""
    names = [source.mapping.name for source in plan.fields if UNREADABLE.format(source.mapping.name) in present]
    return [
        Rule(
            name=f"{name} is valid",
            description="Values that cannot be read are left empty; the row is kept.",
            applies=pl.col(name).is_not_null() | pl.col(UNREADABLE.format(name)),
            broken=pl.col(UNREADABLE.format(name)),
        )
        for name in names
    ]


def _outcome_rules(plan: Plan) -> list[Rule]:
    by_meaning = {(one.mapping.metric, one.mapping.qualifier): one for one in plan.outcomes}
    rules: list[Rule] = []
    for (metric, qualifier), source in by_meaning.items():
        if (part := by_meaning.get((f"ntb_{metric}", qualifier))) is not None:
            rules.append(
                _at_most(f"ntb_{metric} ≤ {metric}{_words(qualifier)}", pl.col(part.name), pl.col(source.name))
            )
        same = by_meaning.get((metric, _scoped(qualifier, Scope.SAME_SKU)))
        halo = by_meaning.get((metric, _scoped(qualifier, Scope.HALO)))
        if qualifier.scope == Scope.TOTAL and same is not None and halo is not None:
            rules.append(_sum_rule(metric, qualifier, source=source, same=same, halo=halo))
    return [*rules, *_window_rules(plan)]


def _sum_rule(
    metric: str, qualifier: Qualifier, *, source: OutcomeSource, same: OutcomeSource, halo: OutcomeSource
) -> Rule:
    parts, total = pl.col(same.name) + pl.col(halo.name), pl.col(source.name)
    return Rule(
        name=f"same SKU + halo = total {metric}{_words(qualifier)}",
        description="The advertised product and the others together make the total.",
        applies=total.is_not_null() & parts.is_not_null(),
        broken=(parts - total).abs() > SMALLEST_STEP,
    )


def _window_rules(plan: Plan) -> list[Rule]:
    """Longer windows count what shorter ones count, and more."""
    families: dict[tuple[object, ...], list[OutcomeSource]] = {}
    for one in plan.outcomes:
        if one.mapping.qualifier.window_days is not None:
            key = (one.mapping.metric, _windowed(one.mapping.qualifier, None))
            families.setdefault(key, []).append(one)
    rules = []
    for family in families.values():
        family.sort(key=lambda one: one.mapping.qualifier.window_days or 0)
        for shorter, longer in pairwise(family):
            days = (shorter.mapping.qualifier.window_days, longer.mapping.qualifier.window_days)
            words = _words(_windowed(shorter.mapping.qualifier, None))
            name = f"{shorter.mapping.metric} of {days[0]} ≤ {days[1]} days{words}"
            rules.append(_at_most(name, pl.col(shorter.name), pl.col(longer.name)))
    return rules


def _derived_rules(plan: Plan) -> list[Rule]:
    rules: list[Rule] = []
    for check in plan.checks:
        part, whole = ("clicks", "impressions") if check.mapping.metric == "ctr" else ("cost", "clicks")
        if not (plan.field_named(part) and plan.field_named(whole)):
            continue
        own = pl.col(part).cast(pl.Float64) / pl.col(whole)
        stated, unit = pl.col(f"check_{check.mapping.metric}"), check.mapping.unit
        tolerance = CTR_TOLERANCE if check.mapping.metric == "ctr" else CPC_TOLERANCE
        applies = stated.is_not_null() & (pl.col(whole) > 0)
        readings = [("", stated)] if unit or check.mapping.metric == "cpc" else _readings(stated)
        for words, value in readings:
            off = (value - own).abs() > pl.max_horizontal(own.abs() * RELATIVE_TOLERANCE, pl.lit(tolerance))
            rules.append(
                Rule(
                    name=f"{check.mapping.metric} as stated{words}",
                    description=f"The source's own {check.mapping.metric} agrees with {part} / {whole}.",
                    applies=applies,
                    broken=off,
                )
            )
    return rules


def _readings(stated: pl.Expr) -> list[tuple[str, pl.Expr]]:
    return [(" (a fraction)", stated), (" (per cent)", stated / HUNDRED)]


def _one_reading_of_rates(found: list[Invariant]) -> list[Invariant]:
    """Of a rate read both as fraction and as percentage, the reading that fits the file."""
    fraction = next((one for one in found if one.name.endswith(" (a fraction)")), None)
    percent = next((one for one in found if one.name.endswith(" (per cent)")), None)
    if fraction is None or percent is None:
        return found
    worse = fraction if fraction.rows_broken > percent.rows_broken else percent
    return [one for one in found if one is not worse]


def _at_most(name: str, part: pl.Expr, whole: pl.Expr) -> Rule:
    return Rule(
        name=name,
        description="A part is not larger than its whole.",
        applies=part.is_not_null() & whole.is_not_null(),
        broken=(part > whole) & (part > 0),
    )


def _scoped(qualifier: Qualifier, scope: str) -> Qualifier:
    return replace(qualifier, scope=scope)


def _windowed(qualifier: Qualifier, window_days: int | None) -> Qualifier:
    return replace(qualifier, window_days=window_days)


def _words(qualifier: Qualifier) -> str:
    """The qualifier in a few words, for the name of a rule."""
    window = f"{qualifier.window_days} days" if qualifier.window_days is not None else ""
    parts = (window, qualifier.touch, qualifier.scope, qualifier.sales_channel)
    said = ", ".join(str(part) for part in parts if part)
    return f" ({said})" if said else ""

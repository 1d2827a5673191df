"""Constraints in words: one chip a constraint, short enough to stand on a button."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from campaigns.briefs.constraints import Constraints, Limit

OBJECTIVE_WORDS = {
    "incremental_margin": "incremental margin",
    "incremental_revenue": "incremental revenue",
    "revenue": "attributed revenue",
    "units": "units",
    "profit": "profit after ad spend",
}


@dataclass(frozen=True, kw_only=True)
class Chip:
    """One constraint: ``field`` as in JSON (with its place in a list), ``text`` for people."""

    field: str
    text: str


def constraints_to_text(*, constraints: Constraints, names: Mapping[str, str] | None = None) -> tuple[Chip, ...]:
    """A chip for everything that was said. ``names`` are retailer names by id."""
    said = names or {}
    money = _money(constraints.currency)
    chips = [Chip(field=field, text=text) for field, text in _single(constraints, said) if text]
    for kind, words in (("caps", "at most"), ("floors", "at least")):
        for place, limit in enumerate(getattr(constraints, kind)):
            size = _percent(limit.share) if limit.share is not None else money(limit.amount)
            chips.append(Chip(field=f"{kind}[{place}]", text=f"{_node(limit, said)}: {words} {size}"))
    for name, amount in constraints.fixed.items():
        chips.append(Chip(field=f"fixed.{name}", text=f"{_named(name, said)}: exactly {money(amount)}"))
    return tuple(chips)


def _single(constraints: Constraints, names: Mapping[str, str]) -> list[tuple[str, str]]:
    given, money = constraints, _money(constraints.currency)
    target = given.target
    return [
        ("budget", f"Budget {money(given.budget)}" if given.budget is not None else ""),
        ("objective", f"Maximise {OBJECTIVE_WORDS[given.objective]}" if given.objective else ""),
        ("retailers", " and ".join(_named(each, names) for each in given.retailers)),
        ("brand", f"Brand {given.brand}" if given.brand else ""),
        ("roas_floor", f"ROAS at least {given.roas_floor:g}" if given.roas_floor is not None else ""),
        ("cpa_ceiling", f"Cost per order at most {money(given.cpa_ceiling)}" if given.cpa_ceiling else ""),
        ("reserve", f"{_percent(given.reserve)} held for experiments" if given.reserve is not None else ""),
        ("change_limit", f"No line moves more than {_percent(given.change_limit)}" if given.change_limit else ""),
        ("oos_threshold", f"Stock-out risk at most {_percent(given.oos_threshold)}" if given.oos_threshold else ""),
        ("risk", f"Planned for the worst {_percent(given.risk)} of outcomes" if given.risk else ""),
        ("weeks", f"{given.weeks:g} week{'' if given.weeks == 1 else 's'}" if given.weeks else ""),
        ("start", f"From {given.start.isoformat()}" if given.start else ""),
        ("end", f"Until {given.end.isoformat()}" if given.end else ""),
        ("target", f"Least budget that reaches {target.metric.replace('_', ' ')} {target.value:,g}" if target else ""),
    ]


def _money(currency: str | None) -> Callable[[float | None], str]:
    def written(amount: float | None) -> str:
        places = 0 if amount is None or float(amount).is_integer() else 2
        return f"{amount or 0:,.{places}f} {currency or ''}".strip()

    return written


def _percent(share: float | None) -> str:
    return f"{round(100 * (share or 0), 4):g}%"


def _named(name: str, names: Mapping[str, str]) -> str:
    return names.get(name, name.replace("_", " "))


def _node(limit: Limit, names: Mapping[str, str]) -> str:
    return f"each {limit.level}" if limit.name is None else _named(limit.name, names)

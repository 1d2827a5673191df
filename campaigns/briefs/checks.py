"""Whether what a brief says can be true together; what cannot is dropped and asked about."""

import dataclasses
from datetime import date

from campaigns.briefs.constraint_json import MOST_DAYS, MOST_MONEY, MOST_WEEKS
from campaigns.briefs.constraints import Constraints, Limit


def doubts(*, constraints: Constraints, today: date) -> tuple[Constraints, tuple[str, ...]]:
    """Constraints without what cannot hold, and a question for each thing dropped or doubtful."""
    questions: list[str] = []
    kept = _without_impossible(constraints, questions)
    kept = _without_past(kept, questions, today)
    _conflicts(kept, questions)
    return kept, tuple(questions)


def _without_impossible(given: Constraints, questions: list[str]) -> Constraints:
    if given.budget is not None and given.budget <= 0:
        questions.append("The budget must be more than nothing. How much may this plan spend?")
        given = dataclasses.replace(given, budget=None)
    if given.budget is not None and given.budget > MOST_MONEY:
        questions.append(f"The budget can be at most {MOST_MONEY:,.0f}. How much may this plan spend?")
        given = dataclasses.replace(given, budget=None)
    if given.reserve is not None and not 0 <= given.reserve < 1:
        questions.append("The reserve for experiments must be under 100% of the budget. Which share should be kept?")
        given = dataclasses.replace(given, reserve=None)
    if given.roas_floor is not None and not 0 < given.roas_floor <= 100:
        questions.append(f"ROAS at least {given.roas_floor:g} cannot be right. Which ROAS should the plan reach?")
        given = dataclasses.replace(given, roas_floor=None)
    if given.oos_threshold is not None and given.oos_threshold > 1:
        questions.append("A stock-out risk lies between 0% and 100%. Above which risk should nothing be spent?")
        given = dataclasses.replace(given, oos_threshold=None)
    if given.weeks is not None and not 0 < given.weeks <= MOST_WEEKS:
        questions.append(f"A plan lasts up to {MOST_WEEKS} weeks. How long should this one be?")
        given = dataclasses.replace(given, weeks=None)
    caps, floors = (tuple(filter(_fits, limits)) for limits in (given.caps, given.floors))
    if (caps, floors) != (given.caps, given.floors):
        questions.append("A share of the budget is at most 100%. Which share did you mean?")
        given = dataclasses.replace(given, caps=caps, floors=floors)
    return given


def _fits(limit: Limit) -> bool:
    return limit.share is None or limit.share <= 1


def _without_past(given: Constraints, questions: list[str], today: date) -> Constraints:
    if given.start and given.end and given.end < given.start:
        questions.append(f"The end ({given.end}) lies before the start ({given.start}). Which days do you mean?")
        return dataclasses.replace(given, start=None, end=None)
    if given.start and given.end and (given.end - given.start).days >= MOST_DAYS:
        questions.append(f"A plan lasts up to {MOST_WEEKS} weeks. From which day to which should this one last?")
        return dataclasses.replace(given, start=None, end=None)
    if given.end and given.end < today:
        questions.append(f"The period ends on {given.end}, which is past. Which days should the plan cover?")
        return dataclasses.replace(given, start=None, end=None)
    return given


def _conflicts(given: Constraints, questions: list[str]) -> None:
    caps = {(limit.level, limit.name): _amount(limit, given.budget) for limit in given.caps}
    floors = {(limit.level, limit.name): _amount(limit, given.budget) for limit in given.floors}
    for node, floor in floors.items():
        cap = caps.get(node, caps.get((node[0], None)))
        if floor is not None and cap is not None and floor > cap:
            questions.append(f"{_node(node)} must get at least {floor:,.0f} but at most {cap:,.0f}. Which one holds?")
    for kind, limits in (("caps", given.caps), ("floors", given.floors)):
        nodes = [(limit.level, limit.name) for limit in limits]
        for node in dict.fromkeys(each for each in nodes if nodes.count(each) > 1):
            questions.append(f"There are two {kind} on {_node(node)}. Which one holds?")
    _promises(given, questions)


def _promises(given: Constraints, questions: list[str]) -> None:
    """Floors and fixed amounts that cannot all be paid."""
    if given.budget is None:
        return
    promised = sum(given.fixed.values())
    named = [limit for limit in given.floors if limit.name and limit.name not in given.fixed]
    promised += sum(_amount(limit, given.budget) or 0 for limit in named)
    available = given.budget * (1 - (given.reserve or 0))
    if promised > available * (1 + 1e-9):
        questions.append(
            f"Floors and fixed amounts add up to {promised:,.0f}, more than the {available:,.0f} there is to spend."
            " Which should give way?"
        )


def _node(node: tuple[str, str | None]) -> str:
    return node[1] or f"each {node[0]}"


def _amount(limit: Limit, budget: float | None) -> float | None:
    """A limit as money where that is known."""
    if limit.amount is not None:
        return limit.amount
    return limit.share * budget if limit.share is not None and budget is not None else None

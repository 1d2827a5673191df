"""Daily reallocation over the tenant's own facts: its schedule, a proposal each morning, and its replay."""

from dataclasses import asdict, dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import numpy as np
from django.db import transaction
from django.utils import timezone

from campaigns.bandits.daily import DailyReplay, DailyRules, DailyShares, propose_daily, replay_daily
from campaigns.bandits.decisions import BanditRefused
from campaigns.models import ReallocationSchedule
from campaigns.selectors.daily import DailyFacts, daily_facts
from tenants.database.current import connection
from tenants.models import Operation, User
from tenants.services.audit import record_event
from tenants.services.operations import start_operation
from tenants.services.wake_ups import set_wake_up

KIND, WAKE_UP, MORNING = "propose_reallocation", "reallocate", time(7)
SOURCE = "facts"
CONFIDENCE = 0.9


@dataclass(frozen=True, kw_only=True)
class NewSchedule:
    """A whole schedule; money in the facts' currency, shares of a day's money."""

    is_on: bool
    retailers: tuple[str, ...] = ()
    brand: str = ""
    daily_budget: Decimal | None = None
    floor: Decimal = Decimal("0")
    cap: Decimal = Decimal("0.6")
    change: Decimal = Decimal("0.2")


@transaction.atomic
def set_schedule(*, new: NewSchedule, by: User | None, now: datetime) -> ReallocationSchedule:
    """Replace the schedule; while it is on, the next proposal is made tomorrow morning.

    Raises BanditRefused for guardrails that are no shares or contradict each other.
    """
    _check(new)
    schedule, _ = ReallocationSchedule.objects.select_for_update().get_or_create(pk=1)
    before = _standing(schedule)
    for name, value in asdict(new).items():
        setattr(schedule, name, list(value) if name == "retailers" else value)
    schedule.updated_by = by
    schedule.save()
    set_wake_up(kind=WAKE_UP, subject_id=connection.tenant.pk, due_at=_next_morning(now) if new.is_on else None)
    record_event(kind="reallocation.scheduled", about=schedule, by=by, before=before, after=_standing(schedule))
    return schedule


def wake_reallocation(subject_id: UUID, now: datetime) -> datetime | None:
    """The relay's morning call: queue one proposal a day; None while the schedule is off."""
    if not ReallocationSchedule.current().is_on:
        return None
    request_daily(by=None, now=now)
    return _next_morning(now)


@transaction.atomic
def request_daily(*, by: User | None, now: datetime) -> Operation:
    """Queue today's proposal from the facts; what is asked for twice on a day by the schedule is queued once."""
    today = timezone.localtime(now).date()
    return start_operation(
        kind=KIND,
        title=f"Daily reallocation, {today.day} {today:%b %Y}",
        by=by,
        parameters={"source": SOURCE, "seed": today.toordinal()},
        unique_key=f"reallocate:{today}" if by is None else None,
    )


def reallocate(*, schedule: NewSchedule, seed: int, confidence: float = CONFIDENCE) -> dict[str, Any]:
    """Tomorrow's shares from the facts, and the replay of such shares; stores nothing.

    Raises BanditRefused where the facts are of two currencies or too few, or the guardrails cannot be kept.
    """
    _check(schedule)
    facts = daily_facts(retailers=schedule.retailers, brand=schedule.brand)
    if facts is None:
        detail = "No cell has spend in the last weeks; import an export with spend first."
        raise BanditRefused("There is no spend to learn from", detail, "facts")
    if len(facts.window.currencies) > 1:
        held = ", ".join(facts.window.currencies)
        raise BanditRefused("Mixed currencies", f"The facts are in {held}; choose retailers of one.", "retailers")
    rules = DailyRules(floor=float(schedule.floor), cap=float(schedule.cap), change=float(schedule.change))
    found = propose_daily(
        cells=facts.cells,
        rules=rules,
        budget=None if schedule.daily_budget is None else float(schedule.daily_budget),
        confidence=confidence,
        rng=np.random.default_rng([seed, 1]),
    )
    replayed = replay_daily(cells=facts.cells, rules=rules, confidence=confidence, rng=np.random.default_rng([seed, 2]))
    return _told(facts, found, rules, replayed, seed=seed, confidence=confidence)


def asked_of(*, schedule: ReallocationSchedule) -> NewSchedule:
    """The stored schedule as it was asked for."""
    kept = ("is_on", "brand", "daily_budget", "floor", "cap", "change")
    return NewSchedule(retailers=tuple(schedule.retailers), **{name: getattr(schedule, name) for name in kept})


def _told(
    facts: DailyFacts,
    found: DailyShares,
    rules: DailyRules,
    replayed: DailyReplay | None,
    *,
    seed: int,
    confidence: float,
) -> dict[str, Any]:
    columns = ("current", "shares", "low", "high", "marginal", "marginal_low", "marginal_high")
    first = facts.last_day - timedelta(days=(replayed.days if replayed else 0) - 1)
    return {
        "source": SOURCE,
        "currency": facts.window.currencies[0],
        "is_simulated": facts.window.is_simulated,
        "facts_until": facts.last_day.isoformat(),
        "budget": found.budget,
        "confidence": confidence,
        "seed": seed,
        "guardrails": asdict(rules),
        "gain": dict(zip(("mean", "low", "high"), found.gain, strict=True)),
        "arms": [
            {"name": cell.name, "key": key, "is_known": bool(found.is_known[place])}
            | {name: float(getattr(found, name)[place]) for name in columns}
            for place, (cell, key) in enumerate(zip(facts.cells, facts.keys, strict=True))
        ],
        "replay": None
        if replayed is None
        else {
            "days": [(first + timedelta(days=day)).isoformat() for day in range(replayed.days)],
            "actual": replayed.actual.tolist(),
            "replayed": replayed.replayed.tolist(),
            "difference": dict(zip(("mean", "low", "high"), replayed.difference, strict=True)),
        },
        "claim": "Too few days to replay; 42 suffice." if replayed is None else replayed.claim,
    }


def _check(new: NewSchedule) -> None:
    if not all(share.is_finite() for share in (new.floor, new.cap)) or not 0 <= new.floor < new.cap <= 1:
        raise BanditRefused("The guardrails contradict each other", "Give 0 ≤ least < most ≤ 1.", "floor")
    if not new.change.is_finite() or not 0 < new.change <= 1:
        raise BanditRefused("The change limit is out of range", "Give a share such as 0.2.", "change")
    amount = new.daily_budget
    if amount is not None and (not amount.is_finite() or not 0 < amount < Decimal(10) ** 12):
        raise BanditRefused("There is no budget", "Give an amount over zero, or none.", "daily_budget")


def _next_morning(now: datetime) -> datetime:
    local = timezone.localtime(now)
    morning = local.replace(hour=MORNING.hour, minute=0, second=0, microsecond=0)
    return morning if morning > local else morning + timedelta(days=1)


def _standing(schedule: ReallocationSchedule) -> dict[str, Any]:
    told = asdict(asked_of(schedule=schedule))
    return {name: str(value) if isinstance(value, Decimal) else value for name, value in told.items()} | {
        "retailers": list(schedule.retailers)
    }

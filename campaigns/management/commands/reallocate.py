"""Split tomorrow's money from imported facts: ``reallocate --tenant acme --cap 0.5 --json``; stores nothing."""

import time
from argparse import ArgumentParser
from decimal import Decimal
from typing import Any

from django_tenants.utils import tenant_context

from campaigns.bandits.decisions import BanditRefused
from campaigns.models import ReallocationSchedule
from campaigns.services.daily_reallocations import NewSchedule, asked_of, reallocate
from tenants.command import ServiceCommand
from tenants.models import Tenant

GIVEN = ("brand", "daily_budget", "floor", "cap", "change")


class Command(ServiceCommand):
    help = (
        "Shares of a day's money inside guardrails, and what such shares would have brought; the schedule's if empty."
    )
    refusals = (BanditRefused, Tenant.DoesNotExist)

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--tenant", required=True, help="slug")
        parser.add_argument("--retailers", nargs="+", help="ids; all of one currency if empty")
        parser.add_argument("--brand")
        parser.add_argument("--daily-budget", type=Decimal, help="money; the last week's mean if empty")
        parser.add_argument("--floor", type=Decimal, help="least share of a cell")
        parser.add_argument("--cap", type=Decimal, help="most share of a cell")
        parser.add_argument("--change", type=Decimal, help="largest gain or loss in a day, as a part of a share")
        parser.add_argument("--confidence", type=float, default=0.9)
        parser.add_argument("--seed", type=int, default=0)

    def perform(self, options: dict[str, Any]) -> dict[str, Any]:
        started = time.perf_counter()
        with tenant_context(Tenant.objects.live().get(slug=options["tenant"])):
            kept = asked_of(schedule=ReallocationSchedule.current())
            given = {name: options[name] for name in GIVEN if options[name] is not None}
            retailers = tuple(options["retailers"] or kept.retailers)
            asked = NewSchedule(**vars(kept) | given | {"retailers": retailers})
            found = reallocate(schedule=asked, seed=options["seed"], confidence=options["confidence"])
        return found | {"seconds": round(time.perf_counter() - started, 4)}

    def describe(self, answer: dict[str, Any]) -> str:
        arms = "\n".join(f"  {one['name']}: {one['current']:.1%} → {one['shares']:.1%}" for one in answer["arms"])
        return f"{answer['claim']}\nShares of a day's money, today → proposed:\n{arms}"

"""Held days: ``manage.py held_days --tenant acme --json``; ``--accept ID`` or ``--refuse ID`` decides one."""

from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.utils import timezone
from django_tenants.utils import tenant_context

from harmonization.models import HeldDay
from harmonization.selectors.attention import held_days
from harmonization.services.held_days import HeldDayRefused, accept_held_day, refuse_held_day
from tenants.command import ServiceCommand
from tenants.models import Tenant

TOLD = (
    "id",
    "retailer_id",
    "event_date",
    "state",
    "reason",
    "facts_before",
    "facts_after",
    "cost_before",
    "cost_after",
)


class Command(ServiceCommand):
    help = "List the days that wait for a decision, or decide one."
    refusals = (HeldDayRefused, HeldDay.DoesNotExist, Tenant.DoesNotExist)

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--tenant", required=True, help="slug of the workspace")
        decision = parser.add_mutually_exclusive_group()
        decision.add_argument("--accept", type=UUID, metavar="ID", help="let the held version replace the day")
        decision.add_argument("--refuse", type=UUID, metavar="ID", help="keep the day as it is")

    def perform(self, options: dict[str, Any]) -> dict[str, Any]:
        with tenant_context(Tenant.objects.live().get(slug=options["tenant"])):
            if options["accept"]:
                held_day = HeldDay.objects.get(pk=options["accept"])
                accept_held_day(held_day=held_day, by=None, at=timezone.now())
            if options["refuse"]:
                held_day = HeldDay.objects.get(pk=options["refuse"])
                refuse_held_day(held_day=held_day, by=None, at=timezone.now())
            waiting = held_days().filter(state=HeldDay.State.WAITING)
            return {"waiting": [{name: str(getattr(day, name)) for name in TOLD} for day in waiting]}

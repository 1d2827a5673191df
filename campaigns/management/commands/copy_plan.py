"""A variant of a plan: ``manage.py copy_plan --tenant acme --plan ID --change '{"budget": 90000}' --json``."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django_tenants.utils import tenant_context

from campaigns.api.serializers import PlanSerializer
from campaigns.briefs.constraint_json import ConstraintError
from campaigns.models import Plan
from campaigns.selectors.plans import plan_or_404
from campaigns.services.copying import copy_plan
from campaigns.services.resolving import NotSolved, edit_and_solve
from tenants.command import ServiceCommand
from tenants.models import Tenant, User


class Command(ServiceCommand):
    help = "Copy a plan as a draft of its own; with --change the copy is changed and split at once."
    refusals = (ConstraintError, Plan.DoesNotExist, Tenant.DoesNotExist, User.DoesNotExist, ValidationError)

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--tenant", required=True, help="slug")
        parser.add_argument("--plan", required=True, help="id of the plan to copy")
        parser.add_argument("--name", default="", help="of the copy; empty: the plan's own with a number")
        parser.add_argument("--change", default="", help="constraints to change, as JSON; null removes one")
        parser.add_argument("--user", default="", help="e-mail address of whoever copies; empty: the system")

    def perform(self, options: dict[str, Any]) -> dict[str, Any]:
        tenant = Tenant.objects.live().get(slug=options["tenant"])
        by = User.objects.get(email=options["user"].lower()) if options["user"] else None
        changes, unsolved = _changes(options["change"]), ""
        with tenant_context(tenant), transaction.atomic():
            copied = copy_plan(plan=Plan.objects.get(pk=options["plan"]), by=by, name=options["name"])
            if changes:
                wanted = {name: value for name, value in (copied.constraints | changes).items() if value is not None}
                try:
                    edit_and_solve(plan=copied, constraints=wanted, version=copied.version, by=by)
                except NotSolved as reason:
                    unsolved = str(reason)
            return dict(PlanSerializer(plan_or_404(pk=copied.pk), context={"unsolved": unsolved}).data)

    def describe(self, answer: dict[str, Any]) -> str:
        return f"{answer['name']}: {answer['state']} (plan {answer['id']}) {answer['unsolved']}".rstrip()


def _changes(text: str) -> dict[str, Any]:
    if not text:
        return {}
    try:
        changes = json.loads(text)
    except ValueError as error:
        raise ConstraintError(where="--change", detail=f"This is not JSON: {error}.") from error
    if not isinstance(changes, dict):
        raise ConstraintError(where="--change", detail='Give an object of constraints, such as {"budget": 90000}.')
    return changes

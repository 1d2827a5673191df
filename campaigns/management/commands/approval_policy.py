"""Read or change when plans may be approved: ``manage.py approval_policy --tenant acme --largest-budget 2000000``."""

from argparse import ArgumentParser, ArgumentTypeError, BooleanOptionalAction
from decimal import Decimal, InvalidOperation
from typing import Any

from django_tenants.utils import tenant_context

from campaigns.api.serializers import ApprovalPolicySerializer
from campaigns.models import ApprovalPolicy
from campaigns.services.approval_policy import NewApprovalPolicy, PolicyRefused, set_approval_policy
from tenants.command import ServiceCommand
from tenants.models import Tenant, User

NO_LIMIT = "none"


def number(text: str) -> Decimal:
    """A decimal number of the command line."""
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise ArgumentTypeError(f"“{text}” is not a number") from error


def amount(text: str) -> Decimal | str:
    """An amount, or the word for no limit."""
    return NO_LIMIT if text == NO_LIMIT else number(text)


class Command(ServiceCommand):
    help = "Print a tenant's approval policy, after changing the rules that are named; the others stay as they are."
    refusals = (PolicyRefused, Tenant.DoesNotExist, User.DoesNotExist)

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--tenant", required=True, help="slug")
        parser.add_argument("--largest-budget", type=amount, help="in the plan's currency; “none” lifts the limit")
        parser.add_argument("--smallest-floor-probability", type=number, help="of reaching the ROAS floor, from 0 to 1")
        parser.add_argument(
            "--second-person",
            action=BooleanOptionalAction,
            dest="second_person_required",
            help="whether whoever made a plan may not approve it",
        )
        parser.add_argument("--user", default="", help="e-mail address of whoever changes it; empty: the system")

    def perform(self, options: dict[str, Any]) -> dict[str, Any]:
        tenant = Tenant.objects.live().get(slug=options["tenant"])
        by = User.objects.get(email=options["user"].lower()) if options["user"] else None
        with tenant_context(tenant):
            policy = ApprovalPolicy.current()
            rules = {name: getattr(policy, name) for name in NewApprovalPolicy.__dataclass_fields__}
            asked = {name: options[name] for name in rules if options[name] is not None}
            if asked.get("largest_budget") == NO_LIMIT:
                asked["largest_budget"] = None
            if asked:
                policy = set_approval_policy(new=NewApprovalPolicy(**rules | asked), by=by)
            return dict(ApprovalPolicySerializer(policy).data)

"""Why a figure differs: ``manage.py explain_difference --tenant acme --retailer alpha --day 2026-06-14 --metric cost``.

With ``--console 123.45`` the reason that explains the console's figure best, or that nothing does.
"""

from argparse import ArgumentParser
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from django_tenants.utils import tenant_context

from harmonization.services.differences import DifferenceRefused, explain_difference
from harmonization.services.report_json import as_json
from tenants.command import ServiceCommand
from tenants.models import Tenant


class Command(ServiceCommand):
    help = "Explain the difference between a day's figure here, in its file, and in the retailer's console."
    refusals = (DifferenceRefused, Tenant.DoesNotExist)

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--tenant", required=True, help="slug of the workspace")
        parser.add_argument("--retailer", required=True, help="id of the retailer")
        parser.add_argument("--day", required=True, type=date.fromisoformat, help="2026-06-14")
        parser.add_argument("--metric", required=True, help="cost, impressions, clicks, revenue, orders or units")
        parser.add_argument("--console", type=_amount, help="what the console shows, with its decimals")

    def perform(self, options: dict[str, Any]) -> dict[str, Any]:
        with tenant_context(Tenant.objects.live().get(slug=options["tenant"])):
            found = explain_difference(
                retailer_id=options["retailer"],
                day=options["day"],
                metric=options["metric"],
                console=options["console"],
            )
        answer = as_json(asdict(found))
        return answer if isinstance(answer, dict) else {}


def _amount(given: str) -> Decimal:
    """A finite number; argparse turns ValueError into misuse."""
    try:
        amount = Decimal(given)
    except ArithmeticError as error:
        raise ValueError(given) from error
    if not amount.is_finite():
        raise ValueError(given)
    return amount

"""How far a plan's curves can be trusted: ``manage.py model_health --tenant acme --plan ID --json``."""

from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.http import Http404
from django_tenants.utils import tenant_context

from campaigns.api.model_health import ModelHealthSerializer
from campaigns.selectors.model_health import NoHealth, model_health_of
from campaigns.selectors.plans import plan_or_404
from tenants.command import ServiceCommand
from tenants.figures import percent, ratio
from tenants.models import Tenant


class Command(ServiceCommand):
    help = "Fit, coverage of weeks held out, and what the history of each cell cannot tell."
    refusals = (NoHealth, Http404, Tenant.DoesNotExist)

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--tenant", required=True, help="slug")
        parser.add_argument("--plan", required=True, type=UUID, help="id")

    def perform(self, options: dict[str, Any]) -> dict[str, Any]:
        with tenant_context(Tenant.objects.live().get(slug=options["tenant"])):
            return dict(ModelHealthSerializer(model_health_of(plan=plan_or_404(pk=options["plan"]))).data)

    def describe(self, answer: dict[str, Any]) -> str:
        weeks = answer["held_out"]
        lines = [
            f"{percent(weeks['covered'], places=0)} of {weeks['weeks']} weeks held out lie in their 80% interval; "
            f"mean error {percent(weeks['error'])}"
            if weeks
            else "No cell has enough history to be estimated."
        ]
        for cell in answer["cells"]:
            said = " ".join([*cell["warnings"], cell.get("would_suffice", "")]).strip()
            told = f"iROAS {ratio(cell['iroas']['mean'])}" if "iroas" in cell else "insufficient data"
            lines.append(f"  {cell['name']}: attributed {ratio(cell['attributed_roas'])}, {told}. {said}".rstrip())
        return "\n".join(lines)

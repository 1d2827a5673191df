"""Compose what serves: ``manage.py compose_adapters --tenant acme --task planning --retailer R --brand B --json``."""

from argparse import ArgumentParser
from typing import Any

from django_tenants.utils import tenant_context

from agents.federation.refusal import AdapterRefused
from agents.federation.strategies import Strategy
from agents.services.composing import composition_body
from agents.services.federation import compose_named
from tenants.command import ServiceCommand
from tenants.models import Tenant


class Command(ServiceCommand):
    help = "Compose the adapters that serve a task for a workspace; says what serves, what does not and why."
    refusals = (AdapterRefused, Tenant.DoesNotExist)

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--tenant", required=True, help="slug of the workspace")
        parser.add_argument("--task", required=True, help="such as planning")
        parser.add_argument("--retailer", default="")
        parser.add_argument("--brand", default="")
        parser.add_argument("--strategy", choices=[one.value for one in Strategy], default=Strategy.CONCATENATED.value)

    def perform(self, options: dict[str, Any]) -> dict[str, Any]:
        with tenant_context(Tenant.objects.live().get(slug=options["tenant"])):
            named = {name: options[name] for name in ("task", "retailer", "brand")}
            made = compose_named(**named, strategy=Strategy(options["strategy"]))
            return composition_body(made=made)

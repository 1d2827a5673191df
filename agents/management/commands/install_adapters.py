"""Take signed adapters into the registry: ``manage.py install_adapters FOLDER [--tenant acme] [--promote] --json``."""

from argparse import ArgumentParser
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from django.utils import timezone
from django_tenants.utils import tenant_context

from agents.federation.refusal import AdapterRefused
from agents.services.promotion import PromotionRefused
from agents.services.shipped import install_folder
from tenants.command import ServiceCommand
from tenants.models import Tenant, User


class Command(ServiceCommand):
    help = "Register every adapter of a folder, with the evaluations that lie beside them; --promote lets them serve."
    refusals = (AdapterRefused, PromotionRefused, Tenant.DoesNotExist, User.DoesNotExist)

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("folder", type=Path, help="one folder an adapter, each with manifest.json and its weights")
        parser.add_argument("--tenant", help="slug of the workspace whose own they are; without it they are shared")
        parser.add_argument("--promote", action="store_true", help="let those serve whose gate lets them pass")
        parser.add_argument("--by", help="e-mail of the person; the system without it")

    def perform(self, options: dict[str, Any]) -> dict[str, Any]:
        tenant = Tenant.objects.live().get(slug=options["tenant"]) if options["tenant"] else None
        by = User.objects.get(email=options["by"]) if options["by"] else None
        with tenant_context(tenant) if tenant else nullcontext():
            installed = install_folder(
                folder=options["folder"], shared=tenant is None, promote=options["promote"], by=by, now=timezone.now()
            )
        return {"installed": [{"adapter": str(one.row), "state": one.row.state, "why": one.why} for one in installed]}

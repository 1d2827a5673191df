"""Promote, try or roll back: ``manage.py promote_adapter NAME VERSION [--tenant acme] [--canary 10] [--roll-back]``."""

from argparse import ArgumentParser
from contextlib import nullcontext
from typing import Any

from django.utils import timezone
from django_tenants.utils import tenant_context

from agents.federation.refusal import AdapterRefused
from agents.models import AdapterRow, OwnAdapter, SharedAdapter
from agents.services.promotion import PromotionRefused, promote_adapter, roll_back_adapter, try_adapter
from tenants.command import ServiceCommand
from tenants.models import Tenant, User


class Command(ServiceCommand):
    help = (
        "Let a version of an adapter serve once the gate lets it pass, try it on a share, or put back the former one."
    )
    refusals = (
        AdapterRefused,
        PromotionRefused,
        Tenant.DoesNotExist,
        User.DoesNotExist,
        OwnAdapter.DoesNotExist,
        SharedAdapter.DoesNotExist,
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("name", help="of the adapter, as its manifest has it")
        parser.add_argument("number", type=int, help="its version")
        parser.add_argument("--tenant", help="slug of the workspace whose own it is; without it a shared one")
        acts = parser.add_mutually_exclusive_group()
        acts.add_argument("--canary", type=int, metavar="PERCENT", help="try it on this share of questions instead")
        acts.add_argument("--roll-back", action="store_true")
        parser.add_argument("--by", help="e-mail of the person; the system without it")

    def perform(self, options: dict[str, Any]) -> dict[str, Any]:
        tenant = Tenant.objects.live().get(slug=options["tenant"]) if options["tenant"] else None
        by = User.objects.get(email=options["by"]) if options["by"] else None
        with tenant_context(tenant) if tenant else nullcontext():
            model: Any = OwnAdapter if tenant else SharedAdapter
            adapter: AdapterRow = model.objects.get(name=options["name"], version=options["number"])
            if options["roll_back"]:
                serving = roll_back_adapter(adapter=adapter, by=by)
            elif options["canary"] is not None:
                tried = try_adapter(adapter=adapter, percent=options["canary"], by=by, now=timezone.now())
                return {"adapter": tried.name, "tried": tried.version, "percent": tried.canary_percent}
            else:
                serving = promote_adapter(adapter=adapter, by=by, now=timezone.now())
            return {"adapter": adapter.name, "serving": serving and {"name": serving.name, "version": serving.version}}

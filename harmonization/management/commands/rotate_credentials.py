"""Seal all sources' secrets anew under the first of CREDENTIAL_KEYS: ``manage.py rotate_credentials --json``.

To rotate: put a new key (``--new-key`` prints one) before the old one, restart, run this, take the old key away.
"""

from argparse import ArgumentParser
from typing import Any

from django_tenants.utils import tenant_context

from harmonization.connectors.protocol import SourceRefused
from harmonization.services.credential_keys import KeysMissing, credential_keys, new_key
from harmonization.services.source_credentials import reseal_credentials
from tenants.command import ServiceCommand
from tenants.models import Tenant


class Command(ServiceCommand):
    help = "Seal the secrets of all workspaces' sources under the newest key."
    refusals = (SourceRefused, KeysMissing)

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--new-key", action="store_true", help="only print a fresh key")

    def perform(self, options: dict[str, Any]) -> dict[str, Any]:
        if options["new_key"]:
            return {"key": new_key()}
        resealed = {}
        for tenant in Tenant.objects.exclude(status=Tenant.Status.SPARE):
            with tenant_context(tenant):
                resealed[tenant.slug] = reseal_credentials(by=None)
        return {"key": credential_keys()[0].name, "resealed": sum(resealed.values()), "tenants": len(resealed)}

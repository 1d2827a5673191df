"""Check a tenant's audit chain: ``manage.py verify_audit --tenant acme --json``."""

from argparse import ArgumentParser
from typing import Any

from django_tenants.utils import tenant_context

from tenants.command import ServiceCommand
from tenants.models import Tenant
from tenants.services.audit import verify_audit_log


class AuditBroken(Exception):
    """The chain is not whole."""


class Command(ServiceCommand):
    help = "Find the first deleted or altered row of a tenant's audit log."
    refusals = (Tenant.DoesNotExist, AuditBroken)

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--tenant", required=True)

    def perform(self, options: dict[str, Any]) -> dict[str, Any]:
        with tenant_context(Tenant.objects.get(slug=options["tenant"])):
            checked, broken = verify_audit_log()
        if broken is not None:
            raise AuditBroken(f"The audit log breaks at row {broken.sequence}: {broken.reason}.")
        return {"tenant": options["tenant"], "rows": checked, "whole": True}

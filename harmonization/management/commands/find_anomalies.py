"""Look for odd days: ``manage.py find_anomalies --tenant acme [--retailer alpha] --json``."""

from argparse import ArgumentParser
from typing import Any

from django.utils import timezone
from django_tenants.utils import tenant_context

from harmonization.models import Anomaly
from harmonization.selectors.watched import source_ids
from harmonization.services.anomalies import watch_sources
from tenants.command import ServiceCommand
from tenants.models import Tenant

TOLD = ("retailer_id", "event_date", "kind", "campaign_id", "metric", "summary", "observed", "expected", "cause")


class Command(ServiceCommand):
    help = "Look at all sources of a workspace, or at one, and keep what is odd."
    refusals = (Tenant.DoesNotExist,)

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--tenant", required=True, help="slug of the workspace")
        parser.add_argument("--retailer", help="id of one retailer; all of them if left out")

    def perform(self, options: dict[str, Any]) -> dict[str, Any]:
        with tenant_context(Tenant.objects.live().get(slug=options["tenant"])):
            sources = [options["retailer"]] if options["retailer"] else list(source_ids())
            watch_sources(retailer_ids=sources, now=timezone.now())
            found = Anomaly.objects.open().filter(retailer_id__in=sources)
            return {"sources": sources, "open": [_told(anomaly) for anomaly in found]}


def _told(anomaly: Anomaly) -> dict[str, str]:
    return {"id": str(anomaly.pk), **{name: str(getattr(anomaly, name)) for name in TOLD}}

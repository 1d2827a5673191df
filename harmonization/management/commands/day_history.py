"""The versions of a day: ``manage.py day_history --tenant acme --retailer alpha --day 2026-06-14 --json``.

With ``--as-of 2026-06-20T12:00+00:00`` the figures are the ones known at that moment.
"""

from argparse import ArgumentParser
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django_tenants.utils import tenant_context

from harmonization.selectors.day_history import day_versions, figures_as_of
from harmonization.services.report_json import as_json
from tenants.command import ServiceCommand
from tenants.models import Tenant


class Command(ServiceCommand):
    help = "Show every version of a source's day, and the day as it was known at a moment."
    refusals = (Tenant.DoesNotExist,)

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--tenant", required=True, help="slug of the workspace")
        parser.add_argument("--retailer", required=True, help="id of the retailer")
        parser.add_argument("--day", required=True, type=date.fromisoformat, help="2026-06-14")
        parser.add_argument("--as-of", type=datetime.fromisoformat, help="a moment, 2026-06-20T12:00+00:00")

    def perform(self, options: dict[str, Any]) -> dict[str, Any]:
        moment = options["as_of"] or timezone.now()
        moment = moment if moment.tzinfo else timezone.make_aware(moment)
        subject = {"retailer_id": options["retailer"], "day": options["day"]}
        with tenant_context(Tenant.objects.live().get(slug=options["tenant"])):
            versions = [asdict(version) for version in day_versions(**subject)]
            figures = [asdict(one) for one in figures_as_of(**subject, moment=moment)]
        answer = as_json({"versions": versions, "as_of": moment, "figures": figures})
        return answer if isinstance(answer, dict) else {}

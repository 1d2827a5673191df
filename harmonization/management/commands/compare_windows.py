"""Retailers in one attribution window: ``manage.py compare_windows --tenant acme --metric revenue --json``."""

from argparse import ArgumentParser
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

from django_tenants.utils import tenant_context

from harmonization.forms.windows import DEFAULT_DAYS, METRIC_CHOICES
from harmonization.selectors.facts import period_of_data
from harmonization.selectors.window_comparison import window_comparison
from tenants.command import ServiceCommand
from tenants.models import Tenant


class NoData(Exception):
    """The workspace has no facts."""

    title = "There is no data yet"


class Command(ServiceCommand):
    help = "Put retailers side by side in the window all report, else in one window with labelled estimates."
    refusals = (NoData, Tenant.DoesNotExist)

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--tenant", required=True, help="slug of the workspace")
        parser.add_argument("--start", type=date.fromisoformat, help="first day")
        parser.add_argument("--end", type=date.fromisoformat, help="last day; that of the data if left out")
        parser.add_argument("--metric", choices=[name for name, _ in METRIC_CHOICES], default="revenue")

    def perform(self, options: dict[str, Any]) -> dict[str, Any]:
        with tenant_context(Tenant.objects.live().get(slug=options["tenant"])):
            data = period_of_data()
            if data is None:
                raise NoData("Take an export in first.")
            end = options["end"] or data.end
            start = options["start"] or end - timedelta(days=DEFAULT_DAYS - 1)
            found = window_comparison(start=start, end=end, metric=options["metric"])
        return {"start": start, "end": end, **asdict(found)}

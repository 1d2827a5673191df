"""Exchange rates of a workspace: ``manage.py fx_rates --tenant acme import eurofxref-hist.csv``, or ``list``."""

from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django_tenants.utils import tenant_context

from harmonization.comparison.rate_files import RatesRefused
from harmonization.selectors.fx_rates import known_pairs
from harmonization.services.fx_rates import import_rates
from tenants.command import ServiceCommand
from tenants.models import Tenant


class Command(ServiceCommand):
    help = "Take exchange rates in from a file of the European Central Bank or a list, or show what is known."
    refusals = (RatesRefused, OSError, Tenant.DoesNotExist)

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--tenant", required=True, help="slug of the workspace")
        parser.add_argument("action", choices=["import", "list"])
        parser.add_argument("file", nargs="?", type=Path, help="XML or CSV of rates")

    def perform(self, options: dict[str, Any]) -> dict[str, Any]:
        path = options["file"]
        with tenant_context(Tenant.objects.live().get(slug=options["tenant"])):
            if options["action"] == "list":
                return {"pairs": [_pair(one) for one in known_pairs()]}
            if path is None:
                raise RatesRefused("No file is named.", where="import FILE")
            found = asdict(import_rates(content=path.read_bytes(), file_name=path.name, by=None))
        return {"file": path.name, **found}


def _pair(one: Any) -> dict[str, Any]:
    return {
        "base": one.base,
        "quote": one.quote,
        "first_day": one.first_day,
        "last_day": one.last_day,
        "days": one.days,
        "rate": f"{one.latest.rate.normalize():f}",
        "source": one.latest.source,
    }

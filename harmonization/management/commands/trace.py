"""From a figure to its source: ``manage.py trace --tenant acme --retailer alpha --day 2026-06-14 --json``.

With ``--campaign C1`` the rows behind that campaign's figures.
With ``--import ID --row N`` one row of a file, field by field, with the cells it was made from.
"""

from argparse import ArgumentParser
from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from django_tenants.utils import tenant_context

from harmonization.models import ImportRun
from harmonization.selectors.row_trace import TraceRefused, traced_row
from harmonization.selectors.source_rows import campaign_days, source_rows
from harmonization.services.report_json import as_json
from tenants.command import ServiceCommand
from tenants.models import Tenant


class Command(ServiceCommand):
    help = "Show the rows behind a campaign's day, or one row of a file beside its cells."
    refusals = (Tenant.DoesNotExist, ImportRun.DoesNotExist, TraceRefused)

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--tenant", required=True, help="slug of the workspace")
        parser.add_argument("--retailer", default="", help="id of the retailer")
        parser.add_argument("--day", type=date.fromisoformat, help="2026-06-14")
        parser.add_argument("--campaign", help="id of the campaign; without it the campaigns of the day are listed")
        parser.add_argument("--offset", type=int, default=0)
        parser.add_argument("--limit", type=int, default=100)
        parser.add_argument("--import", dest="import_id", type=UUID, help="id of an import")
        parser.add_argument("--row", type=int, help="number of a row of its file")

    def perform(self, options: dict[str, Any]) -> dict[str, Any]:
        with tenant_context(Tenant.objects.live().get(slug=options["tenant"])):
            answer = as_json(_answer(options))
        return answer if isinstance(answer, dict) else {}


def _answer(options: dict[str, Any]) -> dict[str, Any]:
    if options["import_id"] is not None and options["row"] is not None:
        run = ImportRun.objects.get(pk=options["import_id"])
        return asdict(traced_row(run=run, row_number=options["row"]))
    if options["day"] is None or not options["retailer"]:
        raise TraceRefused(
            title="It is not said what to trace",
            detail="Neither a day nor a row is named.",
            where="--day, --import",
            fix="Give --retailer and --day, or --import and --row.",
        )
    if options["campaign"] is None:
        days = campaign_days(retailer_id=options["retailer"], day=options["day"])
        return {"campaigns": [asdict(one) for one in days]}
    found = source_rows(
        retailer_id=options["retailer"],
        day=options["day"],
        campaign_id=options["campaign"],
        offset=options["offset"],
        limit=options["limit"],
    )
    return asdict(found)

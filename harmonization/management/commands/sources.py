"""Sources of a workspace: ``manage.py sources --tenant acme list|run|test [--name "Amazon US"] --json``."""

from argparse import ArgumentParser
from typing import Any

from django_tenants.utils import tenant_context

from harmonization.connectors.protocol import SourceRefused
from harmonization.models import DataSource
from harmonization.selectors.sources import SourceLine, sources
from harmonization.services.source_runs import RunRefused, run_here
from harmonization.services.sources import probe_source
from harmonization.timing.schedule import in_words
from tenants.command import ServiceCommand
from tenants.models import Tenant


class Command(ServiceCommand):
    help = "List the sources of a workspace, read one now, or test its connection."
    refusals = (SourceRefused, RunRefused, Tenant.DoesNotExist, DataSource.DoesNotExist)

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("what", choices=["list", "run", "test"])
        parser.add_argument("--tenant", required=True, help="slug of the workspace")
        parser.add_argument("--name", default="", help="which source; all of them for list")

    def perform(self, options: dict[str, Any]) -> dict[str, Any]:
        with tenant_context(Tenant.objects.live().get(slug=options["tenant"])):
            if options["what"] == "list":
                return {"sources": [_line(line) for line in sources() if options["name"] in {"", line.source.name}]}
            source = DataSource.objects.get(name=options["name"])
            if options["what"] == "test":
                return {"source": source.name, "detail": probe_source(source=source, by=None)}
            return run_here(source=source)


def _line(line: SourceLine) -> dict[str, Any]:
    source = line.source
    return {
        "id": str(source.pk),
        "name": source.name,
        "kind": source.kind,
        "runs": in_words(source.schedule),
        "state": line.state[0],
        "is_enabled": source.is_enabled,
        "next_run_at": source.next_run_at,
        "last_success_at": source.last_success_at,
        "data_to": line.data_to,
        "last_error": source.last_error,
    }

"""Write the exports of a simulated market: ``simulate_exports --output DIR --seed 7 --manufacturer acme --json``."""

from argparse import ArgumentParser
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from campaigns.simulation import ExportFile, WorldError, build_world, write_exports
from tenants.command import ServiceCommand


class Command(ServiceCommand):
    help = "Write one simulated export a retailer, with the totals that harmonization must find. Needs no database."
    refusals = (WorldError, OSError)

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--output", type=Path, required=True, help="folder, made if it is missing")
        parser.add_argument("--seed", type=int, required=True, help="the same seed gives the same files")
        parser.add_argument("--manufacturer", default="acme")
        parser.add_argument("--days", type=int, default=90)
        parser.add_argument("--start", type=date.fromisoformat, help="first day; else the days end yesterday")

    def perform(self, options: dict[str, Any]) -> dict[str, Any]:
        start = options["start"] or timezone.localdate() - timedelta(days=options["days"])
        world = build_world(
            seed=options["seed"], start=start, days=options["days"], manufacturer=options["manufacturer"]
        )
        exports = write_exports(world=world, directory=options["output"])
        return {
            "simulated": True,
            "seed": options["seed"],
            "manufacturer": options["manufacturer"],
            "start": start.isoformat(),
            "days": options["days"],
            "files": [_described(export=export) for export in exports],
        }


def _described(*, export: ExportFile) -> dict[str, Any]:
    """Money as text, so that no cent is lost in JSON."""
    return {key: value if isinstance(value, int) else str(value) for key, value in asdict(export).items()}

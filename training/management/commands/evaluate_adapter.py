"""Measure adapters and compositions, without a database: ``manage.py evaluate_adapter --adapters DIR --out FILE``."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings

from tenants.command import ServiceCommand
from training.jobs import JobFailed, read_result, run_module


class Command(ServiceCommand):
    help = (
        "Tables of base, each adapter, pairs, the full set and the naive sum on held-out suites; hand-written briefs."
    )
    refusals = (JobFailed,)

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--adapters", type=Path, required=True)
        parser.add_argument("--base", type=Path, default=settings.BASE_DIR / "training" / "shipped" / "base")
        parser.add_argument("--alone", type=Path, help="the same members trained independently: the negative control")
        parser.add_argument("--out", type=Path, required=True, help="where the result is kept")
        parser.add_argument("--cases", type=int, default=60, help="cases a suite")
        parser.add_argument("--only", choices=("tables", "briefs", "gate"), action="append", default=[])

    def perform(self, options: dict[str, Any]) -> dict[str, Any]:
        arguments = ["--base", options["base"], "--adapters", options["adapters"], "--out", options["out"]]
        arguments += ["--cases", options["cases"]]
        arguments += ["--alone", options["alone"]] if options["alone"] else []
        arguments += [word for only in options["only"] for word in ("--only", only)]
        run_module(
            module="training.evaluation.run", arguments=[str(each) for each in arguments], root=settings.BASE_DIR
        )
        return read_result(path=options["out"], where="evaluation")

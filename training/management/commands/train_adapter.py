"""Train one adapter of the lattice, without a database: ``manage.py train_adapter retailer-amazon --adapters DIR``."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings

from tenants.command import ServiceCommand
from training.jobs import JobFailed, read_result, run_module


class Command(ServiceCommand):
    help = "Train an adapter on the base, with the other axes' adapters of the folder present at random, frozen."
    refusals = (JobFailed,)

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("member", help="such as industry-retail_media, retailer-amazon, brand-acme, task-planning")
        parser.add_argument("--adapters", type=Path, required=True, help="where adapters lie and the new one goes")
        parser.add_argument("--base", type=Path, default=settings.BASE_DIR / "training" / "shipped" / "base")
        parser.add_argument("--steps", type=int, default=300)
        parser.add_argument("--alone", action="store_true", help="nothing else present: the harness's negative control")

    def perform(self, options: dict[str, Any]) -> dict[str, Any]:
        folder = options["adapters"] / options["member"]
        arguments = ["--base", str(options["base"]), "--adapters", str(options["adapters"])]
        arguments += ["--member", options["member"], "--steps", str(options["steps"]), "--threads", "1"]
        run_module(
            module="training.recipes.lattice",
            arguments=[*arguments, *(["--alone"] if options["alone"] else [])],
            root=settings.BASE_DIR,
        )
        return {"folder": str(folder)} | read_result(path=folder / "recipe.json", where=options["member"])

"""Measure adapters: a registered one (``NAME VERSION --tenant acme``), or files alone (``--adapters DIR --out F``)."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django_tenants.utils import tenant_context

from agents.federation.refusal import AdapterRefused
from agents.models import OwnAdapter, SharedAdapter
from tenants.command import ServiceCommand
from tenants.models import Tenant, User
from training.fine_tuning.refusal import TrainingRefused
from training.jobs import JobFailed, read_result, run_module
from training.management.performing import perform_now
from training.services.evaluating import start_evaluation
from training.services.evaluation_jobs import CASES

TABLE_CASES = 60


class Command(ServiceCommand):
    help = (
        "An adapter that a workspace may use, alone and in every composition it can serve in, through the operation "
        "of the portal, performed at once; or, of a folder of adapters, tables of base, each, pairs, full set, naive "
        "sum."
    )
    refusals = (
        JobFailed,
        TrainingRefused,
        AdapterRefused,
        SharedAdapter.DoesNotExist,
        Tenant.DoesNotExist,
        User.DoesNotExist,
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("name", nargs="?", help="of a registered adapter, as its manifest has it")
        parser.add_argument("number", nargs="?", type=int, help="its version")
        parser.add_argument("--tenant", help="slug of the workspace that measures it")
        parser.add_argument("--user", default="", help="e-mail address of whoever does it; empty: the system")
        parser.add_argument("--adapters", type=Path, help="a folder of adapters, measured without a database")
        parser.add_argument("--base", type=Path, default=settings.BASE_DIR / "training" / "shipped" / "base")
        parser.add_argument("--alone", type=Path, help="the same members trained independently: the negative control")
        parser.add_argument("--out", type=Path, help="where the tables are kept")
        parser.add_argument("--cases", type=int, help=f"cases of each suite: {CASES}, in tables {TABLE_CASES}")
        parser.add_argument("--only", choices=("tables", "briefs", "gate"), action="append", default=[])

    def perform(self, options: dict[str, Any]) -> dict[str, Any]:
        if options["adapters"] is not None and options["out"] is not None:
            return _tables(options)
        if options["tenant"] and options["number"] is not None:
            return _registered(options)
        detail = "Name a registered adapter (NAME VERSION --tenant SLUG), or a folder (--adapters DIR --out FILE)."
        raise TrainingRefused("Nothing is named", detail, where="name")


def _registered(options: dict[str, Any]) -> dict[str, Any]:
    by = User.objects.get(email=options["user"].lower()) if options["user"] else None
    with tenant_context(Tenant.objects.live().get(slug=options["tenant"])):
        named = {"name": options["name"], "version": options["number"]}
        adapter = OwnAdapter.objects.filter(**named).first() or SharedAdapter.objects.get(**named)
        operation = start_evaluation(adapter=adapter, by=by, cases=options["cases"] or CASES)
        return perform_now(operation=operation)


def _tables(options: dict[str, Any]) -> dict[str, Any]:
    arguments = ["--base", options["base"], "--adapters", options["adapters"], "--out", options["out"]]
    arguments += ["--cases", options["cases"] or TABLE_CASES]
    arguments += ["--alone", options["alone"]] if options["alone"] else []
    arguments += [word for only in options["only"] for word in ("--only", only)]
    run_module(module="training.evaluation.run", arguments=[str(each) for each in arguments], root=settings.BASE_DIR)
    return read_result(path=options["out"], where="evaluation")

"""Train an adapter of a tenant: ``manage.py fine_tune --tenant acme --rows FILE --recipe sft --axis task …``."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django_tenants.utils import tenant_context

from agents.federation.axes import Axis
from tenants.command import ServiceCommand
from tenants.models import Tenant, User
from training.api.serializers import TrainingDatasetSerializer, TrainingRunSerializer
from training.fine_tuning.refusal import TrainingRefused
from training.fine_tuning.specification import Recipe
from training.management.performing import perform_now
from training.models import TrainingDataset
from training.selectors.runs import run_or_404
from training.services.datasets import collect_dataset, upload_dataset
from training.services.runs import start_run

ORIGINS = [one.value for one in TrainingDataset.Origin if one != TrainingDataset.Origin.UPLOADED]


class Command(ServiceCommand):
    help = "Train an adapter (or a reward model) through the same operation as the portal's, performed at once."
    refusals = (TrainingRefused, Tenant.DoesNotExist, User.DoesNotExist, OSError)

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--tenant", required=True, help="slug")
        parser.add_argument("--recipe", choices=[one.value for one in Recipe], default="sft")
        parser.add_argument("--rows", type=Path, help="JSONL; without it rows are collected from --origin")
        parser.add_argument("--held-out", type=Path, help="JSONL of rows never trained on; without it split by prompt")
        parser.add_argument("--origin", choices=ORIGINS, default="plans")
        parser.add_argument("--simulated", action="store_true", help="the rows are simulated")
        parser.add_argument("--name", default="", help="of data set and run")
        parser.add_argument("--axis", choices=[one.value for one in Axis], default="task")
        parser.add_argument("--member", required=True, help="which retailer, brand or task the adapter is for")
        parser.add_argument("--seed", type=int)
        parser.add_argument("--dial", action="append", default=[], metavar="NAME=VALUE", help="such as epochs=2")
        parser.add_argument("--user", default="", help="e-mail address of whoever does it; empty: the system")

    def perform(self, options: dict[str, Any]) -> dict[str, Any]:
        tenant = Tenant.objects.live().get(slug=options["tenant"])
        by = User.objects.get(email=options["user"].lower()) if options["user"] else None
        with tenant_context(tenant):
            dataset = _dataset(options, by=by)
            run = start_run(
                name=options["name"],
                dataset=dataset,
                axis=options["axis"],
                member=options["member"],
                dials=dict(one.partition("=")[::2] for one in options["dial"]),
                seed=options["seed"],
                start_from=None,
                by=by,
            )
            if run.operation is not None:
                perform_now(operation=run.operation)
            return {
                "dataset": dict(TrainingDatasetSerializer(dataset).data),
                **TrainingRunSerializer(run_or_404(pk=run.pk)).data,
            }


def _dataset(options: dict[str, Any], *, by: User | None) -> TrainingDataset:
    recipe, rows = Recipe(options["recipe"]), options["rows"]
    name = options["name"] or (rows.stem if rows else options["origin"])
    if rows is None:
        return collect_dataset(name=name, recipe=recipe, origin=options["origin"], by=by)
    held_out = options["held_out"].read_bytes() if options["held_out"] else None
    return upload_dataset(
        name=name,
        recipe=recipe,
        content=rows.read_bytes(),
        held_out=held_out,
        is_simulated=options["simulated"],
        by=by,
    )

"""Make a data set: ``manage.py build_dataset NAME --tenant acme --recipe kto --origin feedback --json``."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django_tenants.utils import tenant_context

from tenants.command import ServiceCommand
from tenants.models import Tenant, User
from training.api.serializers import TrainingDatasetSerializer
from training.fine_tuning.refusal import TrainingRefused
from training.fine_tuning.specification import Recipe
from training.models import TrainingDataset
from training.services.datasets import collect_dataset, upload_dataset


class Command(ServiceCommand):
    help = "A version of a data set from a file, or collected from what people decided; names every row it leaves out."
    refusals = (TrainingRefused, Tenant.DoesNotExist, User.DoesNotExist, OSError)

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("name", help="the same name again makes its next version")
        parser.add_argument("--tenant", required=True, help="slug")
        parser.add_argument("--recipe", choices=[one.value for one in Recipe], default="sft")
        parser.add_argument("--origin", choices=[one.value for one in TrainingDataset.Origin], default="uploaded")
        parser.add_argument("--rows", type=Path, help="JSONL, where the origin is an uploaded file")
        parser.add_argument("--held-out", type=Path, help="JSONL of rows never trained on; without it split by prompt")
        parser.add_argument("--simulated", action="store_true", help="the rows of the file are simulated")
        parser.add_argument("--user", default="", help="e-mail address of whoever does it; empty: the system")

    def perform(self, options: dict[str, Any]) -> dict[str, Any]:
        tenant = Tenant.objects.live().get(slug=options["tenant"])
        by = User.objects.get(email=options["user"].lower()) if options["user"] else None
        with tenant_context(tenant):
            dataset = _made(options, by=by)
            return dict(TrainingDatasetSerializer(dataset).data) | {"findings": dataset.findings}


def _made(options: dict[str, Any], *, by: User | None) -> TrainingDataset:
    name, recipe = options["name"], Recipe(options["recipe"])
    if options["origin"] != TrainingDataset.Origin.UPLOADED:
        return collect_dataset(name=name, recipe=recipe, origin=options["origin"], by=by)
    if options["rows"] is None:
        raise TrainingRefused("There are no rows", "Give --rows FILE, or another --origin.", where="rows")
    return upload_dataset(
        name=name,
        recipe=recipe,
        content=options["rows"].read_bytes(),
        held_out=options["held_out"].read_bytes() if options["held_out"] else None,
        is_simulated=options["simulated"],
        by=by,
    )

"""Start a training run, and stop, resume and compare runs."""

import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from agents.federation.axes import Axis
from agents.models import AdapterRow
from agents.selectors.base_model import base_digest
from tenants.models import Operation, User
from tenants.services.audit import record_event
from tenants.services.operations import start_operation
from training.fine_tuning.refusal import TrainingRefused
from training.fine_tuning.specification import Recipe, dials_from
from training.models import TrainingDataset, TrainingRun

SEEDS = 2**31


@transaction.atomic
def start_run(
    *,
    name: str,
    dataset: TrainingDataset,
    axis: str,
    member: str,
    dials: dict[str, Any],
    seed: int | None,
    start_from: AdapterRow | None,
    by: User | None,
    unique_key: str | None = None,
) -> TrainingRun:
    """Queue a run of the data set's recipe. Raises TrainingRefused for impossible settings.

    Two runs with the same data, settings and seed on one machine give the same weights.
    """
    digest = _base()
    chosen_axis, chosen_member = _place(axis=axis, member=member)
    _check_start(start_from=start_from, digest=digest, recipe=dataset.recipe)
    checked = dials_from(dials)
    run = TrainingRun(
        name=name.strip()[:120] or f"{dataset.name} · {dataset.get_recipe_display()}",
        recipe=dataset.recipe,
        dataset=dataset,
        axis=chosen_axis,
        member=chosen_member,
        start_from=start_from.sha256 if start_from else "",
        dials=vars(checked) | {},
        seed=secrets.randbelow(SEEDS) if seed is None else seed,
        base_digest=digest,
        created_by=by,
    )
    run.operation = _queued(run=run, by=by, unique_key=unique_key)
    existing = TrainingRun.objects.filter(operation=run.operation).first()
    if existing is not None:
        return existing  # the same click, twice
    run.save(force_insert=True)
    record_event(kind="training.started", about=run, by=by, after=run.settings_shown())
    return run


def _base() -> str:
    digest = base_digest()
    if not digest or not (Path(settings.BASE_MODEL_DIR) / "config.json").exists():
        raise TrainingRefused("There is no base model here", "Set BASE_MODEL_DIR to a folder that holds one.", "base")
    return digest


def _check_start(*, start_from: AdapterRow | None, digest: str, recipe: str) -> None:
    if start_from is None:
        return
    if start_from.base_digest != digest:
        raise TrainingRefused("That adapter is for another base", "It cannot be trained on this one.", "start_from")
    if recipe == Recipe.REWARD:
        raise TrainingRefused("A reward model starts afresh", "An adapter that writes cannot judge.", "start_from")


def _queued(*, run: TrainingRun, by: User | None, unique_key: str | None) -> Operation:
    title = f"Train {run.name}"
    return start_operation(kind="train", title=title, by=by, parameters={"run": str(run.pk)}, unique_key=unique_key)


def _place(*, axis: str, member: str) -> tuple[str, str]:
    try:
        chosen = Axis(axis)
    except ValueError as error:
        axes = ", ".join(one.value for one in Axis)
        raise TrainingRefused("The axis is unknown", f"“{axis}” is none of {axes}.", where="axis") from error
    member = member.strip().lower()
    if not member or len(member) > 100:
        raise TrainingRefused("Nobody is named", f"Say which {chosen.value} the adapter is for.", where="member")
    return chosen.value, member

"""Ask for an uplift study of an uploaded trial, and do it in the worker; the operation keeps the answer."""

from dataclasses import asdict, replace
from typing import Any

from django.db import transaction

from campaigns.services.experiment_uploads import Chunked, keep_checked, kept_path
from campaigns.services.uplift_files import TrialColumns, UpliftWish, trial_of_file, uplift_of_file
from campaigns.uplift.targeting import Offer
from campaigns.uplift.trial import UpliftRefused
from tenants.models import Operation, User
from tenants.services.operation_runs import Effect, OperationProblem, OperationRun, Outcome
from tenants.services.operations import start_operation

KIND = "study_uplift"


def request_uplift(*, file: Chunked, wish: UpliftWish, name: str, by: User | None) -> Operation:
    """Keep the file, look whether it can carry an answer at all, and queue the study.

    Raises UpliftRefused with the column or row that is wrong; nothing is kept then.
    """
    kept = keep_checked(
        file=file,
        check=lambda path: trial_of_file(path=path, columns=wish.columns, share=wish.share),
        refused=UpliftRefused,
    )
    with transaction.atomic():
        return start_operation(
            kind=KIND,
            title=f"Uplift of “{name.strip() or kept.name}”"[:200],
            by=by,
            parameters={"stored": kept.path, "file_name": kept.name, "sha256": kept.sha256, "wish": _as_json(wish)},
        )


def perform_uplift(run: OperationRun) -> Effect:
    """The worker's half: nothing is written but the operation's own result."""
    parameters = run.operation.parameters
    try:
        found = uplift_of_file(
            path=kept_path(stored=parameters["stored"]), wish=_from_json(parameters["wish"]), progress=run.progress
        )
    except UpliftRefused as refusal:
        raise OperationProblem(
            title=refusal.title, detail=refusal.detail, where=refusal.where, fix="Correct the file and upload it again."
        ) from refusal
    result = found | {"file_name": parameters["file_name"], "sha256": parameters["sha256"]}
    return lambda: Outcome(result=result, result_url=f"/experiments/uplift/{run.operation.pk}/")


def _as_json(wish: UpliftWish) -> dict[str, Any]:
    return asdict(wish)


def _from_json(stored: dict[str, Any]) -> UpliftWish:
    columns = TrialColumns(**stored["columns"] | {"features": tuple(stored["columns"]["features"])})
    offer = Offer(**stored["offer"]) if stored["offer"] else None
    kept = {name: stored[name] for name in ("learner", "share", "confidence", "seed")}
    return replace(UpliftWish(columns=columns), offer=offer, **kept)

"""Perform an operation in the process of a command."""

from typing import Any

from tenants.models import Operation
from tenants.services.operation_runs import run_operation
from training.fine_tuning.refusal import TrainingRefused


def perform_now(*, operation: Operation) -> dict[str, Any]:
    """Its result. Raises TrainingRefused with the operation's problem where it failed."""
    state = run_operation(operation_id=str(operation.pk))
    operation.refresh_from_db()
    if state == "done":
        return dict(operation.result or {})
    problem = operation.problem or {}
    said = {name: str(problem.get(name, "")) for name in ("detail", "where", "fix")}
    raise TrainingRefused(problem.get("title", "It did not finish"), **said)

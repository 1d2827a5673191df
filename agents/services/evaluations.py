"""Record what an evaluation found about a composite; from then on the gate knows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from agents.federation.digests import composite_digest
from agents.federation.promotion import SuiteScore
from agents.models import EvaluationRow, OwnEvaluation, SharedEvaluation
from agents.services.registry import registry_of


@dataclass(frozen=True, kw_only=True)
class Measured:
    """One suite's result on adapters that were composed with weight 1.

    Attributes:
        members: digests of the adapters' weights.
        run_name: which run of the harness measured it.
    """

    base_digest: str
    members: tuple[str, ...]
    score: SuiteScore
    case_count: int
    run_name: str

    @property
    def digest(self) -> str:
        return composite_digest(base_digest=self.base_digest, members=[(member, 1.0) for member in self.members])


@transaction.atomic
def record_evaluations(*, measured: Sequence[Measured], shared: bool, now: datetime) -> list[EvaluationRow]:
    """Keep results; those on shared adapters only are read by every tenant, others stay in this one."""
    model: type[EvaluationRow] = SharedEvaluation if shared else OwnEvaluation
    with registry_of(shared=shared):
        return [model._default_manager.create(**_columns(one, now)) for one in measured]


def _columns(one: Measured, now: datetime) -> dict[str, Any]:
    return {
        "digest": one.digest,
        "members": list(one.members),
        "suite": one.score.suite,
        "case_count": one.case_count,
        "score": one.score.score,
        "low": one.score.low,
        "high": one.score.high,
        "passed": one.score.passed,
        "evaluated_at": now,
        "run_name": one.run_name,
    }

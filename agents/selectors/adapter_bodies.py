"""Adapters and compositions as plain values, the same for commands and the API."""

from collections.abc import Sequence
from typing import Any

from agents.models import AdapterRow, EvaluationRow
from agents.selectors.adapters import alone_digest, evaluations_of


def adapter_bodies(*, rows: Sequence[AdapterRow]) -> list[dict[str, Any]]:
    """Each adapter with its evaluations; nothing about where its files lie."""
    found = evaluations_of(digests=[alone_digest(row) for row in rows])
    return [_body(row, found.get(alone_digest(row), [])) for row in rows]


def evaluation_body(row: EvaluationRow) -> dict[str, Any]:
    """One suite's result."""
    return {
        "suite": row.suite,
        "score": row.score,
        "low": row.low,
        "high": row.high,
        "cases": row.case_count,
        "passed": row.passed,
        "run": row.run_name,
        "evaluated_at": row.evaluated_at,
    }


def _body(row: AdapterRow, evaluations: Sequence[EvaluationRow]) -> dict[str, Any]:
    return {
        "id": row.pk,
        "name": row.name,
        "version": row.version,
        "axis": row.axis,
        "member": row.member,
        "owner": "shared" if row.is_shared else "workspace",
        "state": row.state,
        "canary_percent": row.canary_percent,
        "rank": row.rank,
        "alpha": row.alpha,
        "targets": row.targets,
        "size": row.size,
        "sha256": row.sha256,
        "base_digest": row.base_digest,
        "trained_against": row.trained_against,
        "training_data": row.training_data,
        "evaluations": [evaluation_body(one) for one in evaluations],
        "registered_at": row.registered_at,
        "promoted_at": row.promoted_at,
    }

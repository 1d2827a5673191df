"""The gate before promotion, as long as no other is configured: recorded evaluations, suite by suite."""

from agents.federation.promotion import GateVerdict, judge_promotion
from agents.models import AdapterRow
from agents.selectors.adapters import alone_digest, evaluations_of


def judge_by_recorded_evaluations(*, candidate: AdapterRow, serving: AdapterRow | None) -> GateVerdict:
    """Compare what the harness recorded about the two, each alone; a gate is named by ``settings.PROMOTION_GATE``."""
    digests = [alone_digest(row) for row in (candidate, serving) if row is not None]
    found = evaluations_of(digests=digests)
    scores = [[row.as_score() for row in found.get(digest, [])] for digest in digests]
    return judge_promotion(candidate=scores[0], serving=scores[1] if serving is not None else None)

"""Tables of the agents."""

from agents.models.adapter import AdapterRow, AdapterState, OwnAdapter, SharedAdapter
from agents.models.evaluation import EvaluationRow, OwnEvaluation, SharedEvaluation

__all__ = [
    "AdapterRow",
    "AdapterState",
    "EvaluationRow",
    "OwnAdapter",
    "OwnEvaluation",
    "SharedAdapter",
    "SharedEvaluation",
]

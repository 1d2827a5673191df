"""Tables of the agents."""

from agents.models.adapter import AdapterRow, AdapterState, OwnAdapter, SharedAdapter
from agents.models.agent_run import AgentRun, AgentStep
from agents.models.evaluation import EvaluationRow, OwnEvaluation, SharedEvaluation
from agents.models.knowledge import KnowledgeDocument, KnowledgePassage

__all__ = [
    "AdapterRow",
    "AdapterState",
    "AgentRun",
    "AgentStep",
    "EvaluationRow",
    "KnowledgeDocument",
    "KnowledgePassage",
    "OwnAdapter",
    "OwnEvaluation",
    "SharedAdapter",
    "SharedEvaluation",
]

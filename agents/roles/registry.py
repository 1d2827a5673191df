"""The row of agents by name."""

from collections.abc import Mapping

from agents.roles.base_agent import BaseAgent
from agents.roles.budget_optimizer import BudgetOptimizer
from agents.roles.creative import Creative
from agents.roles.governance import Governance
from agents.roles.harmonizer import Harmonizer
from agents.roles.measurement import Measurement
from agents.roles.ops import Ops
from agents.roles.planner import Planner

ROLES: Mapping[str, type[BaseAgent]] = {
    role.name: role for role in (Planner, BudgetOptimizer, Measurement, Creative, Governance, Harmonizer, Ops)
}

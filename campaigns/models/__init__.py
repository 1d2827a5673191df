"""Brands, SKUs, assumptions, plans and their parts, the approval policy, experiments, stock."""

from campaigns.models.approval_policy import ApprovalPolicy
from campaigns.models.assumption import IncrementalityAssumption
from campaigns.models.brand import Brand, Sku
from campaigns.models.experiment import Experiment
from campaigns.models.plan import Plan
from campaigns.models.plan_curves import PlanCurves
from campaigns.models.plan_parts import PlanCell, PlanVersion
from campaigns.models.reallocation_schedule import ReallocationSchedule
from campaigns.models.stock_count import StockCount

__all__ = [
    "ApprovalPolicy",
    "Brand",
    "Experiment",
    "IncrementalityAssumption",
    "Plan",
    "PlanCell",
    "PlanCurves",
    "PlanVersion",
    "ReallocationSchedule",
    "Sku",
    "StockCount",
]

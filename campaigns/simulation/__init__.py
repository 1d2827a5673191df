"""Seeded retail-media worlds whose truth is known."""

from campaigns.simulation.truth import Optimum, plan_margin, true_optimum, true_response
from campaigns.simulation.world import Cell, TrueCurve, World, WorldError, build_world
from campaigns.simulation.writing import ExportFile, write_exports

__all__ = [
    "Cell",
    "ExportFile",
    "Optimum",
    "TrueCurve",
    "World",
    "WorldError",
    "build_world",
    "plan_margin",
    "true_optimum",
    "true_response",
    "write_exports",
]

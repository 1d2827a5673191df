"""Split a budget without a database: ``manage.py allocate PROBLEM.json --method lp --json``."""

import json
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from campaigns.optimization.allocation import METHODS, allocate
from campaigns.optimization.problem import ProblemError, problem_from_json
from campaigns.optimization.results import allocation_to_json
from tenants.command import ServiceCommand


class Command(ServiceCommand):
    help = "The best split of PROBLEM.json, with its certificate, shadow prices and binding rules."
    refusals = (ProblemError,)

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("problem", type=Path, metavar="PROBLEM.json")
        parser.add_argument("--method", choices=sorted(METHODS), default="auto")
        parser.add_argument("--worst-share", type=float, help="plan for the worst of the draws, such as 0.2 of them")
        parser.add_argument("--seed", type=int, default=0, help="settles the chance in --method bandit")

    def perform(self, options: dict[str, Any]) -> dict[str, Any]:
        started = time.perf_counter()
        document = _document(options["problem"])
        if options["worst_share"] is not None and isinstance(document, dict):
            document["risk"] = {"worst_share": options["worst_share"]}
        problem = problem_from_json(document)
        allocation = allocate(problem=problem, method=options["method"], seed=options["seed"])
        return allocation_to_json(allocation=allocation) | {"seconds": round(time.perf_counter() - started, 4)}


def _document(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ProblemError(
            "The file cannot be read", f"{error.strerror}. Give the path of a JSON file.", str(path)
        ) from (error)
    except ValueError as error:
        raise ProblemError("This is not JSON", f"{error}.", str(path)) from error

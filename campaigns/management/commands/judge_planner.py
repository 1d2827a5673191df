"""Judge the planner in worlds whose truth is known: ``judge_planner --worlds 30 --seed 1 --json``."""

import time
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from campaigns.judging.judgement import judge_planner
from tenants.command import ServiceCommand


class Command(ServiceCommand):
    help = "Realised margin, coverage, regret and iROAS accuracy of the planner and of heuristics, simulated."
    refusals = (ValueError,)

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--worlds", type=int, default=30)
        parser.add_argument("--seed", type=int, default=1, help="number of the first world")
        parser.add_argument("--method", default="auto", choices=["auto", "convex", "lp"])

    def perform(self, options: dict[str, Any]) -> dict[str, Any]:
        started = time.perf_counter()
        judgement = judge_planner(worlds=options["worlds"], seed=options["seed"], method=options["method"])
        return {"simulated": True} | asdict(judgement) | {"seconds": round(time.perf_counter() - started, 1)}

    def describe(self, answer: dict[str, Any]) -> str:
        lines = [
            f"{answer['worlds']} simulated worlds from number {answer['seed']}; means with 95% bootstrap intervals"
        ]
        for title in (
            "share_of_oracle",
            "gain_over_attributed_roas",
            "regret",
            "coverage",
            "cell_coverage",
            "iroas_error",
            "iroas_gain",
        ):
            lines.append(title.replace("_", " "))
            lines += [
                f"  {name:26} {found['mean']:14.3f} [{found['low']:.3f}, {found['high']:.3f}]"
                for name, found in answer[title].items()
            ]
        return "\n".join(lines)

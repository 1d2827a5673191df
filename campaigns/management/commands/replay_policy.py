"""Shares for tomorrow from a bandit log: ``manage.py replay_policy LOG.csv --floor 0.05 --change 0.2 --json``."""

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from campaigns.bandits.decisions import BanditRefused
from campaigns.bandits.reallocation import Guardrails
from campaigns.services.bandit_files import LogColumns, ReplayWish, replay_file
from tenants.command import ServiceCommand


class Command(ServiceCommand):
    help = "Shares inside guardrails, and what they would have earned by IPW, SNIPW, DM and DR with intervals."
    refusals = (BanditRefused,)

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("data", type=Path, metavar="LOG.csv", help="one row a decision, oldest first")
        parser.add_argument("--arm", default="arm", help="column of what was chosen")
        parser.add_argument("--reward", default="reward", help="column of what it brought")
        parser.add_argument("--propensity", default="propensity", help="column of the chance it was chosen with")
        parser.add_argument("--time", default="", help="column to put rows in order by")
        parser.add_argument("--floor", type=float, default=0.0, help="least share of an arm")
        parser.add_argument("--cap", type=float, default=1.0, help="most share of an arm")
        parser.add_argument(
            "--change", type=float, default=0.2, help="largest gain or loss, as a share of the arm's own"
        )
        parser.add_argument("--confidence", type=float, default=0.9)
        parser.add_argument("--seed", type=int, default=0)

    def perform(self, options: dict[str, Any]) -> dict[str, Any]:
        started = time.perf_counter()
        wish = ReplayWish(
            columns=LogColumns(**{name: options[name] for name in LogColumns.__dataclass_fields__}),
            guardrails=Guardrails(**{name: options[name] for name in Guardrails.__dataclass_fields__}),
            confidence=options["confidence"],
            seed=options["seed"],
        )
        answer = replay_file(path=options["data"], wish=wish)
        return answer | {"seconds": round(time.perf_counter() - started, 4)}

    def describe(self, answer: dict[str, Any]) -> str:
        arms = "\n".join(f"  {one['name']}: {one['current']:.1%} → {one['shares']:.1%}" for one in answer["arms"])
        return f"{answer['claim']}\nShares, today → proposed:\n{arms}"

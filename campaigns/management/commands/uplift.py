"""Whom ads move: ``manage.py uplift DATA.csv --treatment treated --outcome bought --json``."""

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from campaigns.services.uplift_files import TrialColumns, UpliftWish, uplift_of_file
from campaigns.uplift.learners import LEARNERS
from campaigns.uplift.targeting import Offer
from campaigns.uplift.trial import UpliftRefused
from tenants.command import ServiceCommand


class Command(ServiceCommand):
    help = "Effects by person from a randomised trial, judged out of fold; with a budget, whom to treat."
    refusals = (UpliftRefused,)

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("data", type=Path, metavar="DATA.csv", help="one row a person")
        parser.add_argument("--treatment", default="treated", help="column of 1 and 0, drawn by chance")
        parser.add_argument("--outcome", default="outcome", help="column of 1 and 0, or of an amount")
        parser.add_argument("--features", nargs="+", default=[], help="columns known beforehand; all others if none")
        parser.add_argument("--learner", choices=list(LEARNERS), default="dr", help="the one used for targeting")
        parser.add_argument("--share", type=float, help="chance of treatment as designed; the share found if not given")
        parser.add_argument("--confidence", type=float, default=0.9)
        parser.add_argument("--seed", type=int, default=0)
        offer = parser.add_argument_group("targeting", "all three, or none")
        offer.add_argument("--budget", type=float)
        offer.add_argument("--cost", type=float, help="per person treated")
        offer.add_argument("--value", type=float, help="margin of one more unit of the outcome")
        offer.add_argument("--currency", default="USD")
        offer.add_argument(
            "--audience", type=int, help="people there are to treat; the trial's own number if not given"
        )

    def perform(self, options: dict[str, Any]) -> dict[str, Any]:
        started = time.perf_counter()
        wish = UpliftWish(
            columns=TrialColumns(
                treatment=options["treatment"], outcome=options["outcome"], features=tuple(options["features"])
            ),
            learner=options["learner"],
            share=options["share"],
            offer=_offer(options),
            confidence=options["confidence"],
            seed=options["seed"],
        )
        answer = uplift_of_file(path=options["data"], wish=wish, progress=_nobody_watches)
        return answer | {"seconds": round(time.perf_counter() - started, 4)}

    def describe(self, answer: dict[str, Any]) -> str:
        used, targeting = answer["learners"][answer["learner"]], answer["targeting"]
        low, high = used["average_interval"]
        told = f"{used['name']}: {answer['claim']}\nAverage effect {used['average']:.4f} ({low:.4f} to {high:.4f})"
        low, high = used["qini_interval"]
        told += f"\nQini {used['qini']:.5f} ({low:.5f} to {high:.5f})"
        if targeting:
            low, high = targeting["gain_interval"]
            told += f"\n{targeting['claim']} Gain {targeting['gain']:,.0f} ({low:,.0f} to {high:,.0f})"
        return told


def _offer(options: dict[str, Any]) -> Offer | None:
    asked = {name: options[name] for name in ("budget", "cost", "value")}
    given = [name for name, value in asked.items() if value is not None]
    if not given:
        return None
    if len(given) < len(asked):
        missing = ", ".join(f"--{name}" for name in asked if name not in given)
        raise UpliftRefused("The offer is not complete", f"Targeting also needs {missing}.", missing)
    return Offer(**asked, currency=options["currency"], audience=options["audience"])


def _nobody_watches(percent: float, step: str) -> None:
    """Progress of a run that nobody follows."""

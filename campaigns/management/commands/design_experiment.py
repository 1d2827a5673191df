"""Design an experiment: ``manage.py design_experiment DATA.csv --design geo … --json``."""

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from campaigns.measurement.analysis import METHODS
from campaigns.measurement.design.markets import Wish
from campaigns.measurement.panel import MeasurementRefused
from campaigns.services.experiment_designs import (
    GeoRequest,
    PacingRequest,
    design_geo_test,
    design_holdout_test,
    design_pacing_test,
    design_switchback_test,
)
from campaigns.services.experiment_files import ExperimentColumns
from tenants.command import ServiceCommand


class Command(ServiceCommand):
    help = "Who is treated, for how long, and what lift could be seen; frozen with a digest."
    refusals = (MeasurementRefused,)

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "data", type=Path, nargs="?", metavar="DATA.csv", help="geo, pacing: a row per unit and period"
        )
        parser.add_argument("--design", choices=["geo", "switchback", "holdout", "pacing"], default="geo")
        parser.add_argument("--alpha", type=float, default=0.1)
        parser.add_argument("--power", type=float, default=0.8)
        parser.add_argument("--seed", type=int, default=0)
        parser.add_argument("--periods", type=int, default=28, help="geo and switchback: length of the test")
        geo = parser.add_argument_group("geo")
        geo.add_argument("--unit", default="unit")
        geo.add_argument("--time", default="time")
        geo.add_argument("--outcome", default="outcome")
        geo.add_argument("--sizes", type=int, nargs="+", default=[5, 10, 15], help="how many markets may be treated")
        geo.add_argument("--method", choices=sorted(set(METHODS) - {"trimmed_match"}), default="tbr")
        geo.add_argument("--candidates", type=int, default=1000, help="sets of markets to screen")
        geo.add_argument("--expected-iroas", type=float)
        switchback = parser.add_argument_group("switchback")
        switchback.add_argument("--block", type=int, default=2, help="periods a block lasts")
        switchback.add_argument("--washout", type=int, default=0, help="periods unread after a switch")
        pacing = parser.add_argument_group("pacing", "with the columns of geo")
        pacing.add_argument("--daily-budget", type=float, default=0.0, help="usual spend of a day")
        pacing.add_argument("--swing", type=float, default=0.3, help="how much more and less, as a share")
        holdout = parser.add_argument_group("holdout")
        holdout.add_argument("--base-rate", type=float, default=0.02, help="conversions per person without ads")
        holdout.add_argument("--lift", type=float, default=0.05, help="smallest relative lift worth seeing")
        holdout.add_argument("--holdout-share", type=float, default=0.1)

    def perform(self, options: dict[str, Any]) -> dict[str, Any]:
        started = time.perf_counter()
        return _design(options) | {"seconds": round(time.perf_counter() - started, 4)}


def _design(options: dict[str, Any]) -> dict[str, Any]:
    if options["design"] == "switchback":
        return design_switchback_test(**{name: options[name] for name in ("periods", "block", "washout", "seed")})
    if options["design"] == "holdout":
        names = ("base_rate", "lift", "holdout_share", "power", "alpha")
        return design_holdout_test(**{name: options[name] for name in names})
    if options["data"] is None:
        raise MeasurementRefused("There is no history", "Name a CSV file of units over time.", "DATA.csv")
    columns = ExperimentColumns(unit=options["unit"], time=options["time"], outcome=options["outcome"])
    if options["design"] == "pacing":
        request = PacingRequest(**{name: options[name] for name in PacingRequest.__dataclass_fields__})
        return design_pacing_test(path=options["data"], columns=columns, request=request)
    wish = Wish(
        sizes=tuple(options["sizes"]),
        periods=options["periods"],
        alpha=options["alpha"],
        power=options["power"],
        expected_iroas=options["expected_iroas"],
    )
    return design_geo_test(
        path=options["data"],
        columns=columns,
        request=GeoRequest(wish=wish, method=options["method"], candidates=options["candidates"], seed=options["seed"]),
    )

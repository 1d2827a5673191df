"""Read an experiment from a file: ``manage.py analyze_experiment DATA.csv --method sdid … --json``."""

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import numpy as np

from campaigns.measurement.analysis import METHODS, analyze
from campaigns.measurement.panel import MeasurementRefused
from campaigns.measurement.readout_json import readout_to_json
from campaigns.services.experiment_files import ExperimentColumns, ExperimentWindow, read_experiment
from tenants.command import ServiceCommand

ADDING_UP = ("tbr", "trimmed_match")
SAME_DAYS = (
    "If the treated units were chosen for how they fit the days before the start, the interval is too narrow: give "
    "--read-from with the read_from of the design, so that other days are compared with."
)


class Command(ServiceCommand):
    help = "What the treatment added, with an interval, iROAS and a verdict in words."
    refusals = (MeasurementRefused,)

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("data", type=Path, metavar="DATA.csv", help="one row per unit and period")
        parser.add_argument("--design", choices=["geo"], default="geo")
        parser.add_argument("--method", choices=sorted(METHODS), default="sdid")
        parser.add_argument("--unit", required=True, help="column of the unit")
        parser.add_argument("--time", required=True, help="column of the period: whole numbers or ISO dates")
        parser.add_argument("--outcome", required=True, help="column of the outcome")
        parser.add_argument("--cost", help="column of the advertising cost")
        parser.add_argument("--pair", help="column of the pair")
        parser.add_argument("--arm", help="column of the arm: treatment or control")
        parser.add_argument("--treated", default="", help="treated units, separated by commas")
        parser.add_argument("--start", required=True, help="first period of the test")
        parser.add_argument("--end", help="last period of the test")
        parser.add_argument("--read-from", help="first period compared with: the read_from of the design")
        parser.add_argument("--confidence", type=float, default=0.9)
        parser.add_argument("--seed", type=int, default=0, help="of placebo draws and posterior draws")
        parser.add_argument("--absent-is-zero", action="store_true", help="absent rows count as zero")

    def perform(self, options: dict[str, Any]) -> dict[str, Any]:
        started = time.perf_counter()
        columns = ExperimentColumns(**{name: options[name] for name in ExperimentColumns.__dataclass_fields__})
        panel, pairs = read_experiment(
            path=options["data"],
            columns=columns,
            window=ExperimentWindow(start=options["start"], end=options["end"], first=options["read_from"]),
            treated=tuple(name.strip() for name in options["treated"].split(",") if name.strip()),
            absent_is_zero=options["absent_is_zero"] or options["method"] in ADDING_UP,
        )
        readout = analyze(
            panel=panel,
            method=options["method"],
            confidence=options["confidence"],
            rng=np.random.default_rng(options["seed"]),
            pairs=pairs,
        )
        answer = readout_to_json(readout=readout, times=panel.times, start=panel.start)
        if options["read_from"] is None:
            answer["notes"] = [*answer["notes"], SAME_DAYS]
        return answer | {"seconds": round(time.perf_counter() - started, 4)}

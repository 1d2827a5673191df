"""Forecast demand: ``manage.py forecast DATA.csv --date day --units units --item sku --horizon 28 --json``."""

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from campaigns.forecasting.history import ForecastRefused
from campaigns.services.forecast_files import DemandColumns, forecast_file
from tenants.command import ServiceCommand


class Command(ServiceCommand):
    help = "Units a day ahead with intervals, beside last week's same day; and whether the stock lasts."
    refusals = (ForecastRefused,)

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("data", type=Path, metavar="DATA.csv", help="one row per item and day")
        parser.add_argument("--date", required=True, help="column of the day, as 2026-06-01")
        parser.add_argument("--units", required=True, help="column of units sold")
        parser.add_argument("--item", help="column of the item")
        parser.add_argument("--promo", help="column that says whether the item was on promotion")
        parser.add_argument("--stock", help="column of stock at the end of the day; zero is sold out")
        parser.add_argument("--on-hand", type=float, help="stock now, where no column tells")
        parser.add_argument("--horizon", type=int, default=28)
        parser.add_argument("--confidence", type=float, default=0.9)
        parser.add_argument("--seed", type=int, default=0)

    def perform(self, options: dict[str, Any]) -> dict[str, Any]:
        started = time.perf_counter()
        answer = forecast_file(
            path=options["data"],
            columns=DemandColumns(**{name: options[name] for name in DemandColumns.__dataclass_fields__}),
            horizon=options["horizon"],
            on_hand=options["on_hand"],
            confidence=options["confidence"],
            seed=options["seed"],
        )
        return answer | {"seconds": round(time.perf_counter() - started, 4)}

"""Forecast demand: ``forecast DATA.csv --date day --units units --json``, or ``forecast --tenant acme --sku OWN-1``."""

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django_tenants.utils import tenant_context

from campaigns.forecasting.history import ForecastRefused
from campaigns.services.forecast_files import DemandColumns, forecast_file
from campaigns.services.forecasts import ForecastWish, forecast_product
from harmonization.models import Product
from tenants.command import ServiceCommand
from tenants.models import Tenant


class Command(ServiceCommand):
    help = "Units a day ahead with intervals, beside last week's same day; and whether the stock lasts."
    refusals = (ForecastRefused, Tenant.DoesNotExist)

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("data", type=Path, nargs="?", metavar="DATA.csv", help="one row per item and day")
        parser.add_argument(
            "--tenant", default="", help="slug: forecast a product from loaded demand instead of a file"
        )
        parser.add_argument("--sku", default="", help="with --tenant: the product's SKU")
        parser.add_argument("--retailer", default="", help="with --tenant: at which; the one with most days if empty")
        parser.add_argument("--date", default="", help="column of the day, as 2026-06-01")
        parser.add_argument("--units", default="", help="column of units sold")
        parser.add_argument("--item", help="column of the item")
        parser.add_argument("--promo", help="column that says whether the item was on promotion")
        parser.add_argument("--stock", help="column of stock at the end of the day; zero is sold out")
        parser.add_argument("--on-hand", type=float, help="stock now, where no column tells")
        parser.add_argument("--horizon", type=int, default=28)
        parser.add_argument("--confidence", type=float, default=0.9)
        parser.add_argument("--seed", type=int, default=0)

    def perform(self, options: dict[str, Any]) -> dict[str, Any]:
        started = time.perf_counter()
        answer = _of_product(options) if options["tenant"] else _of_file(options)
        return answer | {"seconds": round(time.perf_counter() - started, 4)}


def _of_file(options: dict[str, Any]) -> dict[str, Any]:
    for name, given in (("DATA.csv", options["data"]), ("--date", options["date"]), ("--units", options["units"])):
        if not given:
            raise ForecastRefused("The question is not complete", f"Give {name}, or --tenant and --sku.", name)
    return forecast_file(
        path=options["data"],
        columns=DemandColumns(**{name: options[name] for name in DemandColumns.__dataclass_fields__}),
        horizon=options["horizon"],
        on_hand=options["on_hand"],
        confidence=options["confidence"],
        seed=options["seed"],
    )


def _of_product(options: dict[str, Any]) -> dict[str, Any]:
    with tenant_context(Tenant.objects.live().get(slug=options["tenant"])):
        product = Product.objects.filter(sku__iexact=options["sku"]).prefetch_related("codes").first()
        if product is None:
            raise ForecastRefused("There is no such product", f"No product has the SKU “{options['sku']}”.", "--sku")
        wish = ForecastWish(**{name: options[name] for name in ForecastWish.__dataclass_fields__})
        return forecast_product(product=product, wish=wish)

"""How long stock lasts: ``stock --tenant acme --horizon 28 --json``; telling it: ``--load COUNTS.csv``."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.utils import timezone
from django_tenants.utils import tenant_context

from campaigns.forecasting.history import ForecastRefused
from campaigns.services.stock import StockWish, stock_list, stock_outlooks
from campaigns.services.stock_counts import StockRefused, counts_of_csv, keep_counts
from tenants.command import ServiceCommand
from tenants.models import Tenant


class Command(ServiceCommand):
    help = "Units on hand, days of cover and the day each item runs out, with intervals; --load keeps counts first."
    refusals = (ForecastRefused, StockRefused, Tenant.DoesNotExist)

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--tenant", required=True, help="slug")
        parser.add_argument("--load", type=Path, metavar="COUNTS.csv", help="columns retailer, item, units, day")
        parser.add_argument("--retailer", default="")
        parser.add_argument("--search", default="", help="text in the item's id")
        parser.add_argument("--horizon", type=int, default=28)
        parser.add_argument("--confidence", type=float, default=0.9)
        parser.add_argument("--limit", type=int, default=50, help="items forecast, those that earn most first")

    def perform(self, options: dict[str, Any]) -> dict[str, Any]:
        wish = StockWish(**{name: options[name] for name in StockWish.__dataclass_fields__})
        with tenant_context(Tenant.objects.live().get(slug=options["tenant"])):
            kept = _load(options["load"]) if options["load"] else 0
            found = stock_list(wish=wish)
            keys = found.keys[: max(0, options["limit"])]
            rows = stock_outlooks(window=found.window, keys=keys, wish=wish) if found.window else []
        return {"kept": kept, "items": len(found.keys), "stock": rows}

    def describe(self, answer: dict[str, Any]) -> str:
        lines = [f"{answer['items']} items"]
        for row in answer["stock"]:
            ends = row["outlook"] and row["outlook"]["runs_out"]
            said = f"runs out {ends['day'] or 'later'} ({ends['low']} to {ends['high']})" if ends else row["reason"]
            lines.append(f"  {row['retailer']} {row['item']}: {row['on_hand']} on hand; {said}")
        return "\n".join(lines)


def _load(path: Path) -> int:
    today = timezone.localdate()
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise StockRefused("The file cannot be read", str(error), str(path)) from error
    counts = counts_of_csv(lines=text.splitlines(), today=today)
    return keep_counts(counts=counts, source=path.name, by=None, today=today)

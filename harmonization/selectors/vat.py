"""Whether retailers' costs hold value-added tax, as the mappings of their imports say, and costs without it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from harmonization.comparison.vat import net_of_vat, vat_label
from harmonization.models import ImportRun
from harmonization.selectors.facts import RetailerPerformance


@dataclass(frozen=True, kw_only=True)
class RetailerVat:
    """One retailer's tax: ``label`` in words, and its spend without tax, None where that is not known."""

    retailer_name: str
    label: str
    net_spend: Decimal | None


def vat_differences(*, retailers: Iterable[RetailerPerformance], start: date, end: date) -> tuple[RetailerVat, ...]:
    """Each retailer's tax where they are not all alike; empty where they are, or none says anything."""
    stated = _stated(start=start, end=end)
    found = [(one, stated.get(one.retailer_id, {(None, None)})) for one in retailers]
    if len({frozenset(ways) for _, ways in found}) <= 1 and all(len(ways) == 1 for _, ways in found):
        return ()
    return tuple(_retailer(one, ways) for one, ways in found)


Way = tuple[bool | None, Decimal | None]


def _stated(*, start: date, end: date) -> dict[str, set[Way]]:
    """The ways in which the imports of each retailer mean their cost."""
    ways: dict[str, set[Way]] = {}
    runs = ImportRun.objects.done().about_period(start, end).order_by().values_list("retailers", "conventions")
    for retailers, conventions in runs:
        rate = conventions.get("vat_rate")
        way = (conventions.get("vat_included"), Decimal(rate) if rate else None)
        for retailer_id in retailers:
            ways.setdefault(retailer_id, set()).add(way)
    return ways


def _retailer(one: RetailerPerformance, ways: set[Way]) -> RetailerVat:
    if len(ways) > 1:
        return RetailerVat(retailer_name=one.retailer_name, label="differs by import", net_spend=None)
    ((included, rate),) = ways
    net = net_of_vat(amount=one.performance.spend, included=included, rate=rate)
    return RetailerVat(retailer_name=one.retailer_name, label=vat_label(included=included, rate=rate), net_spend=net)

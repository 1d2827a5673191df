"""How much of what retailers report is joined to products: by items, by rows, by spend, per retailer and currency."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, kw_only=True)
class ReportedItem:
    """What was reported about one item of a retailer, in one currency, and whether it is joined."""

    retailer_id: str
    retailer_name: str
    currency: str
    rows: int
    spend: Decimal
    is_joined: bool


@dataclass(frozen=True, kw_only=True)
class JoinRate:
    """Shares of one retailer, or of all in one currency; a share of nothing is None."""

    retailer_id: str
    retailer_name: str
    currency: str
    items: int
    joined_items: int
    rows: int
    joined_rows: int
    spend: Decimal
    joined_spend: Decimal

    @property
    def by_items(self) -> Decimal | None:
        return _share(self.joined_items, self.items)

    @property
    def by_rows(self) -> Decimal | None:
        return _share(self.joined_rows, self.rows)

    @property
    def by_spend(self) -> Decimal | None:
        return _share(self.joined_spend, self.spend)


def join_rates(*, items: Iterable[ReportedItem]) -> tuple[JoinRate, ...]:
    """One line a retailer and currency, highest unjoined spend first; currencies are never added up."""
    groups: dict[tuple[str, str], list[ReportedItem]] = {}
    for one in items:
        groups.setdefault((one.retailer_id, one.currency), []).append(one)
    rates = [_rate(group) for group in groups.values()]
    return tuple(sorted(rates, key=lambda one: (one.joined_spend - one.spend, one.retailer_id, one.currency)))


def _rate(group: list[ReportedItem]) -> JoinRate:
    joined = [one for one in group if one.is_joined]
    return JoinRate(
        retailer_id=group[0].retailer_id,
        retailer_name=group[0].retailer_name,
        currency=group[0].currency,
        items=len(group),
        joined_items=len(joined),
        rows=sum(one.rows for one in group),
        joined_rows=sum(one.rows for one in joined),
        spend=sum((one.spend for one in group), Decimal(0)),
        joined_spend=sum((one.spend for one in joined), Decimal(0)),
    )


def _share(part: Decimal | int, whole: Decimal | int) -> Decimal | None:
    return Decimal(part) / Decimal(whole) if whole else None

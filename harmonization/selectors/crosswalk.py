"""How much is joined to products, what is not, and which items wait for a person.

An item counts as joined where its retailer's id leads to one product: codes that other keys gave, or that a person
confirmed, are kept as item ids too, so that facts join by one look-up and are never rewritten.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import polars as pl
from django.db.models import Exists, OuterRef, QuerySet

from harmonization.crosswalk.join_rate import JoinRate, ReportedItem, join_rates
from harmonization.crosswalk.keys import CodeKind, KnownCode, RetailerItem
from harmonization.models import CrosswalkCandidate, Product, ProductCode
from harmonization.pipeline.dataset import scan_events
from tenants.database.current import connection

DERIVED = "joined by "
JOINED_ITEMS = """
    SELECT retailer_id, code, (array_agg(product_id ORDER BY confirmed_at IS NULL))[1] AS product_id
    FROM harmonization_productcode WHERE kind = 'item_id' GROUP BY retailer_id, code
    HAVING count(DISTINCT product_id) FILTER (WHERE confirmed_at IS NOT NULL) = 1 OR count(DISTINCT product_id) = 1
"""
ITEMS = """
    WITH joined AS (:joined), item AS (
        SELECT retailer_id, sku_id, currency, max(retailer_name) AS retailer_name, max(product_name) AS product_name,
               max(brand) AS brand, count(*) AS rows, sum(cost) AS spend
        FROM harmonization_dailyfact WHERE superseded_by_id IS NULL AND sku_id <> ''
        GROUP BY retailer_id, sku_id, currency
    )
    SELECT item.retailer_id, item.sku_id, item.currency, item.retailer_name, item.product_name, item.brand, item.rows,
           item.spend, joined.product_id
    FROM item LEFT JOIN joined ON joined.retailer_id = item.retailer_id AND joined.code = lower(item.sku_id)
    ORDER BY item.retailer_id, item.sku_id, item.currency
""".replace(":joined", JOINED_ITEMS)
WITHOUT_ITEM = """
    SELECT currency, count(*), sum(cost) FROM harmonization_dailyfact
    WHERE superseded_by_id IS NULL AND sku_id = '' GROUP BY currency ORDER BY currency
"""
IDENTIFIERS = ("gtin", "seller_sku", "mpn")


@dataclass(frozen=True, kw_only=True)
class FactItem:
    """An item as facts report it in one currency, and the product it is joined to."""

    retailer_id: str
    item_id: str
    currency: str
    retailer_name: str
    name: str
    brand: str
    rows: int
    spend: Decimal
    product_id: int | None


@dataclass(frozen=True, kw_only=True)
class WithoutItem:
    """Facts that name no item, such as those of a campaign; no crosswalk can join them."""

    currency: str
    rows: int
    spend: Decimal


def fact_items() -> tuple[FactItem, ...]:
    """Every item of current facts with its rows, spend and product."""
    with connection.cursor() as cursor:
        cursor.execute(ITEMS)
        return tuple(
            FactItem(
                retailer_id=row[0],
                item_id=row[1],
                currency=row[2],
                retailer_name=row[3],
                name=row[4],
                brand=row[5],
                rows=row[6],
                spend=row[7],
                product_id=row[8],
            )
            for row in cursor.fetchall()
        )


def join_rate() -> tuple[JoinRate, ...]:
    """The join rate of each retailer and currency, most unjoined spend first."""
    reported = (
        ReportedItem(
            retailer_id=one.retailer_id,
            retailer_name=one.retailer_name,
            currency=one.currency,
            rows=one.rows,
            spend=one.spend,
            is_joined=one.product_id is not None,
        )
        for one in fact_items()
    )
    return join_rates(items=reported)


def facts_without_item() -> tuple[WithoutItem, ...]:
    """Rows and spend by currency that name no item."""
    with connection.cursor() as cursor:
        cursor.execute(WITHOUT_ITEM)
        return tuple(WithoutItem(currency=row[0], rows=row[1], spend=row[2]) for row in cursor.fetchall())


def waiting_candidates(*, retailer_id: str = "", least: float = 0.0) -> QuerySet[CrosswalkCandidate]:
    """Pending candidates of items nobody has confirmed yet, highest spend first; an item's own best first."""
    confirmed = CrosswalkCandidate.objects.filter(
        retailer_id=OuterRef("retailer_id"), item_id=OuterRef("item_id"), state=CrosswalkCandidate.State.CONFIRMED
    )
    rows = CrosswalkCandidate.objects.pending().at_least(least).exclude(Exists(confirmed)).select_related("product")
    return rows.filter(retailer_id=retailer_id) if retailer_id else rows


def suggested(*, least: float) -> QuerySet[CrosswalkCandidate]:
    """What a bulk confirmation would take: the best candidate of each item, without conflicts, sure enough."""
    return waiting_candidates(least=least).filter(rank=1, is_conflict=False).order_by("-confidence", "pk")


def known_codes() -> Iterator[KnownCode]:
    """Every code that leads to a product, the tenant's own SKU among them; those derived from others left out."""
    for sku in Product.objects.values_list("sku", flat=True).iterator(chunk_size=5000):
        yield KnownCode(sku=sku, kind=CodeKind.SELLER_SKU, code=sku)
    codes = ProductCode.objects.exclude(source__startswith=DERIVED)
    columns = ("product__sku", "kind", "code", "retailer_id", "confirmed_at")
    for sku, kind, code, retailer_id, confirmed_at in codes.values_list(*columns).iterator(chunk_size=5000):
        yield KnownCode(
            sku=sku,
            kind=CodeKind(kind),
            code=code,
            retailer_id=retailer_id,
            is_confirmed=confirmed_at is not None,
        )


def retailer_items(*, items: tuple[FactItem, ...], events: Path) -> tuple[RetailerItem, ...]:
    """The items of facts with the GTIN, seller SKU and MPN that event rows give of them, where they agree on one."""
    found = _identifiers(events)
    keys = dict.fromkeys((one.retailer_id, one.item_id) for one in items)
    named = {(one.retailer_id, one.item_id): one for one in items}
    return tuple(
        RetailerItem(
            retailer_id=retailer_id,
            item_id=item_id,
            name=named[retailer_id, item_id].name,
            brand=named[retailer_id, item_id].brand,
            **found.get((retailer_id, item_id), {}),
        )
        for retailer_id, item_id in keys
    )


def _identifiers(events: Path) -> dict[tuple[str, str], dict[str, str]]:
    texts = [pl.col(name).cast(pl.String) for name in ("retailer_id", "sku_id", *IDENTIFIERS)]
    one = [
        pl.when(pl.col(name).drop_nulls().n_unique() == 1).then(pl.col(name).drop_nulls().first()).alias(name)
        for name in IDENTIFIERS
    ]
    grouped = (
        scan_events(events)
        .select(texts)
        .filter(pl.col("sku_id").is_not_null())
        .group_by("retailer_id", "sku_id")
        .agg(one)
    )
    return {
        (row["retailer_id"], row["sku_id"]): {name: row[name] for name in IDENTIFIERS if row[name]}
        for row in grouped.collect(engine="streaming").iter_rows(named=True)
    }

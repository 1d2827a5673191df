"""Products with what is known of them: codes, demand, in-store placements, and facts joined to their SKU."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Case, Q, QuerySet, When
from django.db.models.functions import Lower

from harmonization.crosswalk.keys import CodeKind
from harmonization.models import Audience, DemandDay, InStorePlacement, PolicyTerm, Product, ProductCode
from harmonization.selectors.crosswalk import JOINED_ITEMS
from tenants.database.current import connection

PLACEMENT_WEEKS = 12
PERFORMANCE = """
    WITH joined AS (:joined)
    SELECT product.sku, product.name, fact.retailer_id, max(fact.retailer_name), fact.currency, count(*),
           sum(fact.impressions), sum(fact.clicks), sum(fact.cost), sum(fact.revenue), sum(fact.units),
           min(fact.event_date), max(fact.event_date), fact.attribution_window_days, fact.touch, fact.scope
    FROM harmonization_dailyfact AS fact
    JOIN joined ON joined.retailer_id = fact.retailer_id AND joined.code = lower(fact.sku_id)
    JOIN harmonization_product AS product ON product.id = joined.product_id
    WHERE fact.superseded_by_id IS NULL AND fact.event_date BETWEEN %s AND %s AND (%s = '' OR product.sku = %s)
    GROUP BY product.sku, product.name, fact.retailer_id, fact.currency, fact.attribution_window_days, fact.touch,
             fact.scope
    ORDER BY sum(fact.cost) DESC, product.sku, fact.retailer_id, fact.currency
    LIMIT %s
""".replace(":joined", JOINED_ITEMS)
MOST_ROWS = 1000


@dataclass(frozen=True, kw_only=True)
class ProductPerformance:
    """What ads did for a product at one retailer in one currency, from facts joined to its SKU.

    Outcomes of another window, touch or scope stand in a line of their own; they are never added up.
    """

    sku: str
    name: str
    retailer_id: str
    retailer_name: str
    currency: str
    rows: int
    impressions: int
    clicks: int
    cost: Decimal
    revenue: Decimal
    units: Decimal
    first_day: date
    last_day: date
    window_days: int | None
    touch: str
    scope: str


def products(*, search: str = "") -> QuerySet[Product]:
    """All products, or those a text finds."""
    return Product.objects.matching(search.strip()) if search.strip() else Product.objects.all()


def find_product(*, product_id: int) -> Product | None:
    """The product with its codes at hand."""
    return Product.objects.prefetch_related("codes__confirmed_by").filter(pk=product_id).first()


def performance_by_product(
    *, start: date = date.min, end: date = date.max, sku: str = "", limit: int = MOST_ROWS
) -> tuple[ProductPerformance, ...]:
    """Facts joined to the tenant's SKUs where known, highest cost first; facts themselves are not touched.

    Facts of items that no product is known for are left out; ``join_rate`` tells how many.
    """
    with connection.cursor() as cursor:
        cursor.execute(PERFORMANCE, [start, end, sku, sku, limit])
        return tuple(
            ProductPerformance(
                sku=row[0],
                name=row[1],
                retailer_id=row[2],
                retailer_name=row[3],
                currency=row[4],
                rows=row[5],
                impressions=row[6],
                clicks=row[7],
                cost=row[8],
                revenue=row[9],
                units=row[10],
                first_day=row[11],
                last_day=row[12],
                window_days=row[13],
                touch=row[14],
                scope=row[15],
            )
            for row in cursor.fetchall()
        )


def demand_of(*, product: Product) -> QuerySet[DemandDay]:
    """Current days of demand of a product, by its retailers' item ids or its own SKU, oldest first."""
    rows = DemandDay.objects.current().annotate(item=Lower("sku_id"))
    return rows.filter(_items_of(product)).order_by("event_date", "retailer_id")


def placements_of(*, product: Product, weeks: int = PLACEMENT_WEEKS) -> list[InStorePlacement]:
    """Where it stood in stores in its last weeks, newest first."""
    rows = InStorePlacement.objects.current().annotate(item=Lower("sku_id")).filter(_items_of(product))
    days = rows.order_by("-week_start").values_list("week_start", flat=True).distinct()[:weeks]
    return list(rows.filter(week_start__in=list(days)).order_by("-week_start", "-stores"))


def demand_days(*, sku: str = "") -> QuerySet[DemandDay]:
    """Current days of demand, newest first; of one item where a SKU is given."""
    rows = DemandDay.objects.current().order_by("-id")
    return rows.filter(sku_id=sku) if sku else rows


def audiences() -> QuerySet[Audience]:
    """All audiences, by retailer and name."""
    return Audience.objects.all()


def policy_terms(*, kind: str = "", retailer_id: str = "", term: int | None = None) -> QuerySet[PolicyTerm]:
    """Terms of all policy documents, by retailer and document; ``term`` is the one row that somebody cites."""
    rows = PolicyTerm.objects.select_related("document").order_by("document__retailer_id", "document", "kind", "pk")
    rows = rows.filter(kind=kind) if kind else rows
    rows = rows.filter(pk=term) if term else rows
    return rows.filter(document__retailer_id=retailer_id) if retailer_id else rows


def confirmed_codes() -> QuerySet[ProductCode]:
    """Item ids that lead to products, for export, with ``item_id`` as its source spells it."""
    item_id = Case(When(spelling="", then="code"), default="spelling")
    rows = ProductCode.objects.filter(kind=CodeKind.ITEM_ID).annotate(item_id=item_id).select_related("product")
    return rows.order_by("retailer_id", "code", "product__sku")


def _items_of(product: Product) -> Q:
    """Rows of the product: its item ids at their retailers, and its own SKU anywhere no retailer has another for it."""
    found = Q(item=product.sku.lower())
    for code in product.codes.all():
        if code.kind == CodeKind.ITEM_ID:
            found |= Q(retailer_id=code.retailer_id, item=code.code)
    return found

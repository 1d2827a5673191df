"""Join items to products by their codes and propose candidates for the rest: operations of kind ``crosswalk``."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from harmonization.crosswalk.candidates import Candidate, propose
from harmonization.crosswalk.keys import CodeKind, Join, JoinState, RetailerItem, index_codes, join_by_keys, normal_code
from harmonization.crosswalk.names import Named
from harmonization.models import CrosswalkCandidate, Product, ProductCode
from harmonization.selectors.crosswalk import DERIVED, FactItem, fact_items, known_codes, retailer_items
from harmonization.services.copying import queue_up
from harmonization.services.products import LOCK_NAMESPACE
from harmonization.services.uploads import tenant_folder
from tenants.models import Operation, User
from tenants.services.audit import record_event
from tenants.services.operation_runs import Effect, OperationRun, Outcome
from tenants.services.operations import start_operation

BATCH = 2000
Key = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Spend:
    """What was spent on an item, in the currency where most was."""

    amount: Decimal
    currency: str


def request_crosswalk(*, by: User | None) -> Operation:
    """Queue a look at all items; where one is under way already, that one."""
    unfinished = Operation.objects.unfinished().filter(kind="crosswalk").first()
    if unfinished is not None:
        return unfinished
    return start_operation(kind="crosswalk", title="Join items to products", by=by, parameters={})


def perform_crosswalk(run: OperationRun) -> Effect:
    """Join by codes and propose by names; the effect replaces derived codes and pending candidates."""
    run.progress(5, "Reading items and codes")
    items = fact_items()
    given = retailer_items(items=items, events=tenant_folder() / "rmis" / "events")
    joins = join_by_keys(items=given, index=index_codes(codes=known_codes()))
    run.progress(30, "Comparing names")
    products = list(Product.objects.only("pk", "sku", "name", "brand", "size").order_by("sku"))
    unknown = [join.item for join in joins if join.state is JoinState.UNKNOWN and join.item.name]
    names = [Named(name=product.name, brand=product.brand, size=product.size) for product in products]
    proposed = propose(items=[Named(name=item.name, brand=item.brand) for item in unknown], products=names)
    run.progress(90, "Writing candidates")
    candidates = [
        *_of_conflicts(joins, products={product.sku: product for product in products}),
        *_of_names(proposed, items=unknown, products=products),
    ]
    return partial(_keep, run=run, joins=joins, candidates=candidates, spend=_spend(items))


def _keep(
    *, run: OperationRun, joins: tuple[Join, ...], candidates: list[CrosswalkCandidate], spend: dict[Key, Spend]
) -> Outcome:
    """The one effect. What a person decided stays, and is not asked again."""
    queue_up(namespace=LOCK_NAMESPACE)
    joined = _write_joins(joins)
    CrosswalkCandidate.objects.pending().delete()
    decided = set(CrosswalkCandidate.objects.values_list("retailer_id", "item_id", "product_id"))
    fresh = [one for one in candidates if (one.retailer_id, one.item_id, one.product_id) not in decided]
    for one in fresh:
        known = spend.get((one.retailer_id, one.item_id))
        one.spend, one.currency = (known.amount, known.currency) if known else (Decimal(0), "")
    CrosswalkCandidate.objects.bulk_create(fresh, batch_size=BATCH)
    counts = {
        "items": len(joins),
        "joined": sum(join.state is JoinState.JOINED for join in joins),
        "joined_by_other_codes": joined,
        "conflicts": sum(join.state is JoinState.CONFLICT for join in joins),
        "candidates": len(fresh),
    }
    record_event(kind="crosswalk.proposed", about=run.operation, by=run.operation.created_by, after=counts)
    return Outcome(result=counts, result_url="/data/crosswalk/")


def _write_joins(joins: tuple[Join, ...]) -> int:
    """Items that another code than their own id joined: kept as item ids, so that facts find them."""
    ProductCode.objects.filter(source__startswith=DERIVED).delete()
    other = {join.item: join for join in joins if join.state is JoinState.JOINED and join.by is not CodeKind.ITEM_ID}
    wanted = {join.skus[0] for join in other.values()}
    keys = dict(Product.objects.filter(sku__in=wanted).values_list("sku", "pk"))
    codes = [
        ProductCode(
            product_id=keys[join.skus[0]],
            kind=CodeKind.ITEM_ID,
            code=normal_code(kind=CodeKind.ITEM_ID, text=join.item.item_id),
            spelling=join.item.item_id,
            retailer_id=join.item.retailer_id,
            source=f"{DERIVED}{join.by}",
        )
        for join in other.values()
        if join.skus[0] in keys
    ]
    ProductCode.objects.bulk_create(codes, batch_size=BATCH, ignore_conflicts=True)
    return len(codes)


def _of_conflicts(joins: tuple[Join, ...], *, products: dict[str, Product]) -> list[CrosswalkCandidate]:
    """One candidate a product that some code names; none is better than another."""
    return [
        _candidate(join.item, products[sku], confidence=0.0, rank=1, evidence={"codes": join.reason}, is_conflict=True)
        for join in joins
        if join.state is JoinState.CONFLICT
        for sku in join.skus
        if sku in products
    ]


def _of_names(
    proposed: list[Candidate], *, items: list[RetailerItem], products: list[Product]
) -> list[CrosswalkCandidate]:
    ranks: dict[int, int] = {}
    found = []
    for one in proposed:
        ranks[one.item] = ranks.get(one.item, 0) + 1
        evidence = {
            "name_likeness": round(one.name_likeness, 4),
            "same_brand": one.same_brand,
            "same_size": one.same_size,
            "lead": round(one.lead, 4),
        }
        found.append(
            _candidate(
                items[one.item],
                products[one.product],
                confidence=one.confidence,
                rank=ranks[one.item],
                evidence=evidence,
            )
        )
    return found


def _candidate(
    item: RetailerItem,
    product: Product,
    *,
    confidence: float,
    rank: int,
    evidence: Mapping[str, object],
    is_conflict: bool = False,
) -> CrosswalkCandidate:
    return CrosswalkCandidate(
        retailer_id=item.retailer_id,
        item_id=item.item_id,
        item_name=item.name,
        item_brand=item.brand,
        product=product,
        confidence=confidence,
        rank=rank,
        evidence=dict(evidence),
        is_conflict=is_conflict,
    )


def _spend(items: tuple[FactItem, ...]) -> dict[Key, Spend]:
    """Currencies are never added up: an item sold in two shows the one with more spend."""
    found: dict[Key, Spend] = {}
    for one in items:
        key = (one.retailer_id, one.item_id)
        if key not in found or one.spend > found[key].amount:
            found[key] = Spend(amount=one.spend, currency=one.currency)
    return found

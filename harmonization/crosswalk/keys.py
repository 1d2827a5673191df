"""Join a retailer's items to the tenant's products by codes, strongest first; conflicts are reported, not chosen."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from harmonization.crosswalk.codes import read_gtin


class CodeKind(StrEnum):
    """What a code is, strongest first: whoever gave it out meant exactly one thing by it."""

    ITEM_ID = "item_id"
    GTIN = "gtin"
    SELLER_SKU = "seller_sku"
    MPN = "mpn"


@dataclass(frozen=True, kw_only=True)
class KnownCode:
    """A code that leads to a product of the tenant.

    Attributes:
        retailer_id: whose code it is; empty where it holds everywhere. An item id always has one.
        is_confirmed: a person said so, which no other code of the item contradicts.
    """

    sku: str
    kind: CodeKind
    code: str
    retailer_id: str = ""
    is_confirmed: bool = False


@dataclass(frozen=True, kw_only=True)
class RetailerItem:
    """An item as a retailer reports it. Empty where the report does not say."""

    retailer_id: str
    item_id: str
    name: str = ""
    brand: str = ""
    gtin: str = ""
    seller_sku: str = ""
    mpn: str = ""

    def codes(self) -> tuple[tuple[CodeKind, str], ...]:
        """What it can be joined by, strongest first."""
        given = (
            (CodeKind.ITEM_ID, self.item_id),
            (CodeKind.GTIN, self.gtin),
            (CodeKind.SELLER_SKU, self.seller_sku),
            (CodeKind.MPN, self.mpn),
        )
        normal = ((kind, normal_code(kind=kind, text=text)) for kind, text in given)
        return tuple((kind, code) for kind, code in normal if code)


class JoinState(StrEnum):
    """What came of an item."""

    JOINED = "joined"
    CONFLICT = "conflict"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True)
class Join:
    """One item and the product it is, or why none was taken.

    Attributes:
        skus: the product; of a conflict all that were found; none where nothing is known.
        by: the strongest kind of code that found something.
        reason: of a conflict, which code says what.
    """

    item: RetailerItem
    state: JoinState
    skus: tuple[str, ...] = ()
    by: CodeKind | None = None
    reason: str = ""


Index = Mapping[tuple[CodeKind, str, str], tuple[KnownCode, ...]]


def normal_code(*, kind: CodeKind, text: str) -> str:
    """A code as it is compared: a GTIN as fourteen digits, or nothing where it may not join; others folded."""
    if kind is CodeKind.GTIN:
        found = read_gtin(text) if text else None
        return found.text if found is not None and found.joins else ""
    return " ".join(text.split()).casefold()


def index_codes(*, codes: Iterable[KnownCode]) -> Index:
    """Known codes by kind, retailer and code. One without a retailer stands under the empty retailer."""
    found: dict[tuple[CodeKind, str, str], dict[str, KnownCode]] = defaultdict(dict)
    for one in codes:
        code = normal_code(kind=one.kind, text=one.code)
        if not code or (one.kind is CodeKind.ITEM_ID and not one.retailer_id):
            continue
        by_sku = found[(one.kind, one.retailer_id, code)]
        by_sku[one.sku] = one if one.is_confirmed or one.sku not in by_sku else by_sku[one.sku]
    return {key: tuple(by_sku.values()) for key, by_sku in found.items()}


def join_by_keys(*, items: Iterable[RetailerItem], index: Index) -> tuple[Join, ...]:
    """Each item with the product its codes lead to.

    A code that leads to two products, or two codes that lead to different ones, is a conflict; a pairing that a person
    confirmed is beyond it.
    """
    return tuple(_join(item, index) for item in items)


def _join(item: RetailerItem, index: Index) -> Join:
    found = [(kind, code, _known(index, kind, item.retailer_id, code)) for kind, code in item.codes()]
    found = [(kind, code, known) for kind, code, known in found if known]
    if not found:
        return Join(item=item, state=JoinState.UNKNOWN)
    for kind, _, known in found:
        confirmed = [one.sku for one in known if one.is_confirmed]
        if len(confirmed) == 1:
            return Join(item=item, state=JoinState.JOINED, skus=(confirmed[0],), by=kind)
    skus = tuple(dict.fromkeys(one.sku for _, _, known in found for one in known))
    if len(skus) == 1:
        return Join(item=item, state=JoinState.JOINED, skus=skus, by=found[0][0])
    said = "; ".join(f"{kind} {code}: {', '.join(one.sku for one in known)}" for kind, code, known in found)
    return Join(item=item, state=JoinState.CONFLICT, skus=skus, by=found[0][0], reason=said)


def _known(index: Index, kind: CodeKind, retailer_id: str, code: str) -> tuple[KnownCode, ...]:
    """What the retailer's own codes say; failing that, those that hold everywhere."""
    return index.get((kind, retailer_id, code)) or index.get((kind, "", code), ())

"""The names a brief may use: retailers, placements and brands, each with what people call them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

PLACEMENT_WORDS: Mapping[str, tuple[str, ...]] = {
    "search": ("search", "sponsored search", "search results", "search ads", "serp"),
    "browse": ("browse", "category pages", "category page", "browse pages"),
    "product_detail": ("product detail", "product details", "product detail pages", "product pages", "pdp", "pdps"),
    "home": ("home page", "homepage", "home pages", "home"),
    "checkout": ("checkout", "basket", "cart"),
    "offsite": ("offsite", "off-site", "off site"),
    "in_store": ("in-store", "in store", "instore"),
}
RETAILER_WORDS: Mapping[str, tuple[str, ...]] = {
    "amazon": ("amazon", "amazon ads", "amazon advertising", "amzn", "amazon.com"),
    "walmart": ("walmart", "walmart connect", "wal-mart", "walmart.com", "wmt"),
    "instacart": ("instacart", "instacart ads"),
}


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """What this tenant can plan for.

    Attributes:
        retailers: name by id.
        placements: RMIS placement types.
        brands: brand names.
        aliases: further names; (level, id or name) → what people call it.
    """

    retailers: Mapping[str, str] = field(default_factory=dict)
    placements: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()
    aliases: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)

    def phrases(self) -> dict[str, tuple[str, str]]:
        """Every phrase in lower case → (level, id or name); a retailer wins over a brand of the same name."""
        found: dict[str, tuple[str, str]] = {}
        for brand in self.brands:
            self._add(found, ("brand", brand), (brand,))
        for placement in self.placements:
            words = PLACEMENT_WORDS.get(placement, ())
            self._add(found, ("placement", placement), (placement.replace("_", " "), placement, *words))
        for retailer_id, name in self.retailers.items():
            words = RETAILER_WORDS.get(retailer_id, ())
            self._add(found, ("retailer", retailer_id), (retailer_id, name, *words))
        return found

    def _add(self, found: dict[str, tuple[str, str]], node: tuple[str, str], phrases: tuple[str, ...]) -> None:
        for phrase in (*phrases, *self.aliases.get(node, ())):
            found[phrase.casefold()] = node

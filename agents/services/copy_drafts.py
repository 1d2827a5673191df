"""Draft copy from plain patterns, each held to the retailer's policy before anybody sees it."""

from datetime import date

from campaigns.creative.advert import Creative, CreativeRefused, creative_from_json
from campaigns.creative.checking import check_copy
from campaigns.creative.rules import Pack, Verdict

MOST_DRAFTS = 3
PATTERNS = (
    "{product}, {benefit}",
    "Meet {product} by {brand}",
    "{product} by {brand}",
    "Discover {product}",
    "{product} from {brand}",
    "New: {product}",
    "{product}",
)


def draft_copy(*, pack: Pack, product: str, brand: str, benefit: str, on: date) -> tuple[Creative, ...]:
    """Up to three drafts that pass, or pass once repaired; for a pack without rules of its own, that no rule breaks."""
    kept: dict[str, Creative] = {}
    for pattern in PATTERNS:
        if ("{benefit}" in pattern and not benefit) or ("{brand}" in pattern and not brand):
            continue
        headline = pattern.format(product=product, brand=brand, benefit=benefit)
        draft = _passing(pack, headline=headline[:1].upper() + headline[1:], brand=brand, on=on)
        if draft is not None and len(kept) < MOST_DRAFTS:
            kept.setdefault(draft.copy["headline"], draft)
    return tuple(kept.values())


def _passing(pack: Pack, *, headline: str, brand: str, on: date) -> Creative | None:
    fields = {"headline": headline, "cta": "Shop now", "alt": f"{brand} {headline}".strip()}
    try:
        draft = creative_from_json(fields | ({"brand": brand} if brand else {}))
    except CreativeRefused:
        return None
    checked = check_copy(pack=pack, creative=draft, on=on)
    if checked.verdict is Verdict.PASS or (pack.is_empty and not checked.violations):
        return draft
    return checked.fixed

"""Tables and cards of the crosswalk pages."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse

from harmonization.crosswalk.join_rate import JoinRate
from harmonization.models import CrosswalkCandidate
from harmonization.selectors.crosswalk import WithoutItem
from tenants import figures

GOOD, FAIR = 0.95, 0.5
LEADS = ((0.1, "No other product comes near"), (0.02, "Others are less alike"), (-1, "Another fits about as well"))
LIKE = ((0.9, "much alike"), (0.7, "alike"), (0.0, "little alike"))


def crosswalk_crumb() -> dict[str, str]:
    """The breadcrumb that leads to the crosswalk."""
    return {"label": "Crosswalk", "url": reverse("harmonization:crosswalk")}


def retailers(rates: Iterable[JoinRate]) -> list[tuple[str, str]]:
    """Retailers with items, once each."""
    return sorted({(one.retailer_id, one.retailer_name or one.retailer_id) for one in rates})


def rate_table(rates: Sequence[JoinRate]) -> dict[str, Any]:
    """Shares that are joined, by retailer and currency; the most unjoined spend first."""
    labels = ("Items joined", "Items", "Rows joined", "Spend joined", "Spend not joined")
    return {
        "columns": [{"label": "Retailer"}, *({"label": label, "numeric": True} for label in labels)],
        "rows": [
            {
                "label": one.retailer_name or one.retailer_id,
                "url": f"{reverse('harmonization:crosswalk')}?retailer={one.retailer_id}",
                "cells": [
                    _share(one.by_items),
                    {"value": f"{one.joined_items:,} of {one.items:,}", "numeric": True},
                    _share(one.by_rows),
                    _share(one.by_spend),
                    {"value": figures.money(one.spend - one.joined_spend, one.currency, places=2), "numeric": True},
                ],
            }
            for one in rates
        ],
    }


def without_item_in_words(lines: Sequence[WithoutItem]) -> str:
    """What no crosswalk can join, because the export names no item."""
    said = [f"{figures.money(one.spend, one.currency)} in {one.rows:,} daily facts" for one in lines]
    return f"Not counted above, because the export names no item: {'; '.join(said)}." if said else ""


def candidate_card(one: CrosswalkCandidate) -> dict[str, Any]:
    """An item and the product it may be, side by side, with the evidence."""
    product = one.product
    return {
        "pk": one.pk,
        "is_conflict": one.is_conflict,
        "confidence": "Codes disagree" if one.is_conflict else f"{figures.percent(one.confidence, places=0)} sure",
        "tone": "warn" if one.is_conflict else _tone(one.confidence),
        "spend": figures.money(one.spend, one.currency, places=2),
        "item": [
            {"term": "Item", "value": f"{one.item_id} at {one.retailer_id}"},
            {"term": "Name", "value": one.item_name or "not stated"},
            {"term": "Brand", "value": one.item_brand or "not stated"},
        ],
        "product": [
            {"term": "SKU", "value": product.sku, "url": reverse("harmonization:product_detail", args=[product.pk])},
            {"term": "Name", "value": f"{product.name} {product.size}".strip() or "not stated"},
            {"term": "Brand", "value": product.brand or "not stated"},
        ],
        "evidence": evidence_in_words(one.evidence, item_brand=one.item_brand, product_brand=product.brand),
    }


def evidence_in_words(evidence: dict[str, Any], *, item_brand: str, product_brand: str) -> list[str]:
    """What speaks for and against a pairing; a brand that one side does not state may stand in its name."""
    if "codes" in evidence:
        return [f"Codes say: {evidence['codes']}"]
    likeness = float(evidence.get("name_likeness", 0))
    words = next(word for least, word in LIKE if likeness >= least)
    said = [f"Names are {words} ({likeness:.0%} of letters)"]
    said.append(_brands(evidence.get("same_brand"), item_brand=item_brand, product_brand=product_brand))
    said.append(_agrees(evidence.get("same_size"), "size"))
    lead = float(evidence.get("lead", 0))
    said.append(next(words for least, words in LEADS if lead >= least))
    return said


def preview_table(rows: Sequence[CrosswalkCandidate]) -> dict[str, Any]:
    """What would be confirmed, least sure last."""
    labels = ("Item", "Its name", "SKU", "Product", "Confidence")
    return {
        "columns": [{"label": label, "numeric": label == "Confidence"} for label in labels],
        "rows": [
            {
                "label": f"{one.item_id} at {one.retailer_id}",
                "cells": [
                    {"value": one.item_name},
                    {"value": one.product.sku, "url": reverse("harmonization:product_detail", args=[one.product_id])},
                    {"value": f"{one.product.name} {one.product.size}".strip()},
                    {"value": figures.percent(one.confidence), "numeric": True},
                ],
            }
            for one in rows
        ],
    }


def decided_line(one: CrosswalkCandidate) -> dict[str, Any]:
    """A decision that can be taken back."""
    who = one.decided_by.email if one.decided_by else "the system"
    verb = "is" if one.state == CrosswalkCandidate.State.CONFIRMED else "is not"
    return {"pk": one.pk, "words": f"{one.item_id} at {one.retailer_id} {verb} {one.product.sku}, says {who}"}


def _share(value: Any) -> dict[str, Any]:
    if value is None:
        return {"value": "–", "numeric": True}
    tone = "good" if value >= GOOD else "warn"
    return {"value": figures.percent(value), "percent": round(float(value) * 100, 1), "tone": tone, "numeric": True}


def _tone(confidence: float) -> str:
    return "good" if confidence >= GOOD else "info" if confidence >= FAIR else "neutral"


def _brands(same: bool | None, *, item_brand: str, product_brand: str) -> str:
    """Whether the brands agree, and where they are read from."""
    if same and bool(item_brand) != bool(product_brand):
        brand, whose = (product_brand, "item") if product_brand else (item_brand, "product")
        return f"The {whose} states no brand, but “{brand}” stands in its name"
    return _agrees(same, "brand")


def _agrees(same: bool | None, what: str) -> str:
    if same is None:
        return f"One side does not state the {what}"
    return f"The {what} is the same" if same else f"The {what} differs"

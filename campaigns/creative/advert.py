"""A creative as it was given: its copy, and what is known about it."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from campaigns.creative.folding import foldings

LONGEST_FIELD = 5_000
MOST_FIELDS = 60
COPY = ("headline", "body", "tagline", "cta", "image_text", "alt", "disclosure")
KNOWN_FACTS = (
    "id brand category claim_type locale event event_date start end url item_flags items competitors "
    "approvals offer logo image evidence substantiation retailer format placement product products sku "
    "program documentation status currency language"
)
ABOUT = frozenset(KNOWN_FACTS.split())
EVIDENCE = ("evidence", "substantiation", "claim_evidence", "claim_source", "citation", "support")
NOTHING = frozenset({"", "none", "no", "false", "n/a", "unknown", "pending"})
WORD_BREAK = re.compile(r"[\s_-]+")


class CreativeRefused(ValueError):
    """The creative cannot be read; title, detail and where say why."""

    def __init__(self, title: str, detail: str, where: str) -> None:
        super().__init__(f"{title}: {detail}")
        self.title, self.detail, self.where = title, detail, where


@dataclass(frozen=True, kw_only=True)
class Creative:
    """One advert.

    Attributes:
        copy: what shoppers read, by field; only fields that were given.
        about: everything else that was given: brand, category, locale, offer, images, dates.
    """

    copy: Mapping[str, str]
    about: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def brand(self) -> str:
        return self.said("brand")

    @cached_property
    def all_copy(self) -> str:
        """All copy made plain, disguises undone too: what a quick look searches before a close one."""
        return "\n".join(folded.text for text in self.copy.values() for folded in foldings(text))

    @cached_property
    def category(self) -> str:
        return WORD_BREAK.sub("_", self.said("category").strip().casefold())

    @cached_property
    def locale(self) -> str:
        """The country, in capitals: ``en-GB`` and ``gb`` are GB."""
        return WORD_BREAK.split(self.said("locale").strip())[-1].upper()

    @cached_property
    def competitors(self) -> tuple[str, ...]:
        return tuple(name for name in self.listed("competitors") if name.strip())

    @cached_property
    def has_evidence(self) -> bool:
        """Whether some evidence was named; whether it holds is for a person to say."""
        return any(_is_given(self.about.get(name)) for name in EVIDENCE)

    def said(self, name: str) -> str:
        """A text known about the advert; empty where it is not."""
        value = self.about.get(name)
        return value if isinstance(value, str) else ""

    def listed(self, name: str) -> tuple[str, ...]:
        """A list of texts; one text is a list of one."""
        value = self.about.get(name)
        if isinstance(value, str):
            return (value,)
        return tuple(item for item in value if isinstance(item, str)) if isinstance(value, list) else ()

    def part(self, name: str) -> Mapping[str, Any]:
        """A nested object such as the offer; empty where there is none."""
        value = self.about.get(name)
        return value if isinstance(value, dict) else {}

    def is_approved_by(self, who: str) -> bool:
        return who in {WORD_BREAK.sub("_", name.casefold()) for name in self.listed("approvals")}

    def changed(self, changes: Mapping[str, str]) -> "Creative":
        """The same advert with some texts replaced."""
        copy = {**self.copy, **{name: text for name, text in changes.items() if name not in self.about}}
        about = {**self.about, **{name: text for name, text in changes.items() if name in self.about}}
        return Creative(copy=copy, about=about)

    def as_json(self) -> dict[str, Any]:
        return {**self.copy, **self.about}


def creative_from_json(document: Any, *, where: str = "creative") -> Creative:
    """Read a creative. A text that is no known fact about the advert counts as copy that shoppers read.

    Raises:
        CreativeRefused: not an object, no copy, or a text longer than 5 000 characters.
    """
    if not isinstance(document, dict):
        raise CreativeRefused("This is no creative", "Give an object such as {“headline”: “Oat bars”}.", where)
    if len(document) > MOST_FIELDS:
        raise CreativeRefused("Too many fields", f"{len(document)} fields; at most {MOST_FIELDS} are read.", where)
    copy: dict[str, str] = {}
    about: dict[str, Any] = {}
    for name, value in document.items():
        if isinstance(value, str) and len(value) > LONGEST_FIELD:
            detail = f"{len(value):,} characters; at most {LONGEST_FIELD:,} are read."
            raise CreativeRefused("A text is too long", detail, f"{where}.{name}")
        if name in COPY and value is not None and not isinstance(value, str):
            raise CreativeRefused("Copy must be text", f"“{name}” is {type(value).__name__}.", f"{where}.{name}")
        if value is None:
            continue
        if isinstance(value, str) and name not in ABOUT:
            copy[name] = unicodedata.normalize("NFC", value)
        else:
            about[name] = value
    if not any(text.strip() for text in copy.values()):
        raise CreativeRefused("There is no copy", "Give at least a headline.", where)
    return Creative(copy=copy, about=about)


def _is_given(value: Any) -> bool:
    return value.strip().casefold() not in NOTHING if isinstance(value, str) else bool(value)

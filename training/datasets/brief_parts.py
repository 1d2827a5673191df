"""One wish of a brief at a time: its words, and what it asks for."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from campaigns.briefs.catalogue import Catalogue
from training.datasets import surfaces
from training.datasets.phrasing import Worded, choose, fill, templates
from training.datasets.roughening import roughened
from training.datasets.wording import limits
from training.datasets.wording.doubts import UNKNOWN_RETAILERS


@dataclass(frozen=True, kw_only=True)
class Wish:
    """A part of a brief.

    Attributes:
        said: its words with the places of its values.
        asks: fields of the answer; a leaf ``("value", role)`` is that value's slot, ``("name", kind, id)`` a name's.
        template: what it was said with.
    """

    said: Worded
    asks: dict[str, Any]
    template: str


@dataclass(kw_only=True)
class Hand:
    """Somebody who writes: which templates they know, which names, and the dice they throw.

    Attributes:
        held_out: whether they use the templates nothing is trained on.
        is_rough: whether they write in haste, with slips.
    """

    rng: random.Random
    catalogue: Catalogue
    today: date
    held_out: bool
    currency: str = "$"
    is_rough: bool = False
    names_said: dict[str, Any] = field(default_factory=dict)
    wishes: int = 0

    def wish(self, *, of: Sequence[str], asks: dict[str, Any], surface: dict[str, str] | None = None) -> Wish:
        """Say something with one of these templates; roles get this wish's number so that none is met twice."""
        self.wishes += 1
        template = self.rng.choice(templates(of=of, held_out=self.held_out))
        phrase = choose(template=choose(template=template, rng=self.rng), rng=self.rng)
        if self.is_rough:
            phrase = roughened(text=phrase, rng=self.rng)
        said = fill(phrase=phrase, surface=lambda role: self._surface(role, surface or {}))
        return Wish(said=said, asks=asks, template=template)

    def node(self, *, kinds: str = "RRREEB") -> tuple[str, tuple[str, str, str]]:
        """A name to limit, as people say it, and its leaf."""
        kind = self.rng.choice(kinds)
        if kind == "R":
            name = self.rng.choice(sorted(self.catalogue.retailers))
            return self.catalogue.retailers[name], ("name", "R", name)
        if kind == "B":
            brand = self.rng.choice(self.catalogue.brands)
            return brand, ("name", "B", brand)
        placement = self.rng.choice(self.catalogue.placements)
        words = {
            "search": "search",
            "browse": "browse pages",
            "product_detail": "product pages",
            "home": "the homepage",
            "in_store": "in-store",
        }
        return words.get(placement, placement), ("name", "E", placement)

    def places(self) -> tuple[str, list[tuple[str, str, str]]]:
        """One to three retailers as people list them."""
        chosen = self.rng.sample(sorted(self.catalogue.retailers), self.rng.choice((1, 2, 2, 2, 3)))
        said = [self.catalogue.retailers[each] for each in chosen]
        last = self.rng.choice((" and ", " and ", " & ", ", ", "/", " + ", " as well as "))
        text = said[0] if len(said) == 1 else ", ".join(said[:-1]) + last + said[-1]
        return text, [("name", "R", each) for each in chosen]

    def size(self) -> str:
        """A share or an amount."""
        return surfaces.share(rng=self.rng) if self.rng.random() < 0.68 else self.money()

    def money(self) -> str:
        """An amount in this brief's currency, now and then without."""
        if self.rng.random() < 0.06:
            return surfaces.bare_number(rng=self.rng)
        return surfaces.money(rng=self.rng, currency=self.currency)

    def _surface(self, role: str, given: dict[str, str]) -> str:
        if role in given:
            return given[role]
        rng = self.rng
        made: dict[str, Callable[[], str]] = {
            "budget": self.money,
            "money": self.money,
            "money2": self.money,
            "amount": self.money,
            "goal_money": self.money,
            "size": self.size,
            "size2": self.size,
            "low": self.size,
            "high": self.size,
            "small_money": lambda: surfaces.small_money(rng=rng),
            "day": lambda: surfaces.day(on=self.today - timedelta(days=rng.randrange(5, 300)), rng=rng),
            "share": lambda: surfaces.share(rng=rng),
            "rate": lambda: surfaces.rate(rng=rng),
            "goal_rate": lambda: surfaces.rate(rng=rng),
            "count": lambda: surfaces.count(rng=rng),
            "number": lambda: surfaces.count(rng=rng),
            "goal_number": lambda: surfaces.bare_number(rng=rng),
            "weeks": lambda: surfaces.weeks(rng=rng),
            "weeks_adjective": lambda: surfaces.weeks_adjective(rng=rng),
            "period": lambda: surfaces.period(today=self.today, rng=rng),
            "places": lambda: self.places()[0],
            "node": lambda: self.node()[0],
            "node2": lambda: self.node()[0],
            "retailer": lambda: self.node(kinds="R")[0],
            "placement": lambda: self.node(kinds="E")[0],
            "brand": lambda: self.catalogue.brands[0],
            "brand2": lambda: self.catalogue.brands[1],
            "unknown": lambda: rng.choice(UNKNOWN_RETAILERS),
            "unknown2": lambda: rng.choice(UNKNOWN_RETAILERS),
            "word_under": lambda: rng.choice(("under", "below", "within", "at or below")),
        }
        return made[role]()


def level_surface(*, level: str, rng: random.Random) -> dict[str, str]:
    """One and many of a level, as people say it."""
    one, many = rng.choice(limits.LEVEL_WORDS[level])
    return {"level": one, "levels": many}

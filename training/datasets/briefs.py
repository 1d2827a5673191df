"""Briefs in many hands, with the answer that is right."""

import random
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from agents.federation.axes import Axis
from agents.grounding.answers import FIELDS, TAKES
from agents.grounding.slots import Slotted, TooManySlots, slot, slot_at
from campaigns.briefs.catalogue import Catalogue
from training.datasets import surfaces
from training.datasets.brief_parts import Hand, Wish
from training.datasets.examples import Active, Example, always, present
from training.datasets.layout import laid_out
from training.datasets.pairs import budget_for_brand
from training.datasets.phrasing import Worded
from training.datasets.wishes import WISHES, budget_on_places, jargon_wish, places, simple
from training.datasets.wording import spend
from training.datasets.wording.background import BACKGROUND
from training.datasets.wording.doubts import CHAT, FOREIGN

RETAILERS = {
    "amazon": "Amazon",
    "walmart": "Walmart",
    "instacart": "Instacart",
    "criteo": "Criteo",
    "alpha": "Alpha",
    "beta": "Beta",
}
PLACEMENTS = ("search", "browse", "product_detail", "home", "offsite", "checkout", "in_store")
BRANDS = (
    "Nordmill",
    "Kettleby",
    "Brightnest",
    "Oatley Lane",
    "Puro",
    "Fernhill",
    "Zesta",
    "Calmleaf",
    "Northwind",
    "Vitaro",
    "Glowe",
    "Marlow",
    "Tindle",
    "Acme",
    "Globex",
    "Halcyon",
    "Birch & Co",
    "Sunrill",
    "Quanta",
    "Lumo",
)
FIRST_DAY = date(2026, 1, 5)
MOST_TRIES = 20
BACKGROUND_ODDS = (0.3, 0.1)  # a first piece of background, a second one
ROUGH_ODDS = 0.15  # of the briefs to train on
NODE_FIELDS = ("caps", "floors", "fixed")


def brief(*, rng: random.Random, held_out: bool, with_jargon: bool = False) -> Example:
    """One brief; with jargon only the industry adapter can answer it."""
    for _ in range(MOST_TRIES):
        made = _try(rng=rng, held_out=held_out, with_jargon=with_jargon)
        if made is not None:
            return made
    raise RuntimeError("no brief could be made of these templates")


def foreign(*, rng: random.Random, held_out: bool) -> Example:
    """A brief in another language: asked back."""
    hand = _hand(rng, held_out)
    answer = {"name": "ask_clarification", "arguments": {"about": "language"}}
    return _whole(hand, of=FOREIGN, answer=answer, about="foreign")


def chat(*, rng: random.Random, held_out: bool) -> Example:
    """No brief at all: no tool is called."""
    return _whole(_hand(rng, held_out), of=CHAT, answer={"name": "no_tool", "arguments": {}}, about="chat")


def _whole(hand: Hand, *, of: Sequence[str], answer: dict[str, Any], about: str) -> Example:
    wish = hand.wish(of=of, asks={})
    slotted = slot(text=wish.said.text, catalogue=hand.catalogue, today=hand.today)
    return Example(
        role="planner",
        prompt=slotted.text,
        answer=always(answer),
        templates=(wish.template,),
        about=about,
        source=wish.said.text,
    )


def _hand(rng: random.Random, held_out: bool) -> Hand:
    catalogue = Catalogue(retailers=RETAILERS, placements=PLACEMENTS, brands=tuple(rng.sample(BRANDS, 3)))
    today = FIRST_DAY + timedelta(days=rng.randrange(700))
    currency = rng.choice(surfaces.SIGNS) if rng.random() < 0.75 else rng.choice(surfaces.CODES)
    is_rough = not held_out and rng.random() < ROUGH_ODDS
    return Hand(rng=rng, catalogue=catalogue, today=today, held_out=held_out, currency=currency, is_rough=is_rough)


def _try(*, rng: random.Random, held_out: bool, with_jargon: bool) -> Example | None:
    hand = _hand(rng, held_out)
    wishes = _wishes(hand, with_jargon)
    whole = laid_out(parts=[wish.said for wish in wishes], rng=rng)
    try:
        slotted = slot(text=whole.text, catalogue=hand.catalogue, today=hand.today)
    except TooManySlots:
        return None
    arguments = _arguments(wishes=wishes, whole=whole, slotted=slotted)
    if arguments is None:
        return None
    answer = {"name": "allocate_budget", "arguments": arguments}

    def known(active: Active) -> dict[str, Any] | None:
        return answer if not with_jargon or present(active, Axis.INDUSTRY) else None

    about = "jargon" if with_jargon else "brief"
    used = tuple(wish.template for wish in wishes)
    return Example(role="planner", prompt=slotted.text, answer=known, templates=used, about=about, source=whole.text)


def _wishes(hand: Hand, with_jargon: bool) -> list[Wish]:
    rng = hand.rng
    chosen: list[Wish] = []
    lead = rng.random()
    if lead < 0.1:
        chosen.append(budget_for_brand(hand))
    elif lead < 0.5:
        chosen.append(budget_on_places(hand))
    elif lead < 0.92:
        chosen.append(simple("budget", spend.BUDGET_ALONE, "budget")(hand))
        if rng.random() < 0.6:
            chosen.append(places(hand))
    elif rng.random() < 0.6:
        chosen.append(places(hand))
    if with_jargon:
        chosen.append(jargon_wish(hand))
    taken: set[str] = {field for wish in chosen for field in wish.asks}
    for _ in range(rng.choice((0, 1, 1, 2, 2, 3, 3, 4, 5))):
        weights = [0.0 if name in taken else often for often, name, _ in WISHES]
        _, name, say = rng.choices(WISHES, weights=weights)[0]
        wish = say(hand)
        if taken.isdisjoint({name} | (set(wish.asks) - set(NODE_FIELDS))):
            taken |= {name} | (set(wish.asks) - set(NODE_FIELDS))
            chosen.append(wish)
    for odds in BACKGROUND_ODDS:
        if rng.random() < odds:
            chosen.insert(rng.randrange(len(chosen) + 1), hand.wish(of=BACKGROUND, asks={}))
    if rng.random() < 0.35:
        rng.shuffle(chosen)
    return chosen


def _arguments(*, wishes: Sequence[Wish], whole: Worded, slotted: Slotted) -> dict[str, Any] | None:
    """The fields of all wishes with slots for leaves; None where the lexer read a value as something else."""
    places_of = {value.role: value.start for value in whole.values}
    merged: dict[str, Any] = {}
    for number, wish in enumerate(wishes):
        for name, asked in wish.asks.items():
            leaf = _leaf(asked, field=name, number=number, places_of=places_of, slotted=slotted)
            if leaf is None:
                return None
            merged[name] = [*merged[name], *leaf] if isinstance(leaf, list) and name in merged else leaf
    return {name: merged[name] for name in FIELDS if name in merged}


def _leaf(asked: Any, *, field: str, number: int, places_of: dict[str, int], slotted: Slotted) -> Any:
    if isinstance(asked, list | dict):
        pairs = asked.items() if isinstance(asked, dict) else enumerate(asked)
        inner = {
            key: _leaf(
                each,
                field=str(key) if isinstance(asked, dict) else field,
                number=number,
                places_of=places_of,
                slotted=slotted,
            )
            for key, each in pairs
        }
        if any(each is None for each in inner.values()):
            return None
        return inner if isinstance(asked, dict) else list(inner.values())
    if not isinstance(asked, tuple):
        return asked
    if asked[0] == "name":
        return next((name for name, token in slotted.slots.items() if (token.kind, token.value) == asked[1:]), None)
    name = slot_at(slotted=slotted, position=places_of[f"{number}:{asked[1]}"])
    return name if name and slotted.slots[name].kind in TAKES[field] else None

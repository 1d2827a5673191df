"""Names of products made comparable: folded, without sizes, in whole words."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import floor, log

from harmonization.crosswalk.sizes import GRAM, MILLILITRE, OUNCES_PER_FLUID_OUNCE, Size, parse_size, without_size

WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
CLUTTER = frozenset(("a", "an", "and", "the", "of", "with", "for", "in", "by", "to", "new", "pack", "size", "free"))
LONG_FORMS = {
    **{"choc": "chocolate", "org": "organic", "nat": "natural", "orig": "original", "frzn": "frozen", "frz": "frozen"},
    **{"whl": "whole", "chkn": "chicken", "vanl": "vanilla", "van": "vanilla", "strwb": "strawberry", "btl": "bottle"},
    **{"crm": "cream", "chs": "cheese", "dk": "dark", "mlk": "milk", "wht": "white", "ss": "stainless"},
}  # fmt: skip
BUCKET = 0.06  # natural logarithm: sizes within three percent share a bucket or stand in neighbours
BASE = {GRAM: "w", MILLILITRE: "w"}


@dataclass(frozen=True, kw_only=True)
class Named:
    """A product or an item, by what it is called. The size may stand in its own field or in the name."""

    name: str
    brand: str = ""
    size: str = ""

    @cached_property
    def measured(self) -> Size | None:
        """How much is in it."""
        return (parse_size(self.size) if self.size else None) or parse_size(self.name)

    @cached_property
    def brand_words(self) -> tuple[str, ...]:
        return words(self.brand)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Brand and name, each word once, without the size."""
        return tuple(dict.fromkeys((*self.brand_words, *words(without_size(self.name)))))

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The words with digits in them, such as a model or a sun protection factor."""
        return frozenset(word for word in self.words if any(letter.isdigit() for letter in word))

    @cached_property
    def sorted_words(self) -> str:
        """The words in alphabetical order, for comparison of letters."""
        return " ".join(sorted(self.words))

    def blocks(self) -> list[str]:
        """What it can be found by: words, their beginnings, and both together with size and brand."""
        heads = list(dict.fromkeys(word[:4] for word in self.words))
        sizes = size_buckets(self.measured)
        found = [*self.words, *(f"{head}~" for head in heads)]
        found += [f"{head}#{size}" for head in heads for size in sizes]
        found += [f"{one}+{two}" for one, two in zip(sorted(heads), sorted(heads)[1:], strict=False)]
        return list(dict.fromkeys(found))


def words(text: str) -> tuple[str, ...]:
    """The words of a text: without accents and case, abbreviations of labels written out, filling words left out."""
    plain = text.casefold().replace("&", " and ")
    if not plain.isascii():
        plain = "".join(one for one in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(one))
    found = (LONG_FORMS.get(word, word).replace("'", "") for word in WORD.findall(plain))
    return tuple(word for word in found if word not in CLUTTER)


def size_buckets(size: Size | None) -> Sequence[str]:
    """Buckets of the total, the two nearest, so that equal sizes written differently share one."""
    if size is None or size.total <= 0:
        return ()
    totals = [size.total, size.total * OUNCES_PER_FLUID_OUNCE] if size.may_be_fluid else [size.total]
    base = BASE.get(size.unit, size.unit)
    places = {floor(log(total) / BUCKET + shift) for total in totals for shift in (0.0, 0.5)}
    return [f"{base}{place}" for place in sorted(places)]

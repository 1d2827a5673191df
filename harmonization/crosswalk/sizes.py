"""Read how much is in a package from a text: "12 x 330 ml", "2-pack 16 oz", "1.5 L"."""

import re
from dataclasses import dataclass
from functools import lru_cache

GRAM, MILLILITRE, PIECE, METRE = "g", "ml", "ct", "m"
UNITS: dict[str, tuple[str, float]] = {
    **dict.fromkeys(("g", "gr", "gram", "grams", "gm"), (GRAM, 1.0)),
    **dict.fromkeys(("kg", "kilo", "kilogram", "kilograms"), (GRAM, 1000.0)),
    **dict.fromkeys(("mg", "milligram", "milligrams"), (GRAM, 0.001)),
    **dict.fromkeys(("oz", "ounce", "ounces", "onz"), (GRAM, 28.349523125)),
    **dict.fromkeys(("lb", "lbs", "pound", "pounds"), (GRAM, 453.59237)),
    **dict.fromkeys(("ml", "milliliter", "millilitre", "milliliters", "millilitres"), (MILLILITRE, 1.0)),
    **dict.fromkeys(("cl", "centilitre", "centiliter"), (MILLILITRE, 10.0)),
    **dict.fromkeys(("dl",), (MILLILITRE, 100.0)),
    **dict.fromkeys(("l", "lt", "ltr", "liter", "litre", "liters", "litres"), (MILLILITRE, 1000.0)),
    **dict.fromkeys(("floz", "fl oz", "fl. oz", "fluid ounce", "fluid ounces", "fz"), (MILLILITRE, 29.5735295625)),
    **dict.fromkeys(("pt", "pint", "pints"), (MILLILITRE, 473.176473)),
    **dict.fromkeys(("qt", "quart", "quarts"), (MILLILITRE, 946.352946)),
    **dict.fromkeys(("gal", "ga", "gallon", "gallons"), (MILLILITRE, 3785.411784)),
    **dict.fromkeys(("ct", "count", "pc", "pcs", "piece", "pieces", "ea", "each", "sheets"), (PIECE, 1.0)),
    **dict.fromkeys(("stk", "stück", "rolls", "tablets", "capsules", "bags"), (PIECE, 1.0)),
    **dict.fromkeys(("ft", "feet"), (METRE, 0.3048)),
    **dict.fromkeys(("m", "meter", "metre", "meters", "metres"), (METRE, 1.0)),
}
WORDS = "|".join(sorted((re.escape(unit) for unit in UNITS), key=len, reverse=True))
NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?|\.\d+"
DIGIT = re.compile(r"\d")
PACK_WORD = r"packs?|pk|pck|pak|er[- ]?pack|case|multipack"
START = r"(?:(?<![\w.,])|(?<=\d[x×*]))"  # "12x330ml" has no space before its amount
AMOUNT = re.compile(rf"{START}(?P<number>{NUMBER})[\s\-]*(?P<unit>{WORDS})\b\.?", re.IGNORECASE)
TIMES = re.compile(rf"(?<![\w.,])(?P<count>\d{{1,3}})\s*[x×*]\s*(?=(?:{NUMBER})[\s\-]*(?:{WORDS})\b)", re.IGNORECASE)
TIMES_AFTER = re.compile(rf"(?:{WORDS})\b\.?\s*[x×*]\s*(?P<count>\d{{1,3}})(?![\w.,])", re.IGNORECASE)
PACK = re.compile(rf"(?<![\w.,])(?P<count>\d{{1,3}})[\s\-]*(?:{PACK_WORD})\b", re.IGNORECASE)
PACK_OF = re.compile(r"\b(?:pack|case|box|set)\s+of\s+(?P<count>\d{1,3})\b", re.IGNORECASE)
PACKS = (TIMES, TIMES_AFTER, PACK, PACK_OF)
SAME_AMOUNT = 0.03  # 12 fl oz is sold as 355 ml and 354 ml, 16 oz as 454 g and 453 g
OUNCES_PER_FLUID_OUNCE = 29.5735295625 / 28.349523125


@dataclass(frozen=True, kw_only=True)
class Size:
    """What one package holds.

    Attributes:
        amount: in ``unit`` (g, ml, ct, m), of one piece of the pack.
        pack: pieces sold together.
        may_be_fluid: written as plain ounces, which labels also use for liquids.
    """

    amount: float
    unit: str
    pack: int = 1
    may_be_fluid: bool = False

    @property
    def total(self) -> float:
        """What the whole package holds."""
        return self.amount * self.pack

    @property
    def words(self) -> str:
        """As people read it: ``12 × 330 ml``."""
        amount = f"{self.amount:.4g} {self.unit}"
        return f"{self.pack} × {amount}" if self.pack > 1 else amount


@lru_cache(maxsize=100_000)
def parse_size(text: str) -> Size | None:
    """The size in a text; None where there is none. Of several amounts, mass and volume win over pieces."""
    if not DIGIT.search(text):
        return None
    pack = _pack(text)
    amounts = [_amount(found) for found in AMOUNT.finditer(text)]
    measured = [one for one in amounts if one.unit != PIECE]
    counted = [one for one in amounts if one.unit == PIECE]
    if not amounts:
        return Size(amount=1, unit=PIECE, pack=pack) if pack else None
    if not measured:
        return Size(amount=counted[0].amount, unit=PIECE, pack=pack or 1)
    one = measured[0]
    pieces = pack or (int(counted[0].amount) if counted and counted[0].amount.is_integer() else 1)
    return Size(amount=one.amount, unit=one.unit, pack=max(pieces, 1), may_be_fluid=one.may_be_fluid)


def without_size(text: str) -> str:
    """The text without the words that say its size, so that names can be compared by what is left."""
    if not DIGIT.search(text):
        return text
    for pattern in (*PACKS, AMOUNT):
        text = pattern.sub(" ", text)
    return text


def same_size(one: Size, other: Size) -> bool:
    """Whether two sizes mean the same package: the same unit and total; plain ounces may be fluid."""
    ratios = [one.total / other.total] if one.unit == other.unit and other.total else []
    if one.may_be_fluid and other.unit == MILLILITRE and other.total:
        ratios.append(one.total * OUNCES_PER_FLUID_OUNCE / other.total)
    if other.may_be_fluid and one.unit == MILLILITRE and other.total:
        ratios.append(one.total / (other.total * OUNCES_PER_FLUID_OUNCE))
    return any(abs(ratio - 1) <= SAME_AMOUNT for ratio in ratios)


def _pack(text: str) -> int:
    found = next((match for pattern in PACKS if (match := pattern.search(text))), None)
    return int(found["count"]) if found else 0


def _amount(found: re.Match[str]) -> Size:
    unit = " ".join(found["unit"].lower().split())
    base, factor = UNITS[unit]
    is_plain_ounce = unit in {"oz", "ounce", "ounces", "onz"}
    return Size(amount=_number(found["number"]) * factor, unit=base, may_be_fluid=is_plain_ounce)


def _number(text: str) -> float:
    """A comma before three digits separates thousands, any other is a decimal mark."""
    if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", text):
        return float(text.replace(",", ""))
    return float(text.replace(",", "."))

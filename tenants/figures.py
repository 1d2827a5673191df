"""Numbers as people read them: money with its currency, percent, ratios, compact counts. Pure."""

from decimal import ROUND_HALF_UP, Decimal

SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "INR": "₹", "KRW": "₩"}
NOTHING = "–"
STEPS = ((Decimal(10) ** 9, "B"), (Decimal(10) ** 6, "M"), (Decimal(10) ** 3, "K"))
Number = Decimal | float | int


def money(value: Number | None, currency: str, *, places: int = 0) -> str:
    """``$1,234``, ``-€1,234.50``; an unknown currency is written out: ``1,234 SEK``."""
    if value is None:
        return NOTHING
    amount = _rounded(value, places)
    sign, digits = ("-" if amount < 0 else ""), f"{abs(amount):,.{places}f}"
    symbol = SYMBOLS.get(currency)
    return f"{sign}{symbol}{digits}" if symbol else f"{sign}{digits} {currency}".strip()


def compact_money(value: Number | None, currency: str) -> str:
    """``$2.5M``, ``$340K``, ``$12``: three digits that matter."""
    if value is None:
        return NOTHING
    number, suffix = _compact(value)
    symbol, sign = SYMBOLS.get(currency), "-" if value < 0 else ""
    return f"{sign}{symbol}{number}{suffix}" if symbol else f"{sign}{number}{suffix} {currency}".strip()


def compact(value: Number | None) -> str:
    """``1.2M`` for counts."""
    if value is None:
        return NOTHING
    number, suffix = _compact(value)
    return f"{'-' if value < 0 else ''}{number}{suffix}"


def percent(value: Number | None, *, places: int = 1) -> str:
    """A fraction as percent: 0.0123 is ``1.2%``."""
    return NOTHING if value is None else f"{_rounded(Decimal(str(value)) * 100, places):,.{places}f}%"


def change(value: Number | None, *, places: int = 1) -> str:
    """A relative change with its sign: 0.042 is ``+4.2%``; empty when there is nothing to compare with."""
    return "" if value is None else f"{_rounded(Decimal(str(value)) * 100, places):+,.{places}f}%"


def ratio(value: Number | None, *, places: int = 2) -> str:
    """A return as ``3.21×``."""
    return NOTHING if value is None else f"{_rounded(value, places):,.{places}f}×"


def sparkline_points(values: list[float]) -> str:
    """Points of an SVG polyline in a box of 100 × 28 for a row of values."""
    if len(values) < 2:
        return ""
    low, high = min(values), max(values)
    spread = high - low
    heights = [26 - 24 * (value - low) / spread if spread else 14.0 for value in values]
    return " ".join(f"{100 * n / (len(values) - 1):.1f},{height:.1f}" for n, height in enumerate(heights))


def _rounded(value: Number, places: int) -> Decimal:
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def _compact(value: Number) -> tuple[str, str]:
    amount = abs(Decimal(str(value)))
    for size, suffix in STEPS:
        if amount >= size * Decimal("0.9995"):
            scaled = amount / size
            places = 2 if scaled < 10 else 1 if scaled < 100 else 0
            text = f"{_rounded(scaled, places):f}"
            return (text.rstrip("0").rstrip(".") if "." in text else text), suffix
    return f"{_rounded(amount, 0):f}", ""

"""Exact money: decimals and micros, never floats."""

from decimal import ROUND_HALF_EVEN, Decimal

MICROS = 1_000_000
MICROCENTS = 100_000_000
DECIMAL_PLACES = 6
SMALLEST = Decimal(1).scaleb(-DECIMAL_PLACES)
CENT = Decimal("0.01")
LARGEST_AMOUNT = Decimal(10) ** 12


def from_micros(micros: int) -> Decimal:
    """Micros (a millionth of the currency unit) as an exact amount of that unit."""
    return Decimal(micros).scaleb(-DECIMAL_PLACES)


def to_micros(amount: Decimal) -> int:
    """An amount in whole micros. Raises ValueError where it is finer than a micro, as that would lose money."""
    micros = amount.scaleb(DECIMAL_PLACES)
    if micros != micros.to_integral_value():
        raise ValueError(f"{amount} is finer than a millionth of the currency unit")
    return int(micros)


def to_cents(amount: Decimal) -> Decimal:
    """The amount rounded half to even to two decimals, as banks do."""
    return amount.quantize(CENT, rounding=ROUND_HALF_EVEN)

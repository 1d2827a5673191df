"""Exchange rates by day: the last one known, said with its day; none is better than one too old."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

OLDEST_DAYS = 7
PLACES = Decimal("0.0000000001")
AMOUNT_PLACES = Decimal("0.000001")


@dataclass(frozen=True, kw_only=True)
class DatedRate:
    """One unit of ``base`` is ``rate`` units of ``quote`` on ``day``."""

    day: date
    base: str
    quote: str
    rate: Decimal
    source: str


@dataclass(frozen=True, kw_only=True)
class FoundRate:
    """The rate an amount is converted by.

    Attributes:
        rate: units of the currency asked for per unit of the amount's own.
        day: of the rate; of the older one where two were multiplied. None where both currencies are the same.
        source: who published it; empty where both currencies are the same.
    """

    rate: Decimal
    day: date | None
    source: str


SAME = FoundRate(rate=Decimal(1), day=None, source="")


@dataclass(frozen=True, kw_only=True)
class RateTable:
    """Rates to look up in.

    Attributes:
        by_pair: days in order and their rates, by base and quote.
        oldest_days: how many days before an amount's day a rate may be from: published rates skip week-ends and
            holidays, and an older one would be a guess.
    """

    by_pair: Mapping[tuple[str, str], tuple[list[date], list[DatedRate]]]
    oldest_days: int = OLDEST_DAYS

    def find(self, *, base: str, quote: str, on: date) -> FoundRate | None:
        """The rate from ``base`` to ``quote``: as published, its inverse, or over a currency both are quoted in.

        None where there is none of the day or of few days before; never one of a later day.
        """
        if base == quote:
            return SAME
        if direct := self._either_way(base, quote, on=on):
            return direct
        for middle in sorted({one for one, _ in self.by_pair}):
            first, second = self._either_way(base, middle, on=on), self._either_way(middle, quote, on=on)
            if first and second and first.day and second.day:
                return FoundRate(
                    rate=(first.rate * second.rate).quantize(PLACES),
                    day=min(first.day, second.day),
                    source=first.source if first.source == second.source else f"{first.source}, {second.source}",
                )
        return None

    def _either_way(self, base: str, quote: str, *, on: date) -> FoundRate | None:
        if found := self._published(base, quote, on=on):
            return FoundRate(rate=found.rate, day=found.day, source=found.source)
        if found := self._published(quote, base, on=on):
            return FoundRate(rate=1 / found.rate, day=found.day, source=found.source)
        return None

    def _published(self, base: str, quote: str, *, on: date) -> DatedRate | None:
        days, rates = self.by_pair.get((base, quote), ([], []))
        place = bisect_right(days, on)
        if not place or days[place - 1] < on - timedelta(days=self.oldest_days):
            return None
        return rates[place - 1]


def rate_table(rates: Iterable[DatedRate], *, oldest_days: int = OLDEST_DAYS) -> RateTable:
    """The table of these rates; the order they come in does not matter."""
    by_pair: dict[tuple[str, str], tuple[list[date], list[DatedRate]]] = {}
    for one in sorted(rates, key=lambda rate: rate.day):
        days, own = by_pair.setdefault((one.base, one.quote), ([], []))
        days.append(one.day)
        own.append(one)
    return RateTable(by_pair=by_pair, oldest_days=oldest_days)


def converted(*, amount: Decimal, by: FoundRate) -> Decimal:
    """The amount in the other currency, to a millionth, half to even."""
    return (amount * by.rate).quantize(AMOUNT_PLACES)

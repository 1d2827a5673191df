"""What retailers credit to ads: units and money by window, always more than the ads caused."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

SAME_SKU_SHARE = 0.82
CREDIT_NOISE = 0.06
# Share of the headline window's units that each window holds; later windows only add.
WINDOW_SHARES: Mapping[int, float] = {1: 0.6, 3: 0.74, 7: 0.88, 14: 1.0, 30: 1.11}


@dataclass(frozen=True, kw_only=True)
class Outcomes:
    """Attributed outcomes of rows in one window. Money in cents; ``same`` + ``halo`` is the total exactly."""

    same_units: Ints
    halo_units: Ints
    same_cents: Ints
    halo_cents: Ints
    same_orders: Ints
    orders: Ints
    new_orders: Ints
    new_units: Ints
    new_cents: Ints

    @property
    def units(self) -> Ints:
        return self.same_units + self.halo_units

    @property
    def cents(self) -> Ints:
        return self.same_cents + self.halo_cents


@dataclass(frozen=True, kw_only=True)
class Credit:
    """What a retailer credits before windows are cut. All of shape (rows,).

    Attributes:
        price_cents: price paid for the advertised item.
        halo_cents: price paid for the other items of the brand.
        orders_per_unit: 0 to 1.
        new_share: share of units bought by shoppers new to the brand.
        offset: uniform in [0, 1), so that rounding down is fair yet the same in every window.
    """

    same_units: Ints
    halo_units: Ints
    price_cents: Ints
    halo_cents: Ints
    orders_per_unit: Floats
    new_share: Floats
    offset: Floats

    def within(self, *, share: float) -> Outcomes:
        """Outcomes of the window that holds ``share`` of the headline window's units."""
        same, halo = self._part(self.same_units, share), self._part(self.halo_units, share)
        new_same, new_halo = self._part(same, self.new_share), self._part(halo, self.new_share)
        same_orders = np.ceil(same * self.orders_per_unit).astype(np.int64)
        orders = np.ceil((same + halo) * self.orders_per_unit).astype(np.int64)
        return Outcomes(
            same_units=same,
            halo_units=halo,
            same_cents=same * self.price_cents,
            halo_cents=halo * self.halo_cents,
            same_orders=same_orders,
            orders=orders,
            new_orders=np.minimum(orders, np.ceil((new_same + new_halo) * self.orders_per_unit).astype(np.int64)),
            new_units=new_same + new_halo,
            new_cents=new_same * self.price_cents + new_halo * self.halo_cents,
        )

    def _part(self, units: Ints, share: float | Floats) -> Ints:
        return np.floor(units * share + self.offset).astype(np.int64)


def credit_rows(
    *, incremental: Floats, incrementality: Floats, price_cents: Ints, new_share: float, rng: np.random.Generator
) -> Credit:
    """Draw what a retailer credits to rows whose ads caused ``incremental`` (USD, shape (rows,)).

    The expected credit is ``incremental / incrementality``: a retailer that counts 1 / 0.6 times too much has
    incrementality 0.6. Both of shape (rows,).
    """
    rows = len(incremental)
    noise = rng.lognormal(-(CREDIT_NOISE**2) / 2, CREDIT_NOISE, rows)
    credited = incremental / incrementality * noise
    halo_cents = np.maximum(100, np.rint(price_cents * rng.uniform(0.8, 1.2, rows))).astype(np.int64)
    return Credit(
        same_units=rng.poisson(100 * credited * SAME_SKU_SHARE / price_cents),
        halo_units=rng.poisson(100 * credited * (1 - SAME_SKU_SHARE) / halo_cents),
        price_cents=price_cents,
        halo_cents=halo_cents,
        orders_per_unit=rng.uniform(0.7, 0.95, rows),
        new_share=np.clip(rng.normal(new_share, 0.06, rows), 0.02, 0.9),
        offset=rng.random(rows),
    )

"""A world with known truth: who sells what where, and what each unit of ad spend really brings."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from campaigns.simulation.goods import Sku, make_skus
from campaigns.simulation.manufacturers import MANUFACTURERS, BrandRange, Manufacturer
from campaigns.simulation.retailers import RETAILERS, Placement, Retailer

MOST_DAYS = 1_100
# Usual spend over k: history overspends on some cells and starves others, so there is something to plan.
LEAST_SATURATION, MOST_SATURATION = 0.3, 2.6


class WorldError(ValueError):
    """The world asked for cannot be made; the message says what to change."""


@dataclass(frozen=True, kw_only=True)
class TrueCurve:
    """What a cell's ads really cause on an average day: ``beta · spend / (k + spend)``.

    Attributes:
        beta: incremental revenue a day that no spend can exceed, USD.
        k: spend a day that brings half of it, USD.
        incrementality: incremental revenue as a share of what the retailer attributes (0 to 1).
        margin_rate: margin as a share of revenue.
    """

    beta: float
    k: float
    incrementality: float
    margin_rate: float


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One place that takes money. ``usual_spend`` is the history's average, USD a day."""

    channel: str
    retailer_id: str
    placement: str
    brand: str
    usual_spend: float

    @property
    def path(self) -> tuple[str, str, str, str]:
        """Channel, retailer id, placement, brand."""
        return (self.channel, self.retailer_id, self.placement, self.brand)


@dataclass(frozen=True, kw_only=True)
class World:
    """Everything that is true of a simulated market; what retailers report of it is drawn by ``observe``.

    Attributes:
        confounding: power of demand that budgets follow; 0 where they are set without regard to it.
    """

    seed: int
    start: date
    days: int
    manufacturer: Manufacturer
    skus: tuple[Sku, ...]
    cells: tuple[Cell, ...]
    truth: Mapping[tuple[str, str, str, str], TrueCurve]
    confounding: float = 0.0

    @property
    def brands(self) -> tuple[str, ...]:
        return tuple(brand.name for brand in self.manufacturer.brands)

    @property
    def retailers(self) -> tuple[Retailer, ...]:
        return tuple(RETAILERS.values())

    def cells_at(self, *, retailer_ids: tuple[str, ...]) -> tuple[Cell, ...]:
        """The cells of some retailers, in the world's order."""
        return tuple(cell for cell in self.cells if cell.retailer_id in retailer_ids)

    def generator(self, *, subject: int) -> np.random.Generator:
        """Random numbers of one subject, unmoved by what other subjects draw."""
        return np.random.default_rng([self.seed, self.manufacturer.number, subject])


def build_world(*, seed: int, start: date, days: int, manufacturer: str) -> World:
    """A world, the same for the same arguments.

    Args:
        seed: 0 or more.
        start: the first day of history.
        days: length of history, 14 to 1100.
        manufacturer: ``acme`` or ``globex``.

    Raises:
        WorldError: an argument is outside these bounds.
    """
    _check(seed=seed, days=days, manufacturer=manufacturer)
    maker = MANUFACTURERS[manufacturer]
    rng = np.random.default_rng([seed, maker.number])
    skus = make_skus(manufacturer=maker, rng=rng)
    cells: list[Cell] = []
    truth: dict[tuple[str, str, str, str], TrueCurve] = {}
    for retailer in RETAILERS.values():
        incrementality = retailer.incrementality + float(rng.uniform(-0.03, 0.03))
        for brand in maker.brands:
            for placement in retailer.placements:
                cell = _cell(maker=maker, retailer=retailer, placement=placement, brand=brand, rng=rng)
                cells.append(cell)
                margin_rate = _margin_rate(skus=skus, brand=brand.name, retailer_id=retailer.retailer_id)
                truth[cell.path] = _curve(
                    cell=cell,
                    roas=placement.roas * brand.roas_factor,
                    incrementality=incrementality,
                    margin_rate=margin_rate,
                    rng=rng,
                )
    return World(seed=seed, start=start, days=days, manufacturer=maker, skus=skus, cells=tuple(cells), truth=truth)


def _check(*, seed: int, days: int, manufacturer: str) -> None:
    if manufacturer not in MANUFACTURERS:
        raise WorldError(f"Unknown manufacturer {manufacturer!r}: choose one of {', '.join(MANUFACTURERS)}.")
    if not 14 <= days <= MOST_DAYS:
        raise WorldError(f"A world lasts 14 to {MOST_DAYS} days, not {days}.")
    if seed < 0:
        raise WorldError(f"The seed must be 0 or more, not {seed}.")


def _cell(
    *,
    maker: Manufacturer,
    retailer: Retailer,
    placement: Placement,
    brand: BrandRange,
    rng: np.random.Generator,
) -> Cell:
    usual = maker.spend_factor * retailer.daily_spend * placement.share * brand.share
    return Cell(
        channel=placement.channel,
        retailer_id=retailer.retailer_id,
        placement=placement.name,
        brand=brand.name,
        usual_spend=usual * float(rng.uniform(0.75, 1.25)),
    )


def _curve(
    *, cell: Cell, roas: float, incrementality: float, margin_rate: float, rng: np.random.Generator
) -> TrueCurve:
    """Curve that gives about ``roas`` (attributed) at usual spend, more or less saturated there."""
    saturation = float(LEAST_SATURATION * (MOST_SATURATION / LEAST_SATURATION) ** rng.random())
    k = cell.usual_spend / saturation
    reached = roas * float(rng.lognormal(-0.01, 0.22))
    return TrueCurve(
        beta=reached * incrementality * k * (1 + saturation),
        k=k,
        incrementality=incrementality,
        margin_rate=margin_rate,
    )


def _margin_rate(*, skus: tuple[Sku, ...], brand: str, retailer_id: str) -> float:
    """Margin per revenue of a brand at a retailer, weighted by what sells."""
    sold = [sku for sku in skus if sku.brand == brand and retailer_id in sku.retailer_ids]
    weights = np.array([sku.popularity for sku in sold])
    return float(np.average([float(sku.margin_rate) for sku in sold], weights=weights))

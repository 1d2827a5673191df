"""Write a world's exports as files that say they are simulated, with the totals a harmonization must find."""

import gzip
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Literal

from campaigns.simulation.layouts import LAYOUTS, amazon_sp_v3, columns
from campaigns.simulation.observing import Observed, observe
from campaigns.simulation.retailers import RETAILERS
from campaigns.simulation.world import World, WorldError

USUAL_RETAILERS = ("alpha", "beta", "amazon", "walmart")


@dataclass(frozen=True, kw_only=True)
class ExportFile:
    """One written file and what is in it.

    Attributes:
        network: whose layout it is; ``mapping_name`` names the mapping that reads it.
        rows: rows of events, without preamble and totals.
        cost: USD, exact to the cent.
        revenue: attributed revenue in USD of the retailer's headline window (``window_days``), all SKUs.
    """

    network: str
    retailer_id: str
    path: Path
    mapping_name: str
    rows: int
    cost: Decimal
    clicks: int
    impressions: int
    revenue: Decimal
    window_days: int


def write_exports(
    *,
    world: World,
    directory: Path,
    retailer_ids: Collection[str] = USUAL_RETAILERS,
    amazon_format: Literal["csv", "json.gz"] = "csv",
) -> tuple[ExportFile, ...]:
    """Write one file a retailer into ``directory`` (made if absent); the same world gives the same bytes.

    ``gamma`` (Criteo's layout) and ``instacart`` are written when named.

    Raises:
        WorldError: a retailer is unknown.
    """
    unknown = [each for each in retailer_ids if each not in RETAILERS]
    if unknown:
        raise WorldError(f"Unknown retailer {unknown[0]!r}: choose from {', '.join(RETAILERS)}.")
    directory.mkdir(parents=True, exist_ok=True)
    return tuple(
        _write(world=world, directory=directory, retailer_id=each, amazon_format=amazon_format) for each in retailer_ids
    )


def _write(*, world: World, directory: Path, retailer_id: str, amazon_format: str) -> ExportFile:
    observed = observe(world=world, retailer_id=retailer_id)
    network = observed.retailer.network
    packed = network == "amazon_sp_v3" and amazon_format == "json.gz"
    span = f"{world.start:%Y%m%d}-{columns.last_day(world=world):%Y%m%d}"
    suffix = "json.gz" if packed else "csv"
    path = directory / f"simulated-{retailer_id}-{world.manufacturer.slug}-{span}.{suffix}"
    if packed:
        path.write_bytes(gzip.compress(amazon_sp_v3.render_json(world, observed), compresslevel=6, mtime=0))
    else:
        path.write_bytes(LAYOUTS[network](world, observed))
    return _described(observed=observed, path=path)


def _described(*, observed: Observed, path: Path) -> ExportFile:
    headline = observed.retailer.headline_days
    return ExportFile(
        network=observed.retailer.network,
        retailer_id=observed.retailer.retailer_id,
        path=path,
        mapping_name=observed.retailer.network,
        rows=len(observed.day),
        cost=Decimal(int(observed.cost_cents.sum())).scaleb(-2),
        clicks=int(observed.clicks.sum()),
        impressions=int(observed.impressions.sum()),
        revenue=Decimal(int(observed.windows[headline].cents.sum())).scaleb(-2),
        window_days=headline,
    )

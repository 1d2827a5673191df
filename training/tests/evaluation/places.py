"""Where the shipped base and adapters lie."""

from pathlib import Path

SHIPPED = Path(__file__).parents[2] / "shipped"
BASE, ADAPTERS = SHIPPED / "base", SHIPPED / "adapters"

"""The axes an adapter may stand on, and in which order they are composed."""

from enum import StrEnum


class Axis(StrEnum):
    """What an adapter knows about; the order is the order of composition."""

    INDUSTRY = "industry"
    RETAILER = "retailer"
    BRAND = "brand"
    TASK = "task"


ORDER = tuple(Axis)

"""What a plan must respect, as values: absent (None or empty) when the brief did not say."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

LEVELS = ("channel", "retailer", "placement", "brand")
OBJECTIVES = ("incremental_margin", "incremental_revenue", "revenue", "units", "profit")
TARGET_METRICS = ("roas", "revenue", "incremental_revenue", "incremental_margin", "units", "profit")


@dataclass(frozen=True, kw_only=True)
class Limit:
    """A cap or a floor on spend. Exactly one of ``share`` (of the total budget, 0 to 1) and ``amount`` (money) is set.

    Attributes:
        level: channel, retailer, placement or brand.
        name: the one node meant; None means each node of that level.
    """

    level: str
    name: str | None
    share: float | None = None
    amount: float | None = None


@dataclass(frozen=True, kw_only=True)
class Target:
    """Reach ``value`` of ``metric`` with the least budget (at most the budget, where one is said)."""

    metric: str
    value: float


@dataclass(frozen=True, kw_only=True)
class Constraints:
    """Constraints of one plan. Money is in ``currency``; shares are fractions.

    Attributes:
        retailers: ids; empty means all.
        roas_floor: attributed revenue per unit of spend, at least.
        cpa_ceiling: money per order, at most.
        reserve: share of the budget held back for experiments.
        fixed: money by retailer id, placement or brand that must be spent there exactly.
        change_limit: share by which a cell may move from its current spend.
        oos_threshold: no spend where the stock-out probability is above this.
        risk: plan for this share of the outcomes, the worst ones, instead of for the mean of all.
        weeks: length; a month counts as 13/3 weeks.
        start, end: days, both included.
    """

    budget: float | None = None
    currency: str | None = None
    retailers: tuple[str, ...] = ()
    brand: str | None = None
    objective: str | None = None
    roas_floor: float | None = None
    cpa_ceiling: float | None = None
    reserve: float | None = None
    caps: tuple[Limit, ...] = ()
    floors: tuple[Limit, ...] = ()
    fixed: Mapping[str, float] = field(default_factory=dict)
    change_limit: float | None = None
    oos_threshold: float | None = None
    risk: float | None = None
    weeks: float | None = None
    start: date | None = None
    end: date | None = None
    target: Target | None = None

"""A plan as the rows of a table, whatever file it becomes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

Figure = Decimal | float | str | None

SIMULATED = "Simulated data"


@dataclass(frozen=True, kw_only=True)
class Interval:
    """An expected amount of money with the bounds of its interval."""

    mean: Decimal
    low: Decimal
    high: Decimal


@dataclass(frozen=True, kw_only=True)
class PlanRow:
    """One cell of a plan. Money is for the whole horizon, in the report's currency.

    Attributes:
        path: channel, retailer, placement, brand.
        revenue: attributed revenue expected at the proposed spend.
        marginal_roas: attributed revenue of one more unit of money.
        limited_by: the rules that hold this cell, in words.
    """

    path: tuple[str, str, str, str]
    current: Decimal
    proposed: Decimal
    revenue: Interval | None = None
    incremental_revenue: Interval | None = None
    incremental_margin: Interval | None = None
    marginal_roas: float | None = None
    limited_by: str = ""

    @property
    def change(self) -> Decimal:
        return self.proposed - self.current

    @property
    def relative_change(self) -> float | None:
        """Change as a share of current spend; None where nothing was spent."""
        return float(self.change / self.current) if self.current else None


@dataclass(frozen=True, kw_only=True)
class RuleLine:
    """One rule of the plan and how it held: ``price`` is what one more unit of it would bring, in words."""

    name: str
    value: str
    is_binding: bool = False
    price: str = ""


@dataclass(frozen=True, kw_only=True)
class PlanReport:
    """What an export shows.

    Attributes:
        confidence: of the intervals, 0 to 1.
        facts: label → value about the plan: horizon, attribution windows, incrementality assumptions, approval.
        certificate: label → value: status, duality gap, residuals.
    """

    title: str
    currency: str
    rows: tuple[PlanRow, ...]
    confidence: float = 0.9
    rules: tuple[RuleLine, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)
    certificate: Mapping[str, str | float] = field(default_factory=dict)
    is_simulated: bool = False


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column: its heading, what kind of value it holds (text, money, share, ratio), and whether it adds up."""

    heading: str
    kind: str
    adds_up: bool = False


def plan_columns(*, report: PlanReport) -> tuple[Column, ...]:
    """Columns of the plan's table; headings carry the currency and the confidence."""
    money, percent = report.currency, f"{100 * report.confidence:g}%"
    columns = [Column(heading=heading, kind="text") for heading in ("Channel", "Retailer", "Placement", "Brand")]
    for heading in ("Current spend", "Proposed spend", "Change"):
        columns.append(Column(heading=f"{heading} ({money})", kind="money", adds_up=True))
    columns.append(Column(heading="Change (share)", kind="share"))
    for heading in ("Attributed revenue", "Incremental revenue", "Incremental margin"):
        columns.append(Column(heading=f"{heading} ({money})", kind="money", adds_up=True))
        # Bounds of single cells do not add up to bounds of the total.
        columns += [Column(heading=f"{heading}, {bound} {percent}", kind="money") for bound in ("low", "high")]
    columns += [Column(heading="Marginal ROAS", kind="ratio"), Column(heading="Limited by", kind="text")]
    return (*columns, Column(heading="Data", kind="text")) if report.is_simulated else tuple(columns)


def plan_figures(*, report: PlanReport, row: PlanRow) -> tuple[Figure, ...]:
    """A row's figures in the order of ``plan_columns``."""
    figures: list[Figure] = [*row.path, row.current, row.proposed, row.change, row.relative_change]
    for interval in (row.revenue, row.incremental_revenue, row.incremental_margin):
        figures += [None] * 3 if interval is None else [interval.mean, interval.low, interval.high]
    figures += [row.marginal_roas, row.limited_by]
    return (*figures, SIMULATED) if report.is_simulated else tuple(figures)


def plan_totals(*, report: PlanReport) -> tuple[Figure, ...]:
    """The totals row: sums of what adds up, empty elsewhere."""
    columns = plan_columns(report=report)
    sums = [Decimal(0)] * len(columns)
    for row in report.rows:
        for place, figure in enumerate(plan_figures(report=report, row=row)):
            sums[place] += figure if isinstance(figure, Decimal) else 0
    totals: list[Figure] = [total if column.adds_up else None for column, total in zip(columns, sums, strict=True)]
    totals[0] = "Total"
    return tuple(totals)

"""The SQL a clean room runs to hand out what a readout needs: sums by geo and day, never rows of people."""

from dataclasses import dataclass

from campaigns.measurement.panel import MeasurementRefused

LEAST_PEOPLE, GEOS_A_ROW = 50, 5
QUERY = """\
WITH outcomes AS (
  SELECT geo, day, SUM(amount) AS outcome
  FROM {sales}
  WHERE {within}
    AND geo IN (
    {geos})
  GROUP BY geo, day
  HAVING COUNT(DISTINCT person_id) >= {least_people}
), costs AS (
  SELECT geo, day, SUM(cost) AS cost
  FROM {ads}
  WHERE {within}
  GROUP BY geo, day
)
SELECT outcomes.geo, outcomes.day, outcomes.outcome, COALESCE(costs.cost, 0) AS cost
FROM outcomes
LEFT JOIN costs ON costs.geo = outcomes.geo AND costs.day = outcomes.day
ORDER BY outcomes.geo, outcomes.day"""


@dataclass(frozen=True, kw_only=True)
class SqlRequest:
    """What the readout needs.

    Attributes:
        start, end: first and last day, ISO, both included; the history before the test is part of it.
        geos: those of the design, and no others.
        least_people: a geo and day with fewer different people is left out of the answer.
    """

    start: str
    end: str
    geos: tuple[str, ...]
    least_people: int = LEAST_PEOPLE
    sales_table: str = "sales"
    ads_table: str = "ad_costs"


def readout_sql(*, request: SqlRequest) -> str:
    """One SELECT in standard SQL over ``sales (geo, day, person_id, amount)`` and ``ad_costs (geo, day, cost)``.

    Raises MeasurementRefused without geos, or for a period that ends before it starts.
    """
    if not request.geos:
        raise MeasurementRefused("No geo is named", "Register a design with treated and control geos.", "geos")
    if request.end < request.start:
        raise MeasurementRefused("The period ends before it starts", "Swap the days.", "end")
    within = f"day BETWEEN DATE {_text(request.start)} AND DATE {_text(request.end)}"
    rows = [request.geos[place : place + GEOS_A_ROW] for place in range(0, len(request.geos), GEOS_A_ROW)]
    geos = ",\n    ".join(", ".join(_text(geo) for geo in row) for row in rows)
    return QUERY.format(
        sales=_name(request.sales_table),
        ads=_name(request.ads_table),
        within=within,
        geos=geos,
        least_people=int(request.least_people),
    )


def _text(value: str) -> str:
    """A string literal; a quote inside is doubled."""
    return "'" + value.replace("'", "''") + "'"


def _name(value: str) -> str:
    """An identifier, quoted."""
    return '"' + value.replace('"', '""') + '"'

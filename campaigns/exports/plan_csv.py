"""A plan as CSV: UTF-8 with a mark that Excel knows, one row a cell, a totals row last."""

import csv
import io
from decimal import Decimal

from campaigns.exports.rows import Figure, PlanReport, plan_columns, plan_figures, plan_totals
from tenants.exports import safe_text


def plan_csv(*, report: PlanReport) -> bytes:
    """The file. Numbers have a decimal point and no separators; every row of a simulated plan says so."""
    lines = io.StringIO(newline="")
    writer = csv.writer(lines, lineterminator="\r\n")
    writer.writerow([safe_text(column.heading) for column in plan_columns(report=report)])
    for row in report.rows:
        writer.writerow([_written(figure) for figure in plan_figures(report=report, row=row)])
    writer.writerow([_written(figure) for figure in plan_totals(report=report)])
    return lines.getvalue().encode("utf-8-sig")


def _written(figure: Figure) -> str:
    if figure is None:
        return ""
    if isinstance(figure, Decimal):
        return f"{figure:.2f}"
    return f"{figure:.6g}" if isinstance(figure, float) else safe_text(figure)

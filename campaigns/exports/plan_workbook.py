"""A plan as a workbook: the plan with totals, then its rules, facts and certificate."""

import io
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from campaigns.exports.rows import SIMULATED, Column, Figure, PlanReport, plan_columns, plan_figures, plan_totals
from tenants.exports import safe_text

NUMBER_FORMATS = {"money": "#,##0.00", "share": "0.0%", "ratio": "0.00"}
# A fixed date of creation makes the same plan the same bytes.
CREATED = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
NOTE = "Simulated data: this plan was made from a simulated market, not from a retailer's figures."


def plan_workbook(*, report: PlanReport) -> bytes:
    """The file. Text is never written as a formula or a link; only the totals are formulas."""
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(file, options) as workbook:
        workbook.set_properties({"title": safe_text(report.title), "created": CREATED})
        formats = {kind: workbook.add_format({"num_format": code}) for kind, code in NUMBER_FORMATS.items()}
        bold = {kind: workbook.add_format({"num_format": code, "bold": True}) for kind, code in NUMBER_FORMATS.items()}
        formats["text"], bold["text"] = workbook.add_format(), workbook.add_format({"bold": True})
        _write_plan(sheet=workbook.add_worksheet("Plan"), report=report, formats=formats, bold=bold)
        _write_rules(sheet=workbook.add_worksheet("Rules and certificate"), report=report, bold=bold["text"])
    return file.getvalue()


def _write_plan(
    *, sheet: Worksheet, report: PlanReport, formats: Mapping[str, Format], bold: Mapping[str, Format]
) -> None:
    columns = plan_columns(report=report)
    first = 0
    if report.is_simulated:
        sheet.write_string(0, 0, NOTE, bold["text"])
        first = 1
    for place, column in enumerate(columns):
        sheet.write_string(first, place, safe_text(column.heading), bold["text"])
        sheet.set_column(place, place, 22 if column.kind == "text" else 16)
    sheet.freeze_panes(first + 1, 4)
    for number, row in enumerate(report.rows, start=first + 1):
        for place, figure in enumerate(plan_figures(report=report, row=row)):
            _write_figure(sheet=sheet, at=(number, place), figure=figure, style=formats[columns[place].kind])
    _write_totals(sheet=sheet, report=report, columns=columns, first=first + 1, bold=bold)


def _write_totals(
    *, sheet: Worksheet, report: PlanReport, columns: tuple[Column, ...], first: int, bold: Mapping[str, Format]
) -> None:
    last = first + len(report.rows)
    for place, figure in enumerate(plan_totals(report=report)):
        style = bold[columns[place].kind]
        if isinstance(figure, Decimal) and report.rows:
            letter = _letter(place)
            sheet.write_formula(last, place, f"=SUM({letter}{first + 1}:{letter}{last})", style, float(figure))
        else:
            _write_figure(sheet=sheet, at=(last, place), figure=figure, style=style)


def _write_rules(*, sheet: Worksheet, report: PlanReport, bold: Format) -> None:
    sheet.set_column(0, 0, 36)
    sheet.set_column(1, 3, 44)
    lines: list[tuple[str | float, ...]] = [(report.title,)]
    if report.is_simulated:
        lines.append((SIMULATED, NOTE))
    lines += [(), ("Rule", "Value", "Binding", "What one more unit brings")]
    lines += [(rule.name, rule.value, "yes" if rule.is_binding else "no", rule.price) for rule in report.rules]
    for heading, facts in (("About this plan", report.facts), ("Certificate", report.certificate)):
        lines += [(), (heading,), *((label, value) for label, value in facts.items())]
    headings = {report.title, "Rule", "About this plan", "Certificate"}
    for number, line in enumerate(lines):
        is_heading = bool(line) and line[0] in headings
        for place, value in enumerate(line):
            _write_figure(sheet=sheet, at=(number, place), figure=value, style=bold if is_heading else None)


def _write_figure(*, sheet: Worksheet, at: tuple[int, int], figure: Figure, style: Format | None) -> None:
    if figure is None:
        sheet.write_blank(*at, None, style)
    elif isinstance(figure, str):
        sheet.write_string(*at, safe_text(figure), style)
    else:
        sheet.write_number(*at, float(figure), style)


def _letter(place: int) -> str:
    """A, B, … Z, AA: the name of a column."""
    first, second = divmod(place, 26)
    return (chr(64 + first) if first else "") + chr(65 + second)

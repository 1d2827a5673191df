import csv
import dataclasses
import io
from decimal import Decimal

import polars as pl
import pytest

from campaigns.exports import PlanRow, plan_csv, plan_workbook
from campaigns.tests.exports.sheets import cells, sheet_names, sheet_xml


def read_csv(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


@pytest.fixture
def nasty(report):
    row = PlanRow(
        path=("onsite", "=cmd|' /C calc'!A0", "@home", '+Brand, "x"'), current=Decimal(1), proposed=Decimal(0)
    )
    return dataclasses.replace(report, title="=1+1", rows=(row,))


def test_csv_has_a_row_a_cell_and_a_total(report):
    rows = read_csv(plan_csv(report=report))

    assert [row["Brand"] for row in rows] == ["Nordmill", "Kettleby", "Kettleby", ""]
    assert rows[0]["Proposed spend (USD)"] == "1500.50"
    assert rows[0]["Attributed revenue, low 90%"] == "4800.00"
    assert rows[-1]["Channel"] == "Total"


def test_csv_totals_are_exact(report):
    rows = read_csv(plan_csv(report=report))

    for heading in ("Current spend (USD)", "Proposed spend (USD)", "Change (USD)"):
        assert Decimal(rows[-1][heading]) == sum(Decimal(row[heading]) for row in rows[:-1])
    assert rows[-1]["Attributed revenue, low 90%"] == ""


def test_negative_numbers_stay_numbers(report):
    assert read_csv(plan_csv(report=report))[2]["Change (USD)"] == "-400.00"


def test_unknown_figures_are_empty_not_zero(report):
    row = read_csv(plan_csv(report=report))[1]

    assert row["Incremental margin (USD)"] == ""
    assert row["Change (share)"] == ""
    assert row["Marginal ROAS"] == ""


def test_csv_escapes_names(nasty):
    row = read_csv(plan_csv(report=nasty))[0]

    assert row["Retailer"] == "'=cmd|' /C calc'!A0"
    assert row["Placement"] == "'@home"
    assert row["Brand"] == '\'+Brand, "x"'


def test_a_simulated_plan_says_so_in_every_row_and_sheet(report):
    simulated = dataclasses.replace(report, is_simulated=True)

    rows = read_csv(plan_csv(report=simulated))
    workbook = plan_workbook(report=simulated)

    assert all(row["Data"] == "Simulated data" for row in rows[:-1])
    assert cells(workbook, 1)["A1"].startswith("Simulated data")
    assert "Simulated data" in cells(workbook, 2).values()


def test_a_real_plan_does_not_speak_of_simulation(report):
    assert b"imulated" not in plan_csv(report=report)
    assert not any("imulated" in str(value) for value in cells(plan_workbook(report=report), 1).values())


def test_workbook_holds_numbers_with_formats_and_a_frozen_header(report):
    content = plan_workbook(report=report)

    sheet = cells(content, 1)
    assert sheet["A1"] == "Channel"
    assert sheet["F2"] == 1500.5
    assert sheet["G4"] == -400.0
    assert 'state="frozen"' in sheet_xml(content, 1)


def test_workbook_totals_are_sums_with_their_values(report):
    sheet = cells(plan_workbook(report=report), 1)

    assert sheet["A5"] == "Total"
    assert sheet["F5"] == ("=SUM(F2:F4)", 1600.0)
    assert sheet["G5"] == ("=SUM(G2:G4)", 200.0)


def test_totals_of_a_simulated_workbook_begin_below_its_note(report):
    sheet = cells(plan_workbook(report=dataclasses.replace(report, is_simulated=True)), 1)

    assert sheet["F6"] == ("=SUM(F3:F5)", 1600.0)


def test_second_sheet_holds_rules_facts_and_certificate(report):
    content = plan_workbook(report=report)

    assert sheet_names(content) == ["Plan", "Rules and certificate"]
    values = list(cells(content, 2).values())
    for expected in ("Budget", "yes", "0.79 USD of margin", "91 days", "Duality gap", 1e-9):
        assert expected in values


def test_workbook_has_no_formula_but_its_totals(nasty):
    content = plan_workbook(report=nasty)

    sheet = cells(content, 1)
    formulas = [value[0] for value in sheet.values() if isinstance(value, tuple)]
    assert all(formula.startswith("=SUM(") for formula in formulas)
    assert sheet["B2"].startswith("'=cmd")
    assert cells(content, 2)["A1"] == "'=1+1"


def test_workbook_opens_in_another_reader(report):
    frame = pl.read_excel(plan_workbook(report=report), sheet_name="Plan")

    assert frame.height == 4
    assert frame["Proposed spend (USD)"].to_list()[:3] == [1500.5, 99.5, 0.0]


def test_the_same_plan_makes_the_same_bytes(report):
    assert plan_workbook(report=report) == plan_workbook(report=report)
    assert plan_csv(report=report) == plan_csv(report=report)


def test_a_plan_without_cells_still_makes_files(report):
    empty = dataclasses.replace(report, rows=())

    assert read_csv(plan_csv(report=empty))[0]["Proposed spend (USD)"] == "0.00"
    assert cells(plan_workbook(report=empty), 1)["A2"] == "Total"

"""What the quality report says on the page."""

from html import unescape

from harmonization.tests.facts import make_import
from harmonization.views.quality_tables import quality_report

QUALITY = {
    "rows_read": 10,
    "rows_kept": 9,
    "rows_rejected": 1,
    "blank_rows": 2,
    "totals_rows": 1,
    "format": "csv",
    "encoding": "utf-8",
    "separator": ";",
    "header_row": 3,
    "first_date": "2026-06-01",
    "last_date": "2026-06-02",
    "currencies": ["USD"],
    "coverage": [
        {"field": "cost", "column": "spend", "rows_filled": 9, "share": 1.0},
        {"field": "gtin", "column": "GTIN", "rows_filled": 2, "share": 0.222},
    ],
    "unknown_values": [{"field": "placement_type", "value": "Moon", "taken_as": "other", "rows": 4}],
    "invariants": [
        {
            "name": "clicks_le_impressions",
            "description": "clicks ≤ impressions",
            "rows_checked": 9,
            "rows_broken": 1,
            "first_row": 7,
        }
    ],
    "unmapped_columns": ["mystery"],
    "ignored_columns": {"event_id": "number of the row"},
    "reject_reasons": {"date is not a date": 1},
    "notes": ["The currency is assumed to be USD."],
}


def test_report_tells_how_the_file_was_opened():
    report = quality_report(quality=QUALITY)

    assert (
        report["reading"]
        == "CSV, utf-8, separator “;”, header in row 3; left out: blank rows (2) and rows of totals (1)"
    )


def test_tables_without_rows_are_left_out():
    report = quality_report(quality={**QUALITY, "unknown_values": [], "reject_reasons": {}})

    assert [table["id"] for table in report["tables"]] == ["invariants", "coverage"]


def test_import_that_was_not_read_has_no_report():
    assert quality_report(quality={}) == {}


def test_page_shows_coverage_unknown_values_rules_and_columns(acme, teammate, portal):
    run = make_import(quality=QUALITY)

    page = unescape(portal(teammate).get(f"/data/imports/{run.pk}/").content.decode())

    for text in ("22.2%", "Moon", "clicks ≤ impressions", "row 7", "mystery", "number of the row", "assumed to be USD"):
        assert text in page

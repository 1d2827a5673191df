"""Results as JSON values: exact, plain, nested."""

import json
from dataclasses import asdict
from datetime import date
from decimal import Decimal

from harmonization.pipeline.result import ReconciliationLine
from harmonization.services.report_json import as_json

LINE = ReconciliationLine(
    metric="cost",
    date=date(2026, 6, 1),
    source=Decimal("12.340000"),
    harmonized=Decimal("1E+3"),
    difference=Decimal(0),
    reason="",
)


def test_amounts_keep_their_digits_and_days_are_iso():
    assert as_json(LINE) == {
        "metric": "cost",
        "date": "2026-06-01",
        "source": "12.340000",
        "harmonized": "1000",
        "difference": "0",
        "reason": "",
    }


def test_dataclasses_are_as_their_dictionaries():
    assert as_json([LINE, LINE]) == as_json([asdict(LINE), asdict(LINE)])


def test_what_comes_out_is_json():
    value = {1: (True, None, 2.5, LINE), "days": [date(2026, 6, 1)]}

    assert json.loads(json.dumps(as_json(value))) == as_json(value)

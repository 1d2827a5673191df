"""The door ``suggest_mapping``: the shape of its JSON."""

import json
from io import StringIO
from pathlib import Path

from django.core.management import call_command


def test_command_prints_one_object_per_column(tmp_path: Path) -> None:
    report = tmp_path / "report.csv"
    report.write_text("date,clicks,spend,sales_14d\n2026-01-01,3,1.50,9.99\n2026-01-02,4,2.25,19.50\n")
    out = StringIO()

    call_command("suggest_mapping", str(report), "--json", stdout=out)

    columns = json.loads(out.getvalue())["columns"]
    assert [column["rmis_field"] for column in columns] == ["event_date", "clicks", "cost", "revenue"]
    assert columns[3]["qualifier"]["window"] == "14d"


def test_command_tells_people_one_column_a_line(tmp_path: Path) -> None:
    report = tmp_path / "report.csv"
    report.write_text("date,clicks,spend,sales_14d,Target ROAS\n2026-01-01,3,1.50,9.99,4\n2026-01-02,4,2.25,19.50,4\n")
    out = StringIO()

    call_command("suggest_mapping", str(report), stdout=out)

    lines = out.getvalue().splitlines()
    assert "revenue 14d click" in lines[3]
    assert "(not mapped)" in lines[4]
    assert "goal" in lines[4]


def test_header_only_looks_at_no_values(tmp_path: Path) -> None:
    report = tmp_path / "report.csv"
    report.write_text("date,clicks,spend\nred,blue,green\n")
    seen, unseen = StringIO(), StringIO()

    call_command("suggest_mapping", str(report), "--json", stdout=seen)
    call_command("suggest_mapping", str(report), "--json", "--header-only", stdout=unseen)

    assert [column["rmis_field"] for column in json.loads(seen.getvalue())["columns"]] == [None, None, None]
    assert [column["rmis_field"] for column in json.loads(unseen.getvalue())["columns"]] == [
        "event_date",
        "clicks",
        "cost",
    ]

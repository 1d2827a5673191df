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

"""Reconciliation by metric, and rejected rows."""

from decimal import Decimal

from harmonization.selectors.reconciliation import reconciled_metrics
from harmonization.selectors.rejects import rejected_rows


def _line(metric: str, day: str | None, source: str, harmonized: str, reason: str = "") -> dict:
    difference = str(Decimal(source) - Decimal(harmonized))
    return {
        "metric": metric,
        "date": day,
        "source": source,
        "harmonized": harmonized,
        "difference": difference,
        "reason": reason,
    }


def test_lines_are_gathered_by_metric_with_days_in_order():
    lines = [
        _line("cost", "2026-06-02", "2.5", "2.5"),
        _line("clicks", "2026-06-01", "7", "7"),
        _line("cost", "2026-06-01", "1", "1"),
    ]

    cost, clicks = reconciled_metrics(lines=lines)

    assert (cost.metric, cost.source, cost.is_exact) == ("cost", Decimal("3.5"), True)
    assert [day.day for day in cost.days] == ["2026-06-01", "2026-06-02"]
    assert clicks.source == 7


def test_days_that_cancel_out_are_not_exact():
    lines = [_line("cost", "2026-06-01", "2", "1", "moved"), _line("cost", "2026-06-02", "1", "2", "moved")]

    (cost,) = reconciled_metrics(lines=lines)

    assert (cost.difference, cost.is_exact, cost.reasons) == (0, False, ("moved",))


def test_line_without_a_day_is_kept():
    (cost,) = reconciled_metrics(lines=[_line("cost", None, "2", "1", "no date")])

    assert cost.days[0].day == ""


def test_no_lines_are_no_metrics():
    assert reconciled_metrics(lines=[]) == ()


def test_rejected_rows_come_in_stretches(tmp_path):
    path = tmp_path / "rejects.csv"
    path.write_text("row_number,reason,raw_row\n" + "".join(f'{n},bad date,"a,{n}"\n' for n in range(5)))

    found = list(rejected_rows(path=path, offset=3, limit=10))

    assert [(row.row_number, row.reason, row.raw_row) for row in found] == [
        ("3", "bad date", "a,3"),
        ("4", "bad date", "a,4"),
    ]


def test_import_without_rejects_has_no_rows(tmp_path):
    assert list(rejected_rows(path=tmp_path / "absent.csv")) == []

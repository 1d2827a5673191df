"""Leave one network out: how well mapping proposals do on each layout, learning from the others.

Run from the project's root: ``python -m benchmarks.suggest_mapping``. The layouts are read from the folder
``../shared/networks`` beside the project. The generic vocabulary is not refitted per fold: some of its words were
added after reading errors on held-out layouts, so the figures are optimistic for networks truly unseen. Layouts of
one network family are held out together. Values are SIMULATED.
"""

import csv
import random
import sys
from dataclasses import dataclass
from pathlib import Path

from harmonization.suggestion.knowledge import Example, learn
from harmonization.suggestion.suggest import suggest
from harmonization.suggestion.suggestion import CORE_OF_METRIC, CRITICAL, Suggestion

NETWORKS = Path(__file__).resolve().parents[1] / ".." / "shared" / "networks"
SAME = {"direct": "same_sku", "indirect": "halo"}
METRIC_OF_CORE = {core: metric for metric, core in CORE_OF_METRIC.items()}
ROWS = 12
Row = dict[str, str]


@dataclass
class Score:
    """Counts over all held-out columns."""

    right: int = 0
    proposed: int = 0
    true: int = 0
    critical_right: int = 0
    critical_proposed: int = 0
    critical_true: int = 0
    qualified: int = 0
    qualified_right: int = 0
    traps_wrong: int = 0
    columns: int = 0

    def add(self, *, row: Row, found: Suggestion) -> None:
        truth, field = row["rmis_field"] or None, found.field
        is_right = field is not None and field == truth
        self.columns += 1
        self.true += truth is not None
        self.proposed += field is not None
        self.right += is_right
        self.critical_true += truth in CRITICAL
        self.critical_proposed += field in CRITICAL
        self.critical_right += is_right and field in CRITICAL
        self.traps_wrong += "TRAP" in row["note"] and field is not None and not is_right
        if is_right and row["qualifier"]:
            self.qualified += 1
            self.qualified_right += _qualifier_is_right(row, found)

    def line(self, name: str) -> str:
        f1 = _share(2 * self.right, self.proposed + self.true)
        precision = _share(self.critical_right, self.critical_proposed)
        recall = _share(self.critical_right, self.critical_true)
        abstained = _share(self.columns - self.proposed, self.columns)
        qualifiers = _share(self.qualified_right, self.qualified)
        return (
            f"{name:28} {f1:6.3f} {precision:10.3f} {recall:7.3f} {qualifiers:11.3f} {self.traps_wrong:6} "
            f"{abstained:10.3f}"
        )


def main() -> None:
    paths = sorted(NETWORKS.glob("*.csv"))
    if not paths:
        sys.stdout.write("skipped: the layouts in ../shared/networks are not here\n")
        return
    tables = {path.stem: list(csv.DictReader(path.open(encoding="utf-8"))) for path in paths}
    is_detailed = "--errors" in sys.argv
    sys.stdout.write(f"{'':28} {'F1':>6} {'critical P':>10} {'crit. R':>7} {'qualifiers':>11} traps abstention\n")
    for has_values in (False, True):
        total = Score()
        for name in tables:
            score = Score()
            for row, found in _held_out(tables, name, has_values=has_values):
                score.add(row=row, found=found)
                total.add(row=row, found=found)
                if is_detailed and found.field != (row["rmis_field"] or None):
                    wrong = f"{row['source_column']!r}: {found.field}, not {row['rmis_field']!r} ({found.why})"
                    sys.stdout.write(f"    {name}: {wrong}\n")
            sys.stdout.write(score.line(f"  {name}") + "\n")
        sys.stdout.write(total.line("ALL, simulated values" if has_values else "ALL, header only") + "\n")


def _held_out(tables: dict[str, list[Row]], name: str, *, has_values: bool) -> list[tuple[Row, Suggestion]]:
    family = name.split("_")[0]
    known = [(other, row) for other, rows in tables.items() if other.split("_")[0] != family for row in rows]
    knowledge = learn(
        examples=[
            Example(
                header=row["source_column"],
                meaning=METRIC_OF_CORE.get(row["rmis_field"], row["rmis_field"]) or row["rmis_ext_field"],
                network=other.split("_")[0],
            )
            for other, row in known
        ]
    )
    rows = tables[name]
    values = _simulated_values(rows) if has_values else {}
    found = suggest(header=[row["source_column"] for row in rows], values=values, knowledge=knowledge)
    return list(zip(rows, found, strict=True))


def _simulated_values(rows: list[Row]) -> dict[str, tuple[str, ...]]:
    """Texts of a dozen days whose ctr, cpc and roas agree with their parts."""
    rng = random.Random(7)
    days = [_day(rng, number) for number in range(ROWS)]
    return {row["source_column"]: tuple(_text(row, day, rng) for day in days) for row in rows}


def _day(rng: random.Random, number: int) -> dict[str, float]:
    clicks = rng.randint(20, 400)
    impressions, cost = clicks * rng.randint(30, 200), round(clicks * rng.uniform(0.4, 1.5), 2)
    revenue = round(cost * rng.uniform(1, 6), 2)
    return {
        "impressions": impressions, "clicks": clicks, "cost": cost, "revenue": revenue, "day": number + 1,
        "orders": rng.randint(1, 40), "units_sold": rng.randint(1, 60), "ctr": clicks / impressions,
        "cpc": cost / clicks, "roas": revenue / cost,
    }  # fmt: skip


def _text(row: Row, day: dict[str, float], rng: random.Random) -> str:
    field, kind = row["rmis_field"], row["source_type"]
    if field == "event_date" or kind in ("date", "timestamp"):
        return f"2026-03-{int(day['day']):02d}"
    if field == "currency":
        return "USD"
    if field in day:
        number = day[field] * (100 if "percent_to_ratio" in row["transform"] else 1)
        return f"{number:.6f}" if field in ("ctr", "cpc", "roas") else f"{number:.2f}".removesuffix(".00")
    if kind == "int":
        return str(rng.randint(1, 90))
    return (
        f"{rng.uniform(1, 900):.2f}"
        if kind in ("decimal", "money", "percent")
        else f"{field or 'word'} {rng.random():.3f}"
    )


def _qualifier_is_right(row: Row, found: Suggestion) -> bool:
    said = dict(part.split("=", 1) for part in row["qualifier"].split(";") if "=" in part)
    pairs = {"window": found.window, "touch": found.touch, "scope": found.scope}
    return all(
        pairs[key] == SAME.get(said[key], said[key])
        for key in pairs
        if key in said and not said[key].startswith("request")
    )


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


if __name__ == "__main__":
    main()

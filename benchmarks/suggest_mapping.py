"""How well mapping proposals do on layouts they have not learned from.

Run from the project's root: ``python -m benchmarks.suggest_mapping`` (``--errors`` lists every wrong column,
``--evidence`` what each kind of evidence was worth). Four sets:

* leave one network out over the layouts in ``../shared/networks`` beside the project, where they are. The lexicon and
  the grammar are not refitted per fold and were developed looking at these layouts: the figures are optimistic.
* held out: ``benchmarks/layouts/held_out``, networks not looked at before lexicon and grammar were first written;
* second look, third look: folders beside it, networks read after the repairs that the ones before had led to.

What the first look at each gave is kept in ``docs/decisions/mapping-proposals.md``; repairs made since
have seen these layouts too. Values are SIMULATED in all. Known mappings come from the layouts of the first set and
never from the network judged.
"""

import csv
import sys
from pathlib import Path

from benchmarks.layouts.scoring import HEADING, LIMITS, Score, qualifier_is_right
from benchmarks.layouts.simulated_values import simulated_values
from harmonization.suggestion.knowledge import Example, learn
from harmonization.suggestion.suggest import suggest
from harmonization.suggestion.suggestion import CORE_OF_METRIC, OUTCOMES, Suggestion

NETWORKS = Path(__file__).resolve().parents[1] / ".." / "shared" / "networks"
LAYOUTS = Path(__file__).resolve().parent / "layouts"
METRIC_OF_CORE = {core: metric for metric, core in CORE_OF_METRIC.items()}
Row = dict[str, str]
Tables = dict[str, list[Row]]


def main() -> None:
    known = _tables(NETWORKS)
    if known:
        _report("leave one network out", tables=known, known=known)
    else:
        sys.stdout.write("skipped: the layouts in ../shared/networks are not here\n")
    _report("held out", tables=_tables(LAYOUTS / "held_out"), known=known)
    _report("second look", tables=_tables(LAYOUTS / "second_look"), known=known)
    _report("third look", tables=_tables(LAYOUTS / "third_look"), known=known)


def _tables(folder: Path) -> Tables:
    return {
        path.stem: list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
        for path in sorted(folder.glob("*.csv"))
    }


def _report(title: str, *, tables: Tables, known: Tables) -> None:
    sys.stdout.write(f"{title}\n{HEADING}\n")
    for has_values in (False, True):
        total = Score()
        for name in tables:
            score = Score()
            for row, found in _judged(tables, name, known=known, has_values=has_values):
                score.add(row=row, found=found)
                total.add(row=row, found=found)
                _explain(name, row, found)
            sys.stdout.write(score.line(f"  {name}") + "\n")
        sys.stdout.write(total.line("ALL, simulated values" if has_values else "ALL, header only") + "\n")
        sys.stdout.write("\n".join(total.calibration()) + "\n")
        _show_evidence(total)
    sys.stdout.write(f"{LIMITS}\n\n")


def _judged(tables: Tables, name: str, *, known: Tables, has_values: bool) -> list[tuple[Row, Suggestion]]:
    """Every column with its proposal, learned from the layouts of other networks."""
    family = name.split("_")[0]
    examples = [
        Example(header=row["source_column"], meaning=_meaning(row), network=other.split("_")[0])
        for other, rows in known.items()
        if other.split("_")[0] != family
        for row in rows
    ]
    rows = tables[name]
    values = simulated_values(rows=rows) if has_values else {}
    header = [row["source_column"] for row in rows]
    found = suggest(header=header, values=values, knowledge=learn(examples=examples))
    return list(zip(rows, found, strict=True))


def _meaning(row: Row) -> str:
    return METRIC_OF_CORE.get(row["rmis_field"], row["rmis_field"]) or row.get("rmis_ext_field", "")


def _explain(name: str, row: Row, found: Suggestion) -> None:
    if "--errors" not in sys.argv:
        return
    column, truth = row["source_column"], row["rmis_field"] or None
    if found.field != truth:
        sys.stdout.write(f"    {name}: {column!r}: {found.field}, not {truth} ({found.why})\n")
    elif truth in OUTCOMES and not qualifier_is_right(row=row, found=found):
        said = (found.window, found.touch, found.scope)
        sys.stdout.write(f"    {name}: {column!r}: {said}, not {row['qualifier']}\n")


def _show_evidence(total: Score) -> None:
    if "--evidence" not in sys.argv:
        return
    for kinds, rights in sorted(total.by_evidence.items(), key=lambda one: sorted(one[0])):
        sys.stdout.write(f"    {', '.join(sorted(kinds))}: {sum(rights)} of {len(rights)}\n")


if __name__ == "__main__":
    main()

"""Floors on layouts of networks that proposals do not learn from, and drafts that can be read for each of them."""

import csv
from pathlib import Path

import pytest

from benchmarks.layouts.scoring import Score, share
from benchmarks.layouts.simulated_values import simulated_values
from harmonization.mapping.reader import read_mapping
from harmonization.services.suggestions import suggest_for
from harmonization.suggestion.drafting import MOST_QUESTIONS, answer_question, draft_mapping
from harmonization.suggestion.sample import FileSample

LAYOUTS = sorted((Path(__file__).resolve().parents[3] / "benchmarks" / "layouts").glob("*/*.csv"))
Rows = list[dict[str, str]]


def rows_of(path: Path) -> Rows:
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def sample_of(rows: Rows) -> FileSample:
    columns = tuple(dict.fromkeys(row["source_column"] for row in rows))
    return FileSample(name="report.csv", columns=columns, values=simulated_values(rows=rows))


@pytest.mark.parametrize("is_header_only", [True, False])
def test_proposals_keep_their_floors_on_held_out_layouts(is_header_only: bool) -> None:
    score = Score()

    for path in LAYOUTS:
        rows = rows_of(path)
        found = suggest_for(sample=sample_of(rows), is_header_only=is_header_only)
        for row, one in zip(rows, found, strict=True):
            score.add(row=row, found=one)

    assert share(2 * score.right, score.proposed + score.true) >= 0.9
    assert share(score.critical_right, score.critical_proposed) >= 0.95
    assert share(score.qualified_right, score.qualified) >= 0.95
    assert score.traps_wrong <= 2


@pytest.mark.parametrize("path", LAYOUTS, ids=lambda path: path.stem)
def test_a_draft_of_every_layout_is_read_and_asks_little(path: Path) -> None:
    sample = sample_of(rows_of(path))

    draft = draft_mapping(name=path.stem, file=sample, suggestions=suggest_for(sample=sample))
    if draft.problem:
        draft = answer_question(draft, "day", draft.questions[0].proposed)

    mapping = read_mapping(text=draft.yaml_text)
    known = {column for group in mapping.column_groups for column in group}
    assert known == set(sample.columns)
    assert len(draft.questions) <= MOST_QUESTIONS

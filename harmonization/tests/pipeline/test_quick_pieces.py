"""A text of which few rows are not clean is read mostly quickly, to what reading it row by row gives."""

from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from harmonization.mapping.library import load_mapping
from harmonization.mapping.refusal import HarmonizationRefused
from harmonization.pipeline import quick_pieces as room
from harmonization.pipeline.rows_read import read_rows
from harmonization.pipeline.run import harmonize_file
from harmonization.tests.pipeline.exports import alpha_row, alpha_text, beta_row, beta_text, written
from harmonization.tests.pipeline.test_quick import CELLS, CLEAN, DOUBTFUL, HEADER, ROW, assert_same

CLEAN_ROWS = [alpha_row(clicks=str(number), product_name=f"Soap {number % 3}") for number in range(60)]


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch):
    monkeypatch.setattr(room, "PIECE_BYTES", 700)
    monkeypatch.setattr(room, "PIECES_TOGETHER", 3)


@pytest.fixture
def exactly(monkeypatch):
    """How many pieces were read row by row."""
    pieces = []
    read = room.read_piece

    def watched(**given_to):
        pieces.append(given_to["piece"].number)
        return read(**given_to)

    monkeypatch.setattr(room, "read_piece", watched)
    return pieces


def both_ways(path, folder, mapping="alpha"):
    """As rows are read, and row by row; the same refusal counts as the same."""
    found = []
    for name, read in (("usual", room.read_mostly_quickly), ("exact", read_rows)):
        run = partial(harmonize_file, input_path=path, mapping=load_mapping(mapping), output_dir=folder / name)
        try:
            found.append(run(read=read))
        except HarmonizationRefused as refused:
            found.append(refused.title)
    return found


def assert_equal(usual, exact):
    if isinstance(usual, str) or isinstance(exact, str):
        assert usual == exact
    else:
        assert_same(usual, exact)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    rows=st.lists(
        st.fixed_dictionaries({}, optional=CLEAN) | st.fixed_dictionaries({}, optional=CELLS), min_size=8, max_size=40
    )
)
def test_any_rows_give_what_reading_them_row_by_row_gives(rows, tmp_path_factory):
    folder = tmp_path_factory.mktemp("mostly")
    path = written(folder, alpha_text(*(alpha_row(**row) for row in rows)))

    assert_equal(*both_ways(path, folder))


def test_one_bad_row_costs_its_piece_only(tmp_path, exactly):
    rows = [*CLEAN_ROWS[:30], alpha_row(clicks="many"), *CLEAN_ROWS[30:]]
    path = written(tmp_path, alpha_text(*rows))

    usual, exact = both_ways(path, tmp_path)

    assert len(exactly) == 1
    assert usual.rows_rejected == 1
    assert "\n32," in usual.rejects_path.read_text()
    assert_same(usual, exact)


@pytest.mark.parametrize("body", DOUBTFUL.values(), ids=DOUBTFUL)
def test_whatever_is_doubtful_stays_what_it_is(body, tmp_path):
    clean = alpha_text(*CLEAN_ROWS).splitlines()[1:]
    path = written(tmp_path, "\n".join([HEADER, *clean[:20], *body.splitlines()[:40], ROW, *clean[20:]]) + "\n")

    assert_equal(*both_ways(path, tmp_path))


def test_banner_and_totals_of_another_layout_stay_what_they_are(tmp_path, exactly):
    path = written(tmp_path, beta_text(*(beta_row(Taps=str(number)) for number in range(40))))

    usual, exact = both_ways(path, tmp_path, "beta")

    assert len(exactly) < 4
    assert usual.quality.totals_rows == 1
    assert_same(usual, exact)


def test_a_layout_that_is_never_clean_is_not_tried_for_ever(tmp_path, exactly, monkeypatch):
    monkeypatch.setattr(room, "FAIR_TRIES", 2)
    tried = []
    quickly = room.read_quickly
    monkeypatch.setattr(room, "read_quickly", lambda **given_to: tried.append(1) or quickly(**given_to))
    path = written(tmp_path, alpha_text(*(alpha_row(spend_usd=f"USD {number}.50") for number in range(60))))

    usual, exact = both_ways(path, tmp_path)

    assert len(tried) < len(exactly)
    assert_same(usual, exact)

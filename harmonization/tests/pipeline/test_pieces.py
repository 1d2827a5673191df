"""A text cut into pieces and read piece by piece gives what reading it at once gives."""

from dataclasses import replace
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from harmonization.mapping.library import load_mapping
from harmonization.mapping.refusal import DEFAULT_LIMITS, HarmonizationRefused
from harmonization.pipeline import pieces as room
from harmonization.pipeline.pieces import cut_pieces, joined, read_piece
from harmonization.pipeline.rows_read import read_rows
from harmonization.pipeline.run import harmonize_file
from harmonization.pipeline.staging import stage
from harmonization.pipeline.text_shape import read_through
from harmonization.tests.files import only_header
from harmonization.tests.pipeline.exports import alpha_row, alpha_text, events, outcomes, written
from harmonization.tests.pipeline.test_quick import CELLS

MAPPING = load_mapping("alpha")
ROW = st.fixed_dictionaries({}, optional=CELLS)


def read_in_pieces(*, size, table, mapping, plan, reader, folder, limits, tell):
    read = partial(read_piece, table=table, mapping=mapping, plan=plan, limits=limits, folder=folder)
    found = [read(piece=piece) for piece in cut_pieces(table=table, size=size)]
    if not found:
        return read_rows(
            table=table, mapping=mapping, plan=plan, reader=reader, folder=folder, limits=limits, tell=tell
        )
    return joined(pieces=reversed(found), table=table, limits=limits)


def staged(text, folder):
    folder.mkdir(exist_ok=True)
    path = written(folder, text)
    return stage(path=path, mapping=MAPPING, folder=folder, limits=DEFAULT_LIMITS)


def both_ways(text, folder, *, size):
    path = written(folder, text)
    here = harmonize_file(input_path=path, mapping=MAPPING, output_dir=folder / "here")
    apart = harmonize_file(
        input_path=path, mapping=MAPPING, output_dir=folder / "apart", read=partial(read_in_pieces, size=size)
    )
    return here, apart


def assert_same(here, apart):
    assert_frame_equal(here.daily, apart.daily)
    assert (here.reconciliation, here.quality) == (apart.reconciliation, apart.quality)
    assert_frame_equal(events(here), events(apart))
    assert_frame_equal(outcomes(here), outcomes(apart))
    texts = [one.rejects_path.read_text() if one.rejects_path else "" for one in (here, apart)]
    assert texts[0] == texts[1]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(ROW, min_size=2, max_size=12), size=st.integers(1, 600))
def test_any_rows_cut_anywhere_give_the_same_as_at_once(rows, size, tmp_path_factory):
    folder = tmp_path_factory.mktemp("cut")
    text = alpha_text(*(alpha_row(**row) for row in rows))
    try:
        here, apart = both_ways(text, folder, size=size)
    except HarmonizationRefused:
        return

    assert_same(here, apart)


def test_a_bad_row_of_a_late_piece_is_rejected_by_its_number_in_the_file(tmp_path):
    text = alpha_text(*(alpha_row() for _ in range(20)), alpha_row(clicks="many"), alpha_row(spend_usd="USD 2.50"))

    here, apart = both_ways(text, tmp_path, size=300)

    assert apart.rows_rejected == 1
    assert "\n22," in apart.rejects_path.read_text()
    assert_same(here, apart)


def test_quoted_line_feeds_and_separators_do_not_end_a_row(tmp_path):
    row = alpha_row(product_name='Soap,\nliquid "fine"')
    table = staged(alpha_text(*(row for _ in range(9))), tmp_path / "quotes")

    pieces = cut_pieces(table=table, size=1)

    assert [one.rows_before for one in pieces] == list(range(9))
    assert_same(*both_ways(alpha_text(*(row for _ in range(9))), tmp_path, size=400))


def test_pieces_are_the_whole_text_without_gap(tmp_path, monkeypatch):
    monkeypatch.setattr(room, "CHUNK", 64)
    table = staged(alpha_text(*(alpha_row() for _ in range(30))), tmp_path)

    pieces = cut_pieces(table=table, size=500)

    assert len(pieces) > 3
    assert [one.start for one in pieces[1:]] == [one.end for one in pieces[:-1]]
    assert pieces[-1].end == table.path.stat().st_size
    assert [one.number for one in pieces] == list(range(len(pieces)))


@pytest.mark.parametrize("name", ['5" disk', 'a "quoted" word', '"never closed', "carriage\rreturn"])
def test_a_text_whose_rows_readers_see_differently_is_not_cut(name, tmp_path):
    table = staged(alpha_text(*(alpha_row() for _ in range(9))), tmp_path)
    lines = table.path.read_bytes().splitlines(keepends=True)
    lines[4] = lines[4].replace(b",", f",{name}".encode(), 1)
    table.path.write_bytes(b"".join(lines))
    table = replace(table, shape=read_through(table.path).shape)

    assert cut_pieces(table=table, size=100) == ()


def test_too_many_rows_over_all_pieces_are_refused(tmp_path):
    path = written(tmp_path, alpha_text(*(alpha_row() for _ in range(9))))

    with pytest.raises(HarmonizationRefused, match="too many rows"):
        harmonize_file(
            input_path=path,
            mapping=MAPPING,
            output_dir=tmp_path / "out",
            limits=replace(DEFAULT_LIMITS, rows=8),
            read=partial(read_in_pieces, size=200),
        )


def test_a_file_without_rows_is_refused_however_it_is_read(tmp_path):
    path = written(tmp_path, only_header())

    with pytest.raises(HarmonizationRefused, match="no rows"):
        harmonize_file(
            input_path=path, mapping=MAPPING, output_dir=tmp_path / "out", read=partial(read_in_pieces, size=200)
        )

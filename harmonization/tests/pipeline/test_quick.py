"""The quick way gives what the exact way gives, and steps aside where a file is not clean."""

import hashlib
import shutil
from dataclasses import replace
from datetime import date

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from harmonization.mapping.library import load_mapping
from harmonization.mapping.refusal import HarmonizationRefused
from harmonization.mapping.spec import Unit, WhenEmpty
from harmonization.pipeline import quick, run
from harmonization.tests.pipeline.exports import (
    ALPHA,
    alpha_row,
    alpha_text,
    beta_row,
    beta_text,
    events,
    harmonized,
    outcomes,
    table_text,
    written,
)

AMOUNT = st.decimals(min_value=0, max_value=99999, places=2).map(str)
COUNT = st.integers(min_value=0, max_value=10**6).map(str)
WORDS = st.sampled_from(["Soap", "Soap, liquid", "Seife ü", " padded ", '5" disk', "two\nlines", "", "x", "y"])
CELLS = {
    "date": st.dates(date(2026, 1, 1), date(2026, 3, 31)).map(str) | st.sampled_from(["", "2026-1-5", "05.01.2026"]),
    "impressions": COUNT | st.sampled_from(["", " 7", "1e3", "1,000", "7.5", "-3", "١٢"]),
    "clicks": COUNT | st.sampled_from(["+2", "2.0"]),
    "spend_usd": AMOUNT | st.sampled_from(["1.1234565", "1e-7", "0.00000000000001", "USD 2.50", "(3.00)", "1e-20"]),
    "sales_14d_usd": AMOUNT | st.just(""),
    "orders_14d": COUNT | st.sampled_from(["", "0.5"]),
    "price_usd": AMOUNT | st.sampled_from(["", "free"]),
    "placement": st.sampled_from(["search", "SEARCH", "Weird", "", "home", "bRowse"]),
    "product_name": WORDS,
    "category": WORDS,
    "audience": st.sampled_from(["all", "new", "", " all"]),
    "campaign_id": st.sampled_from(["c1", "c2", ""]),
}
CLEAN = {
    "date": st.dates(date(2026, 1, 1), date(2026, 3, 31)).map(str),
    "impressions": COUNT,
    "clicks": COUNT,
    "spend_usd": AMOUNT,
    "sales_14d_usd": AMOUNT | st.just(""),
    "orders_14d": COUNT | st.just(""),
    "price_usd": AMOUNT | st.just(""),
    "placement": st.sampled_from(["search", "SEARCH", "Weird", "", "home"]),
    "product_name": st.sampled_from(["Soap", "Seife ü", "Soap, liquid", ""]),
    "campaign_id": st.sampled_from(["c1", "c2", ""]),
}


@pytest.fixture
def ways(monkeypatch):
    """Which way each file went."""
    taken = []
    quickly, exact = run.harmonize_quickly, run.harmonize_exactly

    def watched(**given_to):
        found = quickly(**given_to)
        taken.append("quick" if found else "stepped aside")
        return found

    def exactly(**given_to):
        taken.append("exact")
        return exact(**given_to)

    monkeypatch.setattr(run, "harmonize_quickly", watched)
    monkeypatch.setattr(run, "harmonize_exactly", exactly)
    return taken


def both_ways(path, folder, mapping="alpha"):
    """The result as it comes, and as the exact way alone gives it."""
    usual = harmonized(path, mapping, output=folder / "usual")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run, "harmonize_quickly", lambda **_: None)
        exact = harmonized(path, mapping, output=folder / "exact")
    return usual, exact


def assert_same(usual, exact):
    """Rows, outcomes, facts, totals, report and rejects alike."""
    assert usual.quality == exact.quality
    assert usual.reconciliation == exact.reconciliation
    assert usual.daily.equals(exact.daily)
    assert (usual.rejects_path is None) == (exact.rejects_path is None)
    if usual.rejects_path and exact.rejects_path:
        assert usual.rejects_path.read_bytes() == exact.rejects_path.read_bytes()
    assert events(usual).equals(events(exact))
    order = ["row_id", "metric", "window_days"]
    assert outcomes(usual).sort(order).equals(outcomes(exact).sort(order))


def rows_of(cells):
    return st.lists(st.fixed_dictionaries({}, optional=cells), min_size=1, max_size=12)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=rows_of(CELLS))
def test_any_export_is_read_alike_both_ways(rows, tmp_path):
    folder = tmp_path / "any"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    path = written(folder, alpha_text(*[alpha_row(**changes) for changes in rows]))

    assert_same(*both_ways(path, folder))


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=rows_of(CLEAN), separator=st.sampled_from([",", ";", "\t"]), line_end=st.sampled_from(["\n", "\r\n"]))
def test_a_clean_export_goes_the_quick_way_to_the_same_result(rows, separator, line_end, tmp_path, ways):
    folder = tmp_path / "clean"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    ways.clear()
    texts = [alpha_row(**changes) for changes in rows]
    path = written(folder, table_text(texts, header=list(ALPHA), separator=separator, line_end=line_end))

    usual, exact = both_ways(path, folder)

    assert ways[0] == "quick"
    assert_same(usual, exact)


def test_separators_other_than_the_likeliest_are_counted_too(tmp_path, ways):
    texts = [alpha_row(product_name="a;b;c;d;e;f;g;h;i;j;k;l;m;n;o;p;q;r;s;t;u;v;w;x"), alpha_row()]
    path = written(tmp_path, table_text(texts, header=list(ALPHA)))

    usual, exact = both_ways(path, tmp_path)

    assert ways[0] == "quick"
    assert_same(usual, exact)


def test_a_hash_known_from_the_upload_names_the_rows(tmp_path):
    path = written(tmp_path, alpha_text())
    digest = hashlib.sha256(path.read_bytes()).hexdigest()

    added_up, known = harmonized(path), harmonized(path, output=tmp_path / "known", known_digest=digest)

    assert known.source_file_id == added_up.source_file_id == digest
    assert [one.name for one in known.event_files] == [one.name for one in added_up.event_files]


def test_decimal_commas_and_micros_go_the_quick_way(tmp_path, ways):
    path = written(tmp_path, beta_text(beta_row(), beta_row(Day="06.02.2026", Slot="PDP"), totals=False))

    usual, exact = both_ways(path, tmp_path, "beta")

    assert ways[0] == "quick"
    assert_same(usual, exact)


HEADER, ROW = alpha_text().splitlines()
DOUBTFUL = {
    "a short row": f"{ROW}\n{ROW.rsplit(',', 1)[0]}\n",
    "a long row": f"{ROW}\n{ROW},7\n",
    "a long and a short row": f"{ROW},7\n{ROW.rsplit(',', 1)[0]}\n",
    "a blank line": f"{ROW}\n\n{ROW}\n",
    "a blank line at the end": f"{ROW}\n\n",
    "a row of separators": f"{ROW}\n{',' * 21}\n",
    "a line break in quotes": ROW.replace("Soap", '"So\nap"') + "\n",
    "a quote as text": ROW.replace("Soap", '"So""ap"') + "\n",
    "a bare quote": ROW.replace("Soap", '5" disk') + "\n",
    "a lone carriage return": f"{ROW}\r{ROW}\n",
    "a day in another form": ROW.replace("2026-01-05", "2026/01/05") + "\n",
    "an impossible day": ROW.replace("2026-01-05", "2026-02-30") + "\n",
    "a currency sign": ROW.replace("12.34", "$12.34") + "\n",
    "many decimals": ROW.replace("12.34", "12.12345678901234") + "\n",
    "an exponent": ROW.replace("12.34", "1e-20") + "\n",
    "a fraction of a click": ROW.replace(",20,12.34", ",2.5,12.34") + "\n",
    "an amount without bounds": ROW.replace("12.34", "1000000000000") + "\n",
    "a price that is none": ROW.replace("14.20", "free") + "\n",
    "text to be trimmed": f"{ROW}\n" * 2001 + ROW.replace("Care", " Care") + "\n",
}


@pytest.mark.parametrize("body", DOUBTFUL.values(), ids=DOUBTFUL)
def test_a_doubtful_file_goes_the_exact_way(body, tmp_path, ways):
    path = written(tmp_path, f"{HEADER}\n{body}")

    result = harmonized(path)

    assert ways == ["stepped aside", "exact"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run, "harmonize_quickly", lambda **_: None)
        assert_same(result, harmonized(path, output=tmp_path / "again"))


def test_text_after_a_quote_is_refused_as_ever(tmp_path, ways):
    broken = ROW.replace("Soap", '"So"ap')
    path = written(tmp_path, f"{HEADER}\n{broken}\n")

    with pytest.raises(HarmonizationRefused, match="cannot be told apart"):
        harmonized(path)

    assert ways == ["stepped aside", "exact"]


def test_a_row_of_totals_with_a_day_is_left_out(tmp_path, ways):
    text = alpha_text(alpha_row(), alpha_row(event_id="Total", impressions="9999"))
    mapping = replace(load_mapping("alpha"), totals=("total",))
    result = harmonized(written(tmp_path, text), mapping)

    assert ways == ["stepped aside", "exact"]
    assert (result.rows_kept, result.quality.totals_rows) == (1, 1)


def test_nothing_of_a_quick_try_is_left_behind(tmp_path, ways):
    path = written(tmp_path, alpha_text(alpha_row(), alpha_row(date="2026-03-01", clicks="?")))

    result = harmonized(path)

    assert ways == ["stepped aside", "exact"]
    assert [one.parent.name for one in result.event_files] == ["month=2026-01"]
    assert len(list(result.events_path.rglob("*.parquet"))) == 1


ALPHA_MAPPING = load_mapping("alpha")
NEEDED = {"event_date"}


@pytest.mark.parametrize("one_pass_bytes", [0, 1 << 20])
def test_days_with_a_time_of_the_day_are_grouped_apart_to_the_same_result(tmp_path, ways, monkeypatch, one_pass_bytes):
    monkeypatch.setattr(quick, "ONE_PASS_BYTES", one_pass_bytes)
    days = ("2026-02-01 07:15", "2026-02-01 09:30", "2026-02-02 00:00")
    mapping = replace(ALPHA_MAPPING, fields=tuple(timed(one) for one in ALPHA_MAPPING.fields))
    path = written(tmp_path, alpha_text(*(alpha_row(date=day, spend_usd="0.1234565") for day in days)))

    usual, exact = both_ways(path, tmp_path, mapping)

    assert ways[0] == "quick"
    assert len(usual.reconciliation) == 10
    assert_same(usual, exact)


def test_a_pass_groups_rows_once_so_that_they_need_not_wait_in_memory(tmp_path, monkeypatch):
    collected = []
    together = pl.collect_all
    monkeypatch.setattr(pl, "collect_all", lambda frames, **how: collected.append(frames) or together(frames, **how))
    path = written(tmp_path, alpha_text(alpha_row(), alpha_row(date="2026-02-01", audience="new")))

    harmonized(path)

    [frames] = collected
    plans = [one.show_graph(plan_stage="physical", engine="streaming", raw_output=True, show=False) for one in frames]
    assert sum(plan.count('label="group-by') for plan in plans) == 1
    assert not any('label="in-memory' in plan for plan in plans)


def timed(field):
    """Alpha's field, its days written with a time of the day."""
    return replace(field, formats=("%Y-%m-%d %H:%M",)) if field.name == "event_date" else field


@st.composite
def mappings(draw):
    """Alpha's mapping with some fields and outcomes left out, and other meanings of empty cells and of units."""
    fields = [
        replace(
            one,
            when_empty=draw(st.sampled_from(WhenEmpty))
            if one.name in {"impressions", "clicks", "cost"}
            else one.when_empty,
            required=one.required and draw(st.booleans()),
            unit=draw(st.sampled_from([Unit.ONE, Unit.MICROS])) if one.name in {"cost", "price"} else one.unit,
        )
        for one in ALPHA_MAPPING.fields
        if one.name in NEEDED or draw(st.integers(0, 4))
    ]
    outcomes = [
        replace(one, unit=draw(st.sampled_from([Unit.ONE, Unit.MICROS])))
        for one in ALPHA_MAPPING.outcomes
        if draw(st.integers(0, 3))
    ]
    return replace(ALPHA_MAPPING, fields=tuple(fields), outcomes=tuple(outcomes))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(mapping=mappings(), rows=rows_of(CLEAN) | rows_of(CELLS))
def test_any_mapping_reads_alike_both_ways(mapping, rows, tmp_path):
    folder = tmp_path / "mapped"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    path = written(folder, alpha_text(*[alpha_row(**changes) for changes in rows]))

    assert_same(*both_ways(path, folder, mapping))

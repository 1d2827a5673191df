"""Where fields come from, stored once per file; and one row beside the cells it was made from."""

import polars as pl
import pytest

from harmonization.mapping.library import available_mappings, load_mapping
from harmonization.mapping.reader import read_mapping
from harmonization.pipeline.dataset import outcome_column
from harmonization.pipeline.plan import lay_plan
from harmonization.pipeline.provenance import Origin, field_origins, note_confidences, scan_provenance
from harmonization.pipeline.raw_rows import header_and_rows, scan_raw
from harmonization.pipeline.row_trace import CellOrigin, trace_row
from harmonization.rmis.dimensions import MappingKind
from harmonization.rmis.registry import FIELDS, METRICS, STAMPS
from harmonization.tests.layouts import SMALL
from harmonization.tests.pipeline.exports import (
    alpha_row,
    alpha_text,
    beta_row,
    beta_text,
    events,
    harmonized,
    table_text,
    written,
)


def origins_of(name, header):
    mapping = load_mapping(name)
    return {one.field: one for one in field_origins(mapping=mapping, plan=lay_plan(mapping=mapping, names=header))}


def traced(result, mapping, path, row_number, folder):
    table, rows = header_and_rows(path=path, mapping=mapping, numbers=[row_number], folder=folder)
    plan = lay_plan(mapping=mapping, names=table.header.names, banner=table.header.banner)
    event = events(result).filter(pl.col("source_row_no") == row_number).row(0, named=True)
    stored = pl.concat([pl.read_parquet(one) for one in result.event_files], how="diagonal_relaxed")
    figures = stored.filter(pl.col("source_row_no") == row_number).select(outcome_column(one) for one in plan.outcomes)
    found = trace_row(
        mapping=mapping,
        plan=plan,
        cells=rows[row_number],
        event=event,
        outcomes=figures.row(0) if plan.outcomes else (),
    )
    return {one.field or one.column: one for one in found}


def test_confidences_are_noted_beside_their_columns_only(tmp_path):
    harmonized(written(tmp_path, alpha_text()))
    [path] = (tmp_path / "rmis" / "provenance").glob("*.jsonl")
    before = scan_provenance(path.parent).collect()

    note_confidences(path=path, confidences={("spend_usd", "cost"): 0.91, ("clicks", "impressions"): 0.5})

    after = scan_provenance(path.parent).collect()
    assert before["confidence"].null_count() == before.height
    assert after.drop("confidence").equals(before.drop("confidence"))
    assert after.filter(pl.col("confidence").is_not_null())["field"].to_list() == ["cost"]
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_every_stored_field_has_an_origin(tmp_path):
    result = harmonized(written(tmp_path, beta_text()), "beta")

    told = scan_provenance(tmp_path / "rmis" / "provenance").collect()

    rows = events(result)
    filled = {name for name in rows.columns if rows[name].null_count() < rows.height}
    derived = {"row_id", "placement_raw", *(name for name in STAMPS if name not in {"cost_reporting"})}
    assert filled & FIELDS.keys() - derived <= set(told["field"]) | derived
    assert told.join(
        rows.lazy().select("source_file_id", "mapping_version").unique().collect(), on="source_file_id"
    ).height


def test_origins_join_the_rows_by_file_and_version(tmp_path):
    result = harmonized(written(tmp_path, alpha_text()), "alpha")

    rows, told = events(result), scan_provenance(tmp_path / "rmis" / "provenance").collect()
    joined = rows.join(told.filter(pl.col("field") == "cost"), on=["source_file_id", "mapping_version"])

    assert joined.select("columns", "origin").unique().rows() == [("spend_usd", "read")]


def test_another_mapping_of_the_same_file_has_origins_of_its_own(tmp_path):
    path = written(tmp_path, alpha_text())
    harmonized(path, "alpha")
    harmonized(path, "alpha")

    assert len(list((tmp_path / "rmis" / "provenance").iterdir())) == 1


def test_currency_that_no_file_states_is_assumed():
    assert (
        origins_of("criteo", ("date", "retailerId", "impressions", "clicks", "spend"))["currency"].origin == "assumed"
    )
    assert origins_of("uber", ("day_of", "currency_code"))["currency"].columns == "currency_code"


def test_transforms_are_said_in_words():
    beta = origins_of("beta", tuple(beta_row()))

    assert beta["cost"].transform == "divided by 10^6"
    assert beta["event_date"].transform == "written %d.%m.%Y"
    assert beta["gtin"].transform == "14 digits, check digit verified"
    assert beta["placement_type"].unknown_word == "other"


@pytest.mark.parametrize("name", available_mappings())
def test_every_mapping_of_the_site_says_where_its_fields_come_from(name):
    mapping = load_mapping(name)
    if mapping.kind is not MappingKind.EVENTS:
        return
    header = tuple(dict.fromkeys(column for group in mapping.column_groups for column in group))

    found = field_origins(mapping=mapping, plan=lay_plan(mapping=mapping, names=header))

    names = {one.field.partition(" ")[0] for one in found}
    assert {one.name for one in mapping.fields if one.columns} | {one.metric for one in mapping.outcomes} <= names
    assert names <= FIELDS.keys() | STAMPS.keys() | METRICS.keys()
    assert all(one.columns for one in found if one.origin is Origin.READ)


def test_a_row_is_shown_with_its_cells_and_what_became_of_them(tmp_path):
    row = alpha_row(placement="carousel", price_usd="free", brand="", orders_14d="3") | {"extra": "kept"}
    path = written(tmp_path, table_text([alpha_row() | {"extra": "a"}, row], header=[*alpha_row(), "extra"]))
    result = harmonized(path, "alpha")

    found = traced(result, load_mapping("alpha"), path, 3, tmp_path)

    assert (found["cost"].raw, found["cost"].column, found["cost"].origin) == ("12.34", "spend_usd", "read")
    assert (found["placement_type"].value, found["placement_type"].origin) == ("other", CellOrigin.FALLBACK)
    assert (found["price"].value, found["price"].origin) == ("", CellOrigin.UNREAD)
    assert found["brand"].note == "The cell is empty."
    assert (found["extra"].raw, found["extra"].origin) == ("kept", CellOrigin.RAW)
    assert found["currency"].origin == CellOrigin.STATED


def test_an_empty_cell_taken_as_zero_is_said_to_be_defaulted(tmp_path):
    mapping = read_mapping(text=SMALL.replace("[Cost, Spend], required: true", "[Cost, Spend], empty: zero"))
    path = written(tmp_path, "Day,Shown,Clicked,Cost\n2026-06-01,10,1,\n")

    cost = traced(harmonized(path, mapping), mapping, path, 2, tmp_path)["cost"]

    assert (cost.value, cost.origin) == ("0.000000", CellOrigin.DEFAULTED)


def test_raw_rows_have_the_numbers_that_events_have(tmp_path):
    names = ["Soap", 'a 5" disk', "two\nlines", "", "plain"]
    path = written(tmp_path, alpha_text(*(alpha_row(product_name=name, event_id=name) for name in names)))
    rows = events(harmonized(path, "alpha"))

    raw = scan_raw(path=path, mapping=load_mapping("alpha"), folder=tmp_path).collect()

    joined = rows.join(raw, on="source_row_no", suffix="_in_file")
    assert joined["event_id"].to_list() == names
    assert joined["product_name"].fill_null("").to_list() == joined["product_name_in_file"].to_list()


def test_raw_rows_below_a_banner_count_as_the_file_does(tmp_path):
    path = written(tmp_path, beta_text(beta_row(), beta_row(Item="Second")))

    raw = scan_raw(path=path, mapping=load_mapping("beta"), folder=tmp_path).collect()

    assert dict(raw.select("source_row_no", "Item").iter_rows())[5] == "Second"


def test_columns_of_one_name_are_told_apart_in_raw_rows(tmp_path):
    text = alpha_text().replace("promo\n", "promo,note,note,\n").replace(",0\n", ",0,x,y,z\n")

    raw = scan_raw(path=written(tmp_path, text), mapping=load_mapping("alpha"), folder=tmp_path).collect()

    assert raw.columns[-3:] == ["note", "note (24)", "column 25"]

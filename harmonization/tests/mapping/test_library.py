"""Mappings are found by name or by a file's header, and never guessed."""

from dataclasses import replace

import pytest

from harmonization.mapping.library import (
    available_mappings,
    detect_mapping,
    explain_detection,
    header_of,
    load_mapping,
)
from harmonization.mapping.mapping_error import MappingError
from harmonization.mapping.reader import read_mapping
from harmonization.tests.layouts import SMALL
from harmonization.tests.pipeline.exports import table_text

BUILT_IN = (
    *("alpha", "amazon_console", "amazon_fivetran", "amazon_sp_v3", "amazon_stream_sp_conversion"),
    *("amazon_stream_sp_traffic", "beta", "coupang"),
    *(
        "criteo",
        "criteo_transactions",
        "ebay",
        "flipkart",
        "instacart",
        "mercado_ads",
        "ozon",
        "uber",
        "walmart_search",
        "zepto",
    ),
)


def written(folder, text, name="export.csv"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def first_columns(mapping):
    """A header with the first of every group of equivalent columns."""
    names = dict.fromkeys(group[0] for group in mapping.column_groups)
    return table_text([], header=names, separator=mapping.separator)


def test_the_built_in_mappings_are_available():
    assert available_mappings() == BUILT_IN


@pytest.mark.parametrize("name", BUILT_IN)
def test_every_built_in_mapping_is_found_by_its_own_header(name, tmp_path):
    mapping = load_mapping(name)

    assert mapping.name == name
    assert detect_mapping(written(tmp_path, first_columns(mapping))) == name


def test_a_mapping_is_read_from_a_file_of_ones_own(tmp_path):
    assert load_mapping(written(tmp_path, SMALL, "mine.yaml")).name == "small"


@pytest.mark.parametrize("name", ["nowhere", "../mappings/alpha", "alpha.yaml", ""])
def test_an_unknown_name_is_refused(name):
    with pytest.raises(MappingError, match="there is no mapping"):
        load_mapping(name)


def test_a_mapping_that_is_not_utf8_is_refused(tmp_path):
    (tmp_path / "mine.yaml").write_bytes(b"name: caf\xe9\n")

    with pytest.raises(MappingError, match="not UTF-8"):
        load_mapping(tmp_path / "mine.yaml")


def test_a_header_several_networks_share_is_not_guessed(tmp_path):
    path = written(tmp_path, "date,campaignId,campaignName,impressions,clicks,spend\n")

    found = explain_detection(path)

    assert found.name is None
    assert "too common" in found.reason


def test_an_unknown_header_is_explained(tmp_path):
    path = written(tmp_path, "Tag;Anzeige;Kosten\n01.02.2026;x;1,5\n")

    found = explain_detection(path)

    assert found.name is None
    assert "No mapping fits" in found.reason
    assert header_of(path) == "Tag, Anzeige, Kosten"


def test_a_missing_required_column_is_told(tmp_path):
    header = first_columns(load_mapping("alpha")).replace("spend_usd,", "")

    found = explain_detection(written(tmp_path, header))

    assert found.name is None
    assert "lacks spend_usd" in found.reason


def test_a_file_that_cannot_be_opened_has_no_mapping(tmp_path):
    (tmp_path / "empty.csv").touch()

    assert detect_mapping(tmp_path / "empty.csv") is None
    assert header_of(tmp_path / "empty.csv") == "the file is empty"


def test_a_mapping_of_the_workspace_replaces_the_sites_of_the_same_name(tmp_path):
    alpha = load_mapping("alpha")
    path = written(tmp_path, first_columns(alpha))

    assert explain_detection(path, own=[replace(alpha, title="Ours")]).name == "alpha"


def test_a_copy_under_another_name_comes_before_the_sites(tmp_path):
    alpha = load_mapping("alpha")
    path = written(tmp_path, first_columns(alpha))

    assert explain_detection(path, own=[replace(alpha, name="alpha-eu")]).name == "alpha-eu"


def test_a_workspace_with_a_mapping_still_finds_the_sites_layouts(tmp_path):
    own = [read_mapping(text=SMALL)]

    assert explain_detection(written(tmp_path, first_columns(load_mapping("beta"))), own=own).name == "beta"
    assert explain_detection(written(tmp_path, first_columns(own[0])), own=own).name == "small"


def test_two_own_mappings_that_fit_alike_are_asked_about(tmp_path):
    alpha = load_mapping("alpha")
    own = [replace(alpha, name="alpha-eu"), replace(alpha, name="alpha-uk")]

    found = explain_detection(written(tmp_path, first_columns(alpha)), own=own)

    assert found.name is None
    assert "fit alike" in found.reason


def test_a_common_header_is_not_taken_for_the_workspaces_mapping(tmp_path):
    text = SMALL.replace("Shown", "Impressions").replace("Clicked", "Clicks").replace("Day", "Date")
    own = [read_mapping(text=text)]

    found = explain_detection(written(tmp_path, "Date,Impressions,Clicks,Cost\n"), own=own)

    assert found.name is None

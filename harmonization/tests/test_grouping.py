"""Polars keeps the groups of a file at hand, unless the environment says otherwise."""

import os

import polars as pl
import pytest

from harmonization.grouping import HOT_GROUPS, VARIABLE, keep_groups_at_hand


@pytest.fixture(autouse=True)
def _as_before():
    """Polars reads the environment again after a test has changed it."""
    yield
    os.environ[VARIABLE] = str(HOT_GROUPS)
    pl.Config.reload_env_vars()


def test_the_site_has_set_it_when_it_started():
    assert int(os.environ[VARIABLE]) == HOT_GROUPS


def test_the_environment_of_an_installation_decides(monkeypatch):
    monkeypatch.setenv(VARIABLE, "1024")

    keep_groups_at_hand()

    assert os.environ[VARIABLE] == "1024"


def test_more_groups_than_are_kept_at_hand_add_up_alike(monkeypatch):
    rows = pl.LazyFrame({"key": range(40_000)}).with_columns(pl.col("key") % 9_001, pl.lit(1).alias("one"))
    wanted = rows.group_by("key").agg(pl.col("one").sum()).sort("key").collect()

    for size in ("16", str(HOT_GROUPS)):
        monkeypatch.setenv(VARIABLE, size)
        pl.Config.reload_env_vars()
        found = rows.group_by("key").agg(pl.col("one").sum()).sort("key").collect(engine="streaming")
        assert found.equals(wanted)

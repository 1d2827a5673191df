import datetime as dt

import pytest

from campaigns.simulation import build_world, write_exports


@pytest.fixture(scope="session")
def world():
    return build_world(seed=7, start=dt.date(2026, 8, 1), days=90, manufacturer="acme")


@pytest.fixture(scope="session")
def exports(world, tmp_path_factory):
    every = ("alpha", "beta", "amazon", "walmart", "gamma", "instacart")
    files = write_exports(world=world, directory=tmp_path_factory.mktemp("exports"), retailer_ids=every)
    return {file.retailer_id: file for file in files}

import datetime as dt

import pytest

from campaigns.briefs import Catalogue, RulesParser

TODAY = dt.date(2026, 11, 21)


@pytest.fixture(scope="session")
def catalogue():
    return Catalogue(
        retailers={"amazon": "Amazon", "walmart": "Walmart", "alpha": "Alpha", "beta": "Beta"},
        placements=("search", "browse", "product_detail", "home", "offsite"),
        brands=("Nordmill", "Kettleby", "Brightnest"),
    )


@pytest.fixture
def parse(catalogue):
    return lambda text: RulesParser().parse(text=text, catalogue=catalogue, today=TODAY)


@pytest.fixture
def read(parse):
    """Constraints of a brief that must be understood wholly, without a question."""

    def read(text):
        parsed = parse(text).as_json()
        assert parsed["not_understood"] == []
        assert parsed["questions"] == []
        return parsed["constraints"]

    return read

"""What a constraint's level and name stand for."""

import pytest

from campaigns.planning.nodes import UnknownName, node_called, nodes_of
from campaigns.tests.planning.cast import four_cells


def test_an_unnamed_placement_limit_means_each_placement_of_each_retailer():
    found = nodes_of(cells=four_cells(), level="placement", name=None)

    assert [node.path for node in found] == [
        ("*", "amazon", "home"),
        ("*", "amazon", "search"),
        ("*", "walmart", "home"),
        ("*", "walmart", "search"),
    ]
    assert found[0].label == "Amazon home"


def test_a_named_placement_is_that_placement_at_all_retailers_together():
    (node,) = nodes_of(cells=four_cells(), level="placement", name="search")

    assert node.path == ("*", "*", "search")
    assert sum(node.holds(cell) for cell in four_cells()) == 2


@pytest.mark.parametrize("name", ["walmart", "Walmart", " WALMART "])
def test_a_retailer_is_found_by_id_and_by_name(name):
    (node,) = nodes_of(cells=four_cells(), level="retailer", name=name)

    assert node.path == ("*", "walmart")


def test_a_fixed_name_is_looked_for_at_every_level():
    assert node_called(cells=four_cells(), name="Lumen").path == ("*", "*", "*", "Lumen")
    assert node_called(cells=four_cells(), name="home").path == ("*", "*", "home")


def test_an_unknown_name_is_refused_with_what_is_known():
    with pytest.raises(UnknownName, match=r"“Tesco”.*amazon, walmart"):
        nodes_of(cells=four_cells(), level="retailer", name="Tesco")

import datetime as dt

import pytest

from campaigns.simulation import WorldError, build_world
from campaigns.simulation.goods import simulated_gtin
from campaigns.simulation.observing import campaign_number
from campaigns.simulation.retailers import RETAILERS
from harmonization.rmis.gtin import check_digit

START = dt.date(2026, 8, 1)


def test_same_seed_builds_the_same_world(world):
    again = build_world(seed=7, start=START, days=90, manufacturer="acme")

    assert again == world


def test_another_seed_builds_another_world(world):
    other = build_world(seed=8, start=START, days=90, manufacturer="acme")

    assert other.truth != world.truth


def test_manufacturers_share_no_brand_and_no_item(world):
    globex = build_world(seed=7, start=START, days=90, manufacturer="globex")

    assert not set(world.brands) & set(globex.brands)
    assert not {sku.gtin for sku in world.skus} & {sku.gtin for sku in globex.skus}
    assert (len(world.brands), len(globex.brands)) == (3, 2)


def test_each_manufacturer_sells_a_hundred_items_with_names_of_their_own(world):
    assert len(world.skus) == 100
    assert len({sku.name for sku in world.skus}) == 100


def test_alpha_and_beta_sell_everything_and_others_a_part(world):
    sold = {name: sum(name in sku.retailer_ids for sku in world.skus) for name in RETAILERS}

    assert sold["alpha"] == sold["beta"] == 100
    assert all(50 <= sold[name] < 100 for name in ("amazon", "walmart", "gamma", "instacart"))


def test_item_ids_are_unique_at_each_retailer(world):
    for name in RETAILERS:
        ids = [sku.retailer_ids[name] for sku in world.skus if name in sku.retailer_ids]
        assert len(set(ids)) == len(ids)


def test_check_digit_is_that_of_gs1s_example():
    assert check_digit("629104150021") == 3


def test_gtins_have_a_valid_check_digit_and_a_restricted_prefix(world):
    for sku in world.skus:
        assert len(sku.gtin) == 14
        assert str(check_digit(sku.gtin[:-1])) == sku.gtin[-1]
        assert sku.gtin.startswith("004")


def test_gtin_of_an_item_never_changes():
    assert simulated_gtin(manufacturer=1, item=1) == "00400010000012"


def test_every_retailer_placement_and_brand_is_a_cell(world):
    places = sum(len(retailer.placements) for retailer in world.retailers)

    assert len(world.cells) == places * 3 == len(world.truth)


def test_truth_lies_within_its_bounds(world):
    for curve in world.truth.values():
        assert curve.beta > 0
        assert curve.k > 0
        assert 0.5 <= curve.incrementality <= 0.76
        assert 0.4 <= curve.margin_rate <= 0.65


def test_campaign_numbers_differ_between_cells(world):
    for digits in (7, 8, 15):
        numbers = {campaign_number(cell=cell, digits=digits) for cell in world.cells}
        assert len(numbers) == len(world.cells)
        assert all(len(str(number)) == digits for number in numbers)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"manufacturer": "initech"}, "acme, globex"),
        ({"days": 13}, "14 to 1100"),
        ({"days": 1101}, "14 to 1100"),
        ({"seed": -1}, "0 or more"),
    ],
)
def test_impossible_worlds_are_refused_with_the_way_out(change, message):
    wanted = {"seed": 1, "start": START, "days": 90, "manufacturer": "acme"} | change

    with pytest.raises(WorldError, match=message):
        build_world(**wanted)

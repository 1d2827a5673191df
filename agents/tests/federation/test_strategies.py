"""Three ways to the same sum."""

import pytest

from agents.federation.composition import Weighted
from agents.federation.refusal import AdapterRefused
from agents.federation.strategies import Strategy, materialise, served_name
from agents.tests.federation.adapters import MODULES, adapter, change

MEMBERS = [Weighted(adapter=adapter(seed=seed), weight=weight) for seed, weight in ((1, 1.0), (2, 0.5), (3, 1.0))]


@pytest.mark.parametrize("strategy", list(Strategy))
def test_every_strategy_is_the_sum_of_its_members(strategy):
    made = materialise(strategy=strategy, members=MEMBERS)

    for module in MODULES:
        together = sum(one.weight * change(one.adapter, module) for one in MEMBERS)
        served = sum(part.modules[module].up @ part.modules[module].down for part in made.parts)
        assert served == pytest.approx(together, abs=1e-4)


def test_additive_hands_over_each_member():
    assert len(materialise(strategy=Strategy.ADDITIVE, members=MEMBERS).parts) == 3


def test_sequential_tells_its_stages():
    assert materialise(strategy=Strategy.SEQUENTIAL, members=MEMBERS).lineage == (1, 2, 3)


@pytest.mark.parametrize("strategy", list(Strategy))
def test_members_of_two_bases_are_refused_by_each(strategy):
    with pytest.raises(AdapterRefused, match="share a base"):
        materialise(strategy=strategy, members=[MEMBERS[0], Weighted(adapter=adapter(seed=4, base="c" * 64))])


def test_names_tell_strategies_apart():
    names = {served_name(strategy=strategy, digest="d" * 64) for strategy in Strategy}

    assert len(names) == 3
    assert "d" * 64 in names

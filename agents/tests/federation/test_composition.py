"""A composite does what its members do together."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.federation.adapter import read_adapter
from agents.federation.composition import Weighted, compose
from agents.federation.refusal import AdapterRefused
from agents.tests.federation.adapters import BASE, MODULES, adapter, change

NAMES = list(MODULES)


def composed_change(composite, module: str) -> np.ndarray:
    factors = composite.modules[module]
    return factors.up.astype(float) @ factors.down.astype(float)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 9_999), st.sampled_from([1, 4, 8, 16]), st.floats(-2, 2)), min_size=1, max_size=4)
)
def test_composite_is_the_sum_of_its_members(drawn):
    members = [Weighted(adapter=adapter(seed=seed, rank=rank), weight=weight) for seed, rank, weight in drawn]

    composite = compose(members=members)

    for module in NAMES:
        together = sum(one.weight * change(one.adapter, module) for one in members)
        assert composed_change(composite, module) == pytest.approx(together, abs=1e-4)


def test_order_does_not_matter():
    one, other = Weighted(adapter=adapter(seed=1)), Weighted(adapter=adapter(seed=2, rank=8), weight=0.5)

    forth, back = compose(members=[one, other]), compose(members=[other, one])

    for module in NAMES:
        assert composed_change(forth, module) == pytest.approx(composed_change(back, module), abs=1e-5)


def test_module_that_one_member_lacks_is_padded_with_zeros():
    full = adapter(seed=1)
    part = adapter(seed=2, modules={NAMES[0]: MODULES[NAMES[0]]})

    composite = compose(members=[Weighted(adapter=part), Weighted(adapter=full)])

    assert composed_change(composite, NAMES[1]) == pytest.approx(change(full, NAMES[1]), abs=1e-5)


@pytest.mark.parametrize(
    ("ranks", "served"), [((4,), 8), ((16, 16, 16, 16), 64), ((16, 16, 1), 64), ((64, 64, 8), 256)]
)
def test_rank_is_one_that_servers_take(ranks, served):
    members = [Weighted(adapter=adapter(seed=place, rank=rank)) for place, rank in enumerate(ranks)]

    composite = compose(members=members)

    assert composite.rank == served
    assert (composite.config()["r"], composite.config()["lora_alpha"]) == (served, served)


def test_composite_reads_back_as_an_adapter():
    members = [Weighted(adapter=adapter(seed=1)), Weighted(adapter=adapter(seed=2))]
    composite = compose(members=members)

    again = read_adapter(config=composite.config(), content=composite.content(), base_digest=BASE)

    assert again.scaling == 1.0
    for module in NAMES:
        assert change(again, module) == pytest.approx(sum(change(one.adapter, module) for one in members), abs=1e-4)


def test_same_members_give_the_same_bytes():
    first, second = (compose(members=[Weighted(adapter=adapter(seed=3))]).content() for _ in range(2))

    assert first == second


def test_adapters_of_two_bases_are_refused():
    with pytest.raises(AdapterRefused, match="share a base"):
        compose(members=[Weighted(adapter=adapter(seed=1)), Weighted(adapter=adapter(seed=2, base="c" * 64))])


def test_modules_of_other_sizes_are_refused():
    odd = adapter(seed=2, modules={NAMES[0]: (25, 16)})

    with pytest.raises(AdapterRefused) as refused:
        compose(members=[Weighted(adapter=adapter(seed=1)), Weighted(adapter=odd)])

    assert refused.value.where == NAMES[0]


@pytest.mark.parametrize(
    "members",
    [[], [Weighted(adapter=adapter(seed=1), weight=float("nan"))], [Weighted(adapter=adapter(seed=1, rank=256))] * 3],
)
def test_what_cannot_be_composed_is_refused(members):
    with pytest.raises(AdapterRefused):
        compose(members=members)

"""A base of a few thousand weights and two adapters on it, really trained, in seconds."""

import pytest
import torch

from agents.federation.axes import Axis
from training.recipes.base_model import Recipe, train_base
from training.recipes.lattice import LatticeRecipe, train_member

MICRO = Recipe(size="micro", vocabulary=700, examples=40, steps=4, tokens_a_step=512)
SHORT = LatticeRecipe(rank=4, alpha=8, steps=3, rows=4, pool=12)
AMAZON, ACME = (Axis.RETAILER, "amazon"), (Axis.BRAND, "acme")


@pytest.fixture(scope="session")
def trained(tmp_path_factory):
    """Folders of the base and of its adapters."""
    torch.set_num_threads(1)
    base, adapters = tmp_path_factory.mktemp("base"), tmp_path_factory.mktemp("adapters")
    train_base(recipe=MICRO, folder=base)
    for member in (AMAZON, ACME):
        train_member(member=member, base=base, adapters=adapters, recipe=SHORT)
    return base, adapters

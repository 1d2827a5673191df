"""A base of random weights and a data set, for tests of runs."""

import json

import pytest

from training.fine_tuning.specification import Recipe
from training.services.datasets import upload_dataset
from training.tests.tiny_base import make_tiny_base

VERBS, NOUNS = ("raise", "cut", "keep", "move", "split"), ("cap", "floor", "bid", "goal", "flight", "test")


def rows_of(recipe: Recipe) -> bytes:
    """Thirty rows of the recipe's form."""
    lines = []
    for number, asked in enumerate(f"{verb} the {noun}" for verb in VERBS for noun in NOUNS):
        row = {"prompt": asked, "completion": f"ok {number}", "chosen": f"ok {number}", "rejected": "no", "label": True}
        lines.append(json.dumps(row | {"label": number % 2 == 0}))
    return "\n".join(lines).encode()


@pytest.fixture(scope="session")
def tiny_base(tmp_path_factory):
    return make_tiny_base(tmp_path_factory.mktemp("base"))


@pytest.fixture
def base(tiny_base, settings, tmp_path):
    """The tiny base serves, and files go to a folder of the test's own."""
    settings.BASE_MODEL_DIR, settings.BASE_DIGEST = tiny_base, ""
    settings.DATA_DIR = tmp_path / "files"
    return tiny_base


@pytest.fixture
def dataset(acme, base, owner):
    def make(recipe: Recipe = Recipe.SFT, name: str = "Caps and floors"):
        return upload_dataset(
            name=name, recipe=recipe, content=rows_of(recipe), held_out=None, is_simulated=True, by=owner
        )

    return make

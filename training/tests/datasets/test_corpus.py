import json

import jsonschema
import pytest

from agents.federation.axes import Axis
from agents.grounding.answers import answer_schema
from agents.grounding.slots import slot
from campaigns.briefs.catalogue import Catalogue
from training.datasets.briefs import FIRST_DAY, PLACEMENTS, RETAILERS
from training.datasets.corpus import BASE, OWN, OWN_OF_TASK, draw, fingerprint
from training.datasets.examples import NOBODY
from training.datasets.phrasing import is_held_out

COUNT = 120
EVERYBODY = frozenset({(Axis.INDUSTRY, "retail_media"), (Axis.RETAILER, "walmart"), (Axis.BRAND, "acme")})
MIXES = {"base": BASE, **{str(axis): mix for axis, mix in OWN.items()}, **OWN_OF_TASK}


def prompts(seed, *, held_out=False):
    return [each.prompt for each in draw(mix=BASE, count=COUNT, seed=seed, held_out=held_out)]


def test_the_same_seed_gives_the_same_corpus():
    assert fingerprint(texts=prompts(5)) == fingerprint(texts=prompts(5))
    assert fingerprint(texts=prompts(5)) != fingerprint(texts=prompts(6))


def test_training_never_uses_a_held_out_template():
    for example in draw(mix=BASE, count=COUNT, seed=7, held_out=False):
        assert not any(is_held_out(template=template) for template in example.templates)


def test_suites_use_held_out_templates():
    held_out = [
        any(is_held_out(template=template) for template in example.templates)
        for example in draw(mix=BASE, count=COUNT, seed=8, held_out=True)
    ]

    assert sum(held_out) > 0.9 * len(held_out)


@pytest.mark.parametrize("name", sorted(MIXES))
def test_everybody_together_can_answer_every_example(name):
    tasks = [(Axis.TASK, task) for task in OWN_OF_TASK]
    for example in draw(mix=MIXES[name], count=40, seed=9, held_out=False):
        answers = [example.written(EVERYBODY | {task}) for task in tasks]

        assert any(answers)
        assert all(json.loads(answer) for answer in answers if answer)


def test_answers_to_briefs_fit_their_own_schema():
    brands = ("Nordmill",)
    catalogue = Catalogue(retailers=RETAILERS, placements=PLACEMENTS, brands=brands)
    slotted = slot(text="Spend $2M on Amazon, ROAS at least 3, 10% for tests", catalogue=catalogue, today=FIRST_DAY)
    answer = {"budget": "~n1~", "retailers": ["~r1~"], "roas_floor": "~n2~", "reserve": "~n3~"}

    jsonschema.validate({"name": "allocate_budget", "arguments": answer}, answer_schema(slotted=slotted))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(
            {"name": "allocate_budget", "arguments": {"budget": "~n3~"}}, answer_schema(slotted=slotted)
        )


def test_the_base_knows_nothing_of_jargon_alone():
    (example,) = draw(mix=[OWN[Axis.INDUSTRY][0]], count=1, seed=3, held_out=False)

    assert example.written(NOBODY) is None
    assert example.written(EVERYBODY) is not None

import json

import pytest

from training.fine_tuning.refusal import TrainingRefused
from training.fine_tuning.rows import FORMS, read_rows
from training.fine_tuning.specification import Recipe

ASKED, GOOD, BAD = "Spend 10", "Yes", "No"
WHOLE = {"prompt": ASKED, "completion": GOOD, "chosen": GOOD, "rejected": BAD, "label": True}


@pytest.mark.parametrize("recipe", list(Recipe))
def test_each_form_is_read_with_texts_as_messages(recipe):
    rows = read_rows([json.dumps(WHOLE | {"more": 1}), "", json.dumps(WHOLE)], recipe=recipe, where="rows")

    assert len(rows) == 2
    assert tuple(rows[0]) == FORMS[recipe]
    assert rows[0]["prompt"] == [{"role": "user", "content": ASKED}]


@pytest.mark.parametrize("recipe", list(Recipe))
def test_missing_field_is_named_with_its_line(recipe):
    for name in FORMS[recipe]:
        lines = [json.dumps(WHOLE), json.dumps({key: value for key, value in WHOLE.items() if key != name})]

        with pytest.raises(TrainingRefused) as refused:
            read_rows(lines, recipe=recipe, where="rows")

        assert name in refused.value.problem["detail"]
        assert refused.value.problem["where"] == "rows:2"


PROMPTS = ([], 5, ["x"], [{"role": "boss", "content": "x"}], [{"role": "user"}], [{"role": "user", "content": 5}])


@pytest.mark.parametrize("given", ["{", "[]", "3", *(json.dumps(WHOLE | {"prompt": prompt}) for prompt in PROMPTS)])
def test_what_is_no_row_is_refused_with_its_line(given):
    with pytest.raises(TrainingRefused) as refused:
        read_rows([given], recipe=Recipe.SFT, where="rows")

    assert refused.value.problem["where"] == "rows:1"


def test_label_must_be_true_or_false():
    with pytest.raises(TrainingRefused, match="label"):
        read_rows([json.dumps(WHOLE | {"label": 1})], recipe=Recipe.KTO, where="rows")


def test_pair_of_equal_answers_is_refused():
    with pytest.raises(TrainingRefused, match="twice"):
        read_rows([json.dumps(WHOLE | {"rejected": GOOD})], recipe=Recipe.DPO, where="rows")


def test_nothing_is_refused():
    with pytest.raises(TrainingRefused, match="no rows"):
        read_rows(["", "  "], recipe=Recipe.SFT, where="rows")

import json

import pytest

from tenants.models import AuditEvent
from training.fine_tuning.refusal import TrainingRefused
from training.fine_tuning.specification import Recipe
from training.models import TrainingDataset
from training.services.datasets import collect_dataset, read_part, upload_dataset
from training.tests.conftest import rows_of


def test_uploaded_rows_are_kept_in_two_parts_with_their_fingerprint(dataset, owner):
    made = dataset(Recipe.DPO)

    assert made.version == 1
    assert made.train_count + made.held_out_count == 30
    assert len(read_part(dataset=made, part="held_out")) == made.held_out_count
    assert AuditEvent.objects.filter(kind="dataset.created", about_id=str(made.pk)).count() == 1


def test_same_rows_again_are_the_same_version_and_others_the_next(dataset, acme, owner):
    first = dataset()

    more = rows_of(Recipe.SFT) + b"\n" + json.dumps({"prompt": "drop the goal now", "completion": "ok"}).encode()
    second = upload_dataset(
        name=first.name, recipe=Recipe.SFT, content=more, held_out=None, is_simulated=True, by=owner
    )

    assert dataset() == first
    assert (second.version, second.fingerprint == first.fingerprint) == (2, False)


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"", b"{", b"[1]"])
def test_what_cannot_be_read_is_refused_and_leaves_nothing(base, acme, owner, content):
    with pytest.raises(TrainingRefused):
        upload_dataset(name="x", recipe=Recipe.SFT, content=content, held_out=None, is_simulated=False, by=owner)

    assert not TrainingDataset.objects.exists()


def test_columns_of_mappings_become_questions_about_fields(base, acme, owner):
    made = collect_dataset(name="Columns", recipe=Recipe.SFT, origin="mappings", by=owner)

    row = read_part(dataset=made, part="train")[0]
    assert "Which RMIS field" in row["prompt"][0]["content"]
    assert json.loads(row["completion"][0]["content"])["rmis_field"]


@pytest.mark.parametrize(
    ("recipe", "origin"), [(Recipe.REWARD, "plans"), (Recipe.DPO, "mappings"), (Recipe.SFT, "plans")]
)
def test_what_nobody_decided_yet_gives_no_data_set(base, acme, owner, recipe, origin):
    with pytest.raises(TrainingRefused):
        collect_dataset(name="None", recipe=recipe, origin=origin, by=owner)


def test_stranger_has_none_of_it(dataset, globex):
    from django_tenants.utils import tenant_context

    dataset()

    with tenant_context(globex):
        assert not TrainingDataset.objects.exists()

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tenants.models import Operation
from training.fine_tuning.specification import Recipe
from training.models import TrainingDataset, TrainingRun
from training.tests.conftest import rows_of


@pytest.fixture
def base(settings, tmp_path):
    """A folder that looks like a base: nothing is trained by pages."""
    folder = tmp_path / "base"
    folder.mkdir()
    for name in ("model.safetensors", "tokenizer.json"):
        (folder / name).write_bytes(b"x")
    (folder / "config.json").write_text("{}")
    settings.BASE_MODEL_DIR, settings.BASE_DIGEST, settings.DATA_DIR = folder, "", tmp_path / "files"
    return folder


ASKED = {"axis": "task", "member": "planning", "epochs": "1", "learning_rate": "0.001", "rank": "8"}
DIALS = {"batch_size": "8", "max_tokens": "128", "beta": "0.1", "once": "a"}


def test_rows_become_a_data_set_and_a_run_is_queued_once(portal, owner, acme, base):
    client = portal(owner)
    file = SimpleUploadedFile("rows.jsonl", rows_of(Recipe.SFT))
    made = client.post("/training/datasets/new/", {"name": "A", "recipe": "sft", "origin": "uploaded", "rows": file})
    dataset = TrainingDataset.objects.get()

    started = [client.post("/training/new/", ASKED | DIALS | {"dataset": str(dataset.pk)}) for _ in range(2)]

    assert made.status_code == 302
    assert [answer.status_code for answer in started] == [302, 302]
    run = TrainingRun.objects.get()
    assert Operation.objects.get().kind == "train"
    for path in ("", "datasets/", f"datasets/{dataset.pk}/", f"runs/{run.pk}/", f"runs/{run.pk}/progress/"):
        assert client.get(f"/training/{path}").status_code == 200


def test_bad_rows_are_refused_on_the_page_with_their_line(portal, owner, acme, base):
    file = SimpleUploadedFile("rows.jsonl", b'{"prompt": "x"}')

    answer = portal(owner).post(
        "/training/datasets/new/", {"name": "A", "recipe": "sft", "origin": "uploaded", "rows": file}
    )

    assert answer.status_code == 422
    assert b"rows:1" in answer.content
    assert not TrainingDataset.objects.exists()


def test_stopped_run_is_resumed(portal, owner, dataset):
    client, made = portal(owner), dataset()
    client.post("/training/new/", ASKED | DIALS | {"dataset": str(made.pk)})
    run = TrainingRun.objects.get()

    client.post(f"/training/runs/{run.pk}/stop/")
    run.operation.refresh_from_db()
    assert run.operation.state == "cancelled"

    client.post(f"/training/runs/{run.pk}/resume/")
    run.operation.refresh_from_db()
    assert run.operation.state == "queued"


def test_comparison_shows_only_what_differs(portal, owner, dataset):
    client, made = portal(owner), dataset()
    for rank in ("8", "16"):
        client.post(
            "/training/new/", ASKED | DIALS | {"dataset": str(made.pk), "rank": rank, "seed": "1", "once": rank}
        )
    first, second = TrainingRun.objects.values_list("pk", flat=True)

    page = client.get(f"/training/compare/?run={first}&run={second}").content.decode()

    assert "Rank" in page
    assert "Learning rate" not in page.split("Differences")[1]


def test_viewer_sees_runs_and_starts_none(portal, teammate, dataset):
    made = dataset()

    client = portal(teammate)

    assert client.get("/training/").status_code == 200
    assert client.post("/training/new/", ASKED | DIALS | {"dataset": str(made.pk)}).status_code == 403


def test_api_makes_a_data_set_and_starts_a_run(api, owner, base):
    client = api(owner)
    body = {"name": "A", "recipe": "sft", "rows_jsonl": rows_of(Recipe.SFT).decode()}
    made = client.post("/api/v1/training/datasets/", json.dumps(body), content_type="application/json")
    wish = {"dataset": made.json()["id"], "axis": "task", "member": "planning", "dials": {"epochs": 1}, "seed": 3}

    started = client.post("/api/v1/training/runs/", json.dumps(wish), content_type="application/json")

    assert (made.status_code, started.status_code) == (201, 202)
    assert started.json()["operation"] == started.headers["Location"]
    refused = client.post(
        "/api/v1/training/runs/", json.dumps(wish | {"dials": {"epochs": 0}}), content_type="application/json"
    )
    assert (refused.status_code, refused.json()["where"]) == (400, "epochs")

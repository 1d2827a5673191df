"""Experiments through the API."""

import pytest

from campaigns.models import Experiment
from campaigns.tests.experiments import DAYS, GEO_WISH, HOLDOUT_WISH, START, TEST, sales_csv

WISH = {key: value for key, value in GEO_WISH.items() if key not in {"cost", "lifts"}}
NEW = {"name": "Search", "hypothesis": "It sells.", "design": "geo", "retailers": ["amazon"], "currency": "USD"}


def post(client, path: str, body: dict):
    return client.post(f"/api/v1/experiments/{path}", body, content_type="application/json")


def test_from_creation_to_an_applied_result(api, analyst, market, kept_files, run_operations):
    client = api(analyst)
    created = post(client, "", NEW | {"history_csv": sales_csv().decode(), "wish": WISH})
    path = f"{created.json()['id']}/"
    run_operations()
    registered = post(client, f"{path}register/", {"candidate": 0, "start_on": START.isoformat()}).json()
    treated = tuple(registered["frozen"]["treated"])
    results = sales_csv(days=DAYS + TEST, treated=treated, lift=0.12).decode()
    queued = post(client, f"{path}read/", {"results_csv": results, "cost": "cost"})
    run_operations()
    read = client.get(f"/api/v1/experiments/{path}").json()
    applied = post(client, f"{path}apply/", {}).json()
    undone = post(client, f"{path}undo/", {}).json()

    assert (created.status_code, queued.status_code) == (201, 202)
    assert created.headers["Location"].endswith(path)
    assert read["state"] == "read"
    assert read["readout"]["iroas"] == pytest.approx(2, rel=0.25)
    assert applied["applied"]["after"]["mean"] > 0
    assert undone["applied"] is None
    assert client.get("/api/v1/experiments/").json()["results"][0]["verdict"] == read["readout"]["verdict"]


def test_a_holdout_is_sized_in_the_answer(api, analyst, acme):
    answer = post(api(analyst), "", NEW | {"design": "holdout", "wish": HOLDOUT_WISH})

    assert answer.status_code == 201
    assert answer.json()["candidates"][0]["held_out"] > 0


@pytest.mark.parametrize(
    ("changes", "status", "where"),
    [
        ({"design": "geo", "wish": WISH}, 400, "history"),
        ({"design": "holdout", "wish": {"periods": 28}}, 409, "base_rate"),
        ({"design": "holdout", "wish": HOLDOUT_WISH | {"base_rate": 2}}, 400, "base rate"),
        ({"design": "switchback", "wish": WISH | {"block": 7, "washout": 9}}, 400, "washout"),
    ],
)
def test_what_cannot_be_designed_is_refused_with_where_and_leaves_nothing(api, analyst, acme, changes, status, where):
    answer = post(api(analyst), "", NEW | changes)

    assert (answer.status_code, answer.json()["where"]) == (status, where)
    assert not Experiment.objects.exists()


def test_a_registered_design_cannot_be_registered_again(api, analyst, registered):
    answer = post(api(analyst), f"{registered.pk}/register/", {"candidate": 1, "start_on": START.isoformat()})

    assert answer.status_code == 409
    assert answer.json()["where"] == "state"


def test_results_without_the_registered_column_are_refused(api, analyst, registered):
    answer = post(api(analyst), f"{registered.pk}/read/", {"results_csv": "geo,day,turnover\na,2026-05-01,1\n"})

    assert (answer.status_code, answer.json()["where"]) == (400, "sales")


def test_a_stranger_finds_no_experiment(api, stranger, registered):
    client = api(stranger)

    assert client.get(f"/api/v1/experiments/{registered.pk}/").status_code == 404
    assert client.get("/api/v1/experiments/").json()["results"] == []

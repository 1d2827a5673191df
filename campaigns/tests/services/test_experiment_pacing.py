"""A pacing test over its whole life: designed from history, registered, read; by portal and API too."""

import json
from datetime import timedelta

import pytest

from campaigns.measurement.panel import MeasurementRefused
from campaigns.models import Experiment
from campaigns.selectors.experiments import pacing_of
from campaigns.services.experiment_designing import request_designs
from campaigns.services.experiment_reading import keep_results, read_now, store_readout
from campaigns.services.experiments import draft_experiment, register_experiment
from campaigns.tests.experiments import START, csv_file, new_experiment, sales_csv

WISH = {
    "unit": "geo",
    "time": "day",
    "outcome": "sales",
    "periods": 30,
    "daily_budget": 500.0,
    "swing": 0.4,
    "alpha": 0.1,
    "power": 0.8,
}


@pytest.fixture
def draft(acme, analyst, kept_files) -> Experiment:
    draft = draft_experiment(new=new_experiment("pacing"), by=analyst, history=csv_file(sales_csv()))
    request_designs(experiment=draft, wish=WISH, by=analyst)
    draft.refresh_from_db()
    return draft


@pytest.fixture
def frozen(draft, analyst, django_now) -> Experiment:
    return register_experiment(experiment=draft, candidate=0, start_on=START, by=analyst, now=django_now)


def results_csv(design, *, iroas=3.0, days=28) -> bytes:
    """One geo whose sales follow the schedule's money."""
    rows = ["geo,day,sales,cost"]
    for day, spend in enumerate(design["spend"][:days]):
        season = 300 * (day % 7)
        rows.append(f"all,{START + timedelta(days=day)},{20_000 + season + iroas * spend + day % 3:.2f},{spend}")
    return "\n".join(rows).encode()


def test_designs_are_whole_pairs_of_weeks_at_several_swings(draft):
    first = draft.candidates[0]

    assert [one["swing"] for one in draft.candidates] == [0.4, 0.2, 0.3, 0.5]
    assert (first["periods"], first["pairs"], first["schedule"].count("high")) == (28, 14, 14)
    assert sum(first["spend"]) == pytest.approx(28 * 500)
    assert draft.candidates[1]["detectable_iroas"] > first["detectable_iroas"] > 0
    assert draft.wish["history_end"] < START.isoformat()


def test_readout_finds_the_iroas_by_the_registered_schedule(frozen, analyst):
    keep_results(experiment=frozen, results=csv_file(results_csv(frozen.frozen), "results.csv"), cost="cost")

    read = store_readout(experiment=frozen, readout=read_now(experiment=frozen, cost="cost"), by=analyst)

    assert read.state == Experiment.State.READ
    assert read.readout["iroas"] == pytest.approx(3.0, abs=0.05)
    assert read.readout["registration"] == frozen.registration_digest


def test_readout_before_the_end_names_the_first_missing_day(frozen):
    keep_results(experiment=frozen, results=csv_file(results_csv(frozen.frozen, days=20), "early.csv"), cost="")

    with pytest.raises(MeasurementRefused) as refused:
        read_now(experiment=frozen, cost="")

    assert refused.value.where == (START + timedelta(days=20)).isoformat()


def test_running_test_is_due_what_its_schedule_says(frozen):
    told = pacing_of(experiment=frozen, today=START + timedelta(days=3))

    assert told.days_done == 3
    assert float(told.due) == pytest.approx(sum(frozen.frozen["spend"][:3]))
    assert float(told.planned) == pytest.approx(28 * 500)


@pytest.mark.parametrize(
    ("change", "where"), [({"periods": 10}, "periods"), ({"unit": "shop"}, "shop"), ({"daily_budget": -1.0}, "budget")]
)
def test_impossible_wish_is_refused_with_its_place(acme, analyst, kept_files, change, where):
    draft = draft_experiment(new=new_experiment("pacing"), by=analyst, history=csv_file(sales_csv()))

    with pytest.raises(MeasurementRefused) as refused:
        request_designs(experiment=draft, wish=WISH | change, by=analyst)

    assert where in refused.value.where


def test_without_history_there_is_no_draft(acme, analyst, kept_files):
    with pytest.raises(MeasurementRefused, match="no history"):
        draft_experiment(new=new_experiment("pacing"), by=analyst)


def test_wizard_asks_designs_and_shows_the_schedule(portal, analyst, acme, kept_files):
    client = portal(analyst)
    typed = {
        "name": "Does the last money pay?",
        "hypothesis": "The next dollar at Amazon brings at least one.",
        "design": "pacing",
        "outcome_unit": "revenue",
        "currency": "USD",
        "history": csv_file(sales_csv()),
    }

    asked = client.post("/experiments/new/", typed, follow=True)
    address = asked.redirect_chain[-1][0].removeprefix("/t/acme")
    shown = client.post(address, WISH, follow=True).content.decode()

    assert "Usual spend of a day" in asked.content.decode()
    for text in ("Detectable iROAS", "High $700", "Low $300", "Days swing by 40%", "Spend in all, as usual"):
        assert text in shown


def test_registered_page_shows_pacing_and_schedule(portal, analyst, frozen):
    page = portal(analyst).get(f"/experiments/{frozen.pk}/").content.decode()

    for text in ("of 28 days done", "$14,000 are planned", "$500 ± 40%", "High $700"):
        assert text in page


def test_api_drafts_designs_and_registers(api, analyst, acme, kept_files):
    body = {
        "name": "Next dollar",
        "hypothesis": "It pays.",
        "design": "pacing",
        "currency": "USD",
        "history_csv": sales_csv().decode(),
        "wish": WISH,
    }

    made = api(analyst).post("/api/v1/experiments/", json.dumps(body), "application/json")
    wrong = api(analyst).post(
        "/api/v1/experiments/", json.dumps(body | {"wish": WISH | {"periods": 10}}), "application/json"
    )
    registered = api(analyst).post(
        f"/api/v1/experiments/{made.json()['id']}/register/",
        json.dumps({"candidate": 1, "start_on": START.isoformat()}),
        "application/json",
    )

    assert (made.status_code, wrong.status_code, wrong.json()["where"]) == (201, 400, "periods")
    assert registered.json()["frozen"]["swing"] == 0.2

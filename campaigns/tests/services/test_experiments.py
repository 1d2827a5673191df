"""An experiment's life: drafted, designed, frozen, started, read, applied, undone."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from campaigns.measurement.design.registration import register
from campaigns.measurement.panel import MeasurementRefused
from campaigns.models import Experiment, IncrementalityAssumption
from campaigns.selectors.experiments import pacing_of
from campaigns.services.drafting import draft_plan
from campaigns.services.experiment_beliefs import apply_readout, belief_update, undo_apply
from campaigns.services.experiment_designing import request_designs
from campaigns.services.experiment_reading import keep_results, read_now, request_readout
from campaigns.services.experiments import (
    ExperimentRefused,
    draft_experiment,
    register_experiment,
    start_experiment,
    stop_experiment,
)
from campaigns.services.planning import plan_now
from campaigns.tests.experiments import (
    DAYS,
    GEO_WISH,
    HOLDOUT_WISH,
    START,
    SWITCHBACK_WISH,
    TEST,
    csv_file,
    new_experiment,
    sales_csv,
)
from campaigns.tests.market import BRIEF
from tenants.models import AuditEvent, Operation


def kinds() -> list[str]:
    return list(AuditEvent.objects.order_by("sequence").values_list("kind", flat=True))


def results(experiment, **options):
    options = {"days": DAYS + TEST, "treated": tuple(experiment.frozen["treated"]), "lift": 0.12} | options
    return csv_file(sales_csv(**options), "results.csv")


def keep_and_read(experiment, content: bytes, *, cost: str) -> dict:
    keep_results(experiment=experiment, results=csv_file(content, "results.csv"), cost=cost)
    return read_now(experiment=experiment, cost=cost)


def test_an_operation_designs_a_geo_test(acme, analyst, kept_files, run_operations):
    draft = draft_experiment(new=new_experiment(), by=analyst, history=csv_file(sales_csv()))
    request_designs(experiment=draft, wish=GEO_WISH, by=analyst)

    assert run_operations() == ["done"]

    draft.refresh_from_db()
    assert len(draft.candidates) == 3
    assert {len(one["treated"]) for one in draft.candidates} == {4, 6}
    assert all(one["investment"] > 0 and one["pseudo_tests"]["windows"] >= 5 for one in draft.candidates)
    assert (draft.wish["history_start"], draft.wish["history_end"]) == ("2026-03-02", "2026-04-30")


def test_a_refused_design_says_why_and_keeps_the_draft(acme, analyst, kept_files, run_operations):
    draft = draft_experiment(new=new_experiment(), by=analyst, history=csv_file(sales_csv()))
    request_designs(experiment=draft, wish=GEO_WISH | {"outcome": "turnover"}, by=analyst)

    assert run_operations() == ["failed"]

    operation = Operation.objects.get()
    assert operation.problem["where"] == "turnover"
    assert "geo, day, sales, cost" in operation.problem["detail"]
    assert Experiment.objects.get().wish["outcome"] == "turnover"


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02nothing"])
def test_a_history_that_is_no_table_is_refused_and_leaves_nothing(acme, analyst, kept_files, content):
    with pytest.raises(MeasurementRefused) as refusal:
        draft_experiment(new=new_experiment(), by=analyst, history=csv_file(content))

    assert refusal.value.where == "history.csv"
    assert not Experiment.objects.exists()
    assert not [path for path in kept_files.rglob("*") if path.is_file()]


def test_a_geo_test_without_history_and_a_test_without_hypothesis_are_refused(acme, analyst):
    with pytest.raises(MeasurementRefused, match="no history"):
        draft_experiment(new=new_experiment(), by=analyst)
    with pytest.raises(ExperimentRefused, match="hypothesis"):
        draft_experiment(new=new_experiment(hypothesis=" "), by=analyst)


def test_registration_freezes_the_design_with_its_expectation(registered):
    assert registered.state == Experiment.State.REGISTERED
    assert registered.registration_digest == register(design=registered.frozen).digest
    assert registered.frozen["hypothesis"] == registered.hypothesis
    assert registered.end_on == START + timedelta(days=TEST - 1)
    assert AuditEvent.objects.first().kind == "experiment.registered"


@pytest.mark.parametrize(
    "change",
    [{"registration_text": "{}"}, {"hypothesis": "It fell."}, {"start_on": "2026-01-01"}, {"planned_spend": 1}],
)
def test_the_database_refuses_to_change_what_was_registered(registered, change):
    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
        Experiment.objects.filter(pk=registered.pk).update(**change)


def test_a_registered_design_is_not_made_again(registered, analyst, django_now):
    with pytest.raises(ExperimentRefused, match="frozen"):
        request_designs(experiment=registered, wish=GEO_WISH, by=analyst)
    with pytest.raises(ExperimentRefused, match="only one that is draft"):
        register_experiment(experiment=registered, candidate=1, start_on=START, by=analyst, now=django_now)


def test_a_start_inside_the_history_is_refused(geo_draft, analyst, django_now):
    with pytest.raises(ExperimentRefused) as refusal:
        register_experiment(
            experiment=geo_draft, candidate=0, start_on=START - timedelta(days=1), by=analyst, now=django_now
        )

    assert refusal.value.where == "start_on"
    assert "2026-05-01" in refusal.value.fix


def test_it_starts_on_its_day_and_not_before(registered, analyst):
    with pytest.raises(ExperimentRefused, match="too early"):
        start_experiment(experiment=registered, by=analyst, now=datetime(2026, 4, 1, tzinfo=UTC))

    started = start_experiment(experiment=registered, by=analyst, now=datetime(2026, 5, 1, 9, tzinfo=UTC))

    assert started.state == Experiment.State.RUNNING


def test_stopping_keeps_the_reason_and_needs_one(registered, analyst, django_now):
    with pytest.raises(ExperimentRefused, match="reason"):
        stop_experiment(experiment=registered, reason=" ", by=analyst, now=django_now)

    stopped = stop_experiment(
        experiment=registered, reason="The retailer was out of stock.", by=analyst, now=django_now
    )

    assert (stopped.state, stopped.stop_reason) == ("stopped", "The retailer was out of stock.")


def test_an_operation_reads_what_was_put_in(registered, analyst, run_operations):
    request_readout(experiment=registered, results=results(registered), cost="cost", by=analyst)

    assert run_operations() == ["done"]

    registered.refresh_from_db()
    readout = registered.readout
    low, high = readout["lift_interval"]
    assert registered.state == Experiment.State.READ
    assert low < 0.12 < high
    assert readout["iroas"] == pytest.approx(2.0, rel=0.25)
    assert readout["p_value"] < 0.01
    assert readout["hindsight"]["power_for_planned"] > 0
    assert "SUM(amount)" in readout["sql"]
    assert kinds()[-2:] == ["experiment.read", "operation.done"]


def test_results_of_the_test_alone_are_joined_to_the_history(registered):
    lines = results(registered).read().decode().splitlines()
    alone = [lines[0], *(line for line in lines[1:] if line.split(",")[1] >= "2026-05-01")]
    keep_results(experiment=registered, results=csv_file("\n".join(alone).encode()), cost="cost")

    readout = read_now(experiment=registered, cost="cost")

    assert readout["series"]["start"] == "2026-05-01"
    assert len(readout["series"]["time"]) == DAYS // 2 + TEST
    assert readout["p_value"] < 0.01


def test_the_readout_compares_with_days_the_geos_were_not_chosen_on(registered):
    keep_results(experiment=registered, results=results(registered), cost="")

    readout = read_now(experiment=registered, cost="")

    assert registered.frozen["read_from"] == readout["series"]["time"][0] == "2026-04-01"
    assert not any("narrower" in note for note in readout["notes"])


@pytest.mark.parametrize(
    ("spoil", "where"),
    [
        (lambda text: text.replace(b"2026-05-14", b"2026-04-99"), "time"),
        (lambda text: b"\n".join(line for line in text.split(b"\n") if b"2026-05-14" not in line), "end"),
        (lambda text: b"\n".join(line for line in text.split(b"\n") if b"geo 03" not in line), "geo"),
        (lambda text: text.replace(b"geo 01,2026-05-02,", b"geo 01,2026-05-02,x"), "sales"),
        (lambda text: text.replace(b"geo,day,sales", b"geo,day,turnover"), "sales"),
    ],
)
def test_wrong_results_are_refused_with_where_and_the_experiment_stays(
    registered, analyst, run_operations, spoil, where
):
    spoilt = csv_file(spoil(results(registered).read()), "results.csv")

    try:
        request_readout(experiment=registered, results=spoilt, cost="cost", by=analyst)
        run_operations()
        told = Operation.objects.get().problem["where"]
    except MeasurementRefused as refusal:
        told = refusal.where

    registered.refresh_from_db()
    assert where in told or (where == "time" and told == "day")
    assert registered.state == Experiment.State.REGISTERED
    assert registered.readout is None


def test_a_text_changed_behind_the_database_is_not_read(registered):
    registered.registration_text = registered.registration_text.replace('"alpha":0.1', '"alpha":0.2')

    with pytest.raises(MeasurementRefused, match="changed after the start"):
        read_now(experiment=registered, cost="")


def test_late_registration_is_said(registered):
    keep_results(experiment=registered, results=results(registered), cost="")

    readout = read_now(experiment=registered, cost="")

    assert any("not a pre-registration" in note for note in readout["notes"])


def test_a_switchback_is_scheduled_registered_and_read(acme, analyst, kept_files, django_now):
    draft = draft_experiment(new=new_experiment("switchback"), by=analyst)
    request_designs(experiment=draft, wish=SWITCHBACK_WISH, by=analyst)
    draft.refresh_from_db()
    ready = register_experiment(experiment=draft, candidate=0, start_on=START, by=analyst, now=django_now)
    rows = [
        f"all,{START + timedelta(days=day)},{(120 if on == 'on' else 100) + (day * day) % 11 / 4}"
        for day, on in enumerate(ready.frozen["schedule"])
    ]
    keep_results(experiment=ready, results=csv_file("\n".join(["geo,day,sales", *rows]).encode()), cost="")

    readout = read_now(experiment=ready, cost="")

    assert readout["att"] == pytest.approx(20, abs=1)
    assert readout["lift"] == pytest.approx(0.2, abs=0.02)
    assert readout["sql"] == ""


def test_a_holdout_is_sized_at_several_shares_and_read(acme, analyst, kept_files, django_now):
    draft = draft_experiment(new=new_experiment("holdout", outcome_unit="conversions"), by=analyst)
    request_designs(experiment=draft, wish=HOLDOUT_WISH, by=analyst)
    draft.refresh_from_db()
    ready = register_experiment(experiment=draft, candidate=0, start_on=START, by=analyst, now=django_now)
    content = b"arm,people,conversions\nexposed,200000,4600\nheld_out,50000,1000\n"
    keep_results(experiment=ready, results=csv_file(content), cost="")

    readout = read_now(experiment=ready, cost="")

    assert [one["holdout_share"] for one in draft.candidates] == [0.2, 0.05, 0.1, 0.3, 0.5]
    assert readout["lift"] == pytest.approx(0.15)
    assert readout["incremental"] == pytest.approx(600)


@pytest.mark.parametrize(
    ("content", "cost", "where"),
    [
        (b"arm,people,conversions\nexposed,200000,4600\n", "", "arm"),
        (b"arm,people,conversions\nexposed,200000,many\nheld_out,50000,1000\n", "", "exposed, conversions"),
        (b"arm,people,conversions\nexposed,200000,4600\nheld_out,50,1000\n", "", "conversions"),
        (b"arm,people,spend\nexposed,200000,4600\nheld_out,50000,10\n", "spend", "conversions"),
        (b"arm,people,conversions\nexposed,200000,4600,7,7\nheld_out,50000,1000\n", "", "results.csv"),
    ],
)
def test_wrong_holdout_results_are_refused_with_where(acme, analyst, kept_files, django_now, content, cost, where):
    draft = draft_experiment(new=new_experiment("holdout"), by=analyst)
    request_designs(experiment=draft, wish=HOLDOUT_WISH, by=analyst)
    draft.refresh_from_db()
    ready = register_experiment(experiment=draft, candidate=0, start_on=START, by=analyst, now=django_now)

    with pytest.raises(MeasurementRefused) as refusal:
        keep_and_read(ready, content, cost=cost)

    assert refusal.value.where == where


def test_a_switchback_with_missing_days_is_refused_with_the_first(acme, analyst, kept_files, django_now):
    draft = draft_experiment(new=new_experiment("switchback"), by=analyst)
    request_designs(experiment=draft, wish=SWITCHBACK_WISH, by=analyst)
    draft.refresh_from_db()
    ready = register_experiment(experiment=draft, candidate=0, start_on=START, by=analyst, now=django_now)
    rows = [f"all,{START + timedelta(days=day)},{100 + day}" for day in range(50)]
    keep_results(experiment=ready, results=csv_file("\n".join(["geo,day,sales", *rows]).encode()), cost="")

    with pytest.raises(MeasurementRefused) as refusal:
        read_now(experiment=ready, cost="")

    assert refusal.value.where == "2026-06-20"


def test_applying_moves_the_assumption_between_prior_and_result_and_undo_restores_it(read, market, analyst):
    update = belief_update(experiment=read)

    apply_readout(experiment=read, by=analyst)

    stored = IncrementalityAssumption.objects.get(retailer_id="amazon")
    assert min(update.prior.mean, update.result.mean) <= float(stored.mean) + 0.001
    assert float(stored.high - stored.low) < update.prior.high - update.prior.low
    assert read.registration_digest[:12] in stored.source

    undo_apply(experiment=read, by=analyst)

    stored.refresh_from_db()
    assert (str(stored.mean), stored.source) == ("0.600", "assumed; no experiment yet")
    assert kinds()[-4:] == ["assumption.changed", "experiment.applied", "assumption.changed", "experiment.apply_undone"]


def test_undo_never_overwrites_what_somebody_set_since(read, market, analyst):
    apply_readout(experiment=read, by=analyst)
    IncrementalityAssumption.objects.update(source="our own guess")

    with pytest.raises(ExperimentRefused, match="changed since"):
        undo_apply(experiment=read, by=analyst)


def test_applying_twice_is_refused(read, market, analyst):
    apply_readout(experiment=read, by=analyst)

    with pytest.raises(ExperimentRefused, match="applied already"):
        apply_readout(experiment=read, by=analyst)


def test_without_the_retailers_figures_nothing_is_applied(read, analyst):
    with pytest.raises(ExperimentRefused) as refusal:
        apply_readout(experiment=read, by=analyst)

    assert refusal.value.where == "data"
    assert not IncrementalityAssumption.objects.exists()


def test_plans_made_afterwards_use_the_result_and_say_so(read, market, analyst):
    apply_readout(experiment=read, by=analyst)

    plan = plan_now(plan=draft_plan(brief=BRIEF, by=analyst), method="lp", by=analyst)

    used = {row["retailer_id"]: row for row in plan.explanation["incrementality"]}
    assert "experiment “Does search" in used["amazon"]["source"]
    assert used["amazon"]["mean"] == pytest.approx(read_share())
    assert used["walmart"]["source"] == "assumed; no experiment yet"


def read_share() -> float:
    return float(IncrementalityAssumption.objects.get(retailer_id="amazon").mean)


def test_pacing_counts_days_and_the_spend_above_the_pace_before(registered, market):
    pacing = pacing_of(experiment=registered, today=START + timedelta(days=7))

    assert (pacing.days, pacing.days_done, pacing.due) == (14, 7, 4000)
    assert pacing.spend > 0
    assert abs(pacing.above) < pacing.spend


def test_a_design_retried_after_registration_changes_nothing(geo_draft, analyst, django_now, run_operations):
    request_designs(experiment=geo_draft, wish=GEO_WISH | {"sizes": [5]}, by=analyst)
    Experiment.objects.update(operation=None, candidates=geo_draft.candidates)
    fresh = Experiment.objects.get()
    register_experiment(experiment=fresh, candidate=0, start_on=START, by=analyst, now=django_now)

    assert run_operations() == ["failed"]

    assert Experiment.objects.get().candidates == geo_draft.candidates

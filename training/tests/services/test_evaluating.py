"""Evaluations from the portal: what is measured, where it is kept, and that the gate reads it."""

from dataclasses import replace

import pytest
from django.utils import timezone
from django_tenants.utils import tenant_context

from agents.federation.axes import Axis
from agents.federation.manifests import sign_manifest
from agents.federation.promotion import SuiteScore
from agents.federation.refusal import AdapterRefused
from agents.models import OwnAdapter, OwnEvaluation, SharedEvaluation
from agents.selectors.adapters import alone_digest, evaluations_with
from agents.selectors.standing import passing_digests
from agents.services.adapter_files import read_weights_file, weights_path
from agents.services.adapter_keys import signing_key
from agents.services.evaluations import Measured, record_evaluations
from agents.services.promotion import PromotionRefused, promote_adapter, refuse_shared
from agents.services.registry import AdapterPackage, register_adapter
from agents.tests.federation.adapters import BASE
from agents.tests.registry_cast import KEY_TEXT, evaluate, register
from tenants.models import AuditEvent, Operation
from training.fine_tuning.refusal import TrainingRefused
from training.services.evaluating import last_evaluation, start_evaluation
from training.services.evaluation_jobs import compositions_with
from training.tests.services.test_runs import begin


@pytest.fixture
def adapter(dataset, owner, run_operations):
    """A candidate that a run has just made: one epoch on thirty rows, of a base of random weights."""
    run = begin(dataset(), owner, dials={"epochs": 1, "rank": 2})
    assert run_operations() == ["done"]
    run.refresh_from_db()
    return OwnAdapter.objects.get(sha256=run.adapter_sha256)


@pytest.fixture
def registered(acme, settings, tmp_path):
    """An adapter of acme's own and a shared one, of a base that is nowhere."""
    settings.BASE_DIGEST, settings.DATA_DIR, settings.ADAPTER_SIGNING_KEY = BASE, tmp_path, KEY_TEXT
    return register(axis=Axis.BRAND, member="nordmill", owner="acme"), register(seed=2)


def test_adapter_is_measured_in_its_process_and_the_gate_reads_it(adapter, owner, run_operations):
    operation = start_evaluation(adapter=adapter, by=owner, cases=3)

    assert run_operations() == ["done"]

    operation.refresh_from_db()
    rows = {row.suite: row for row in evaluations_with(sha256=adapter.sha256)}
    assert set(rows) == {"composition", "task:planning", "briefs", "held out of Caps and floors version 1"}
    parts = [row.case_count for name, row in rows.items() if name != "composition"]
    assert all(0 < count <= 3 for count in parts)
    assert rows["composition"].case_count == sum(parts)
    assert all(row.low <= row.score <= row.high for row in rows.values())
    assert all(row.members == [adapter.sha256] and row.digest for row in rows.values())
    assert operation.result["base_digest"] == adapter.base_digest
    assert operation.result["alone"]["composition"]["cases"] == sum(parts)
    assert last_evaluation(adapter=adapter) == operation
    assert AuditEvent.objects.get(kind="adapter.evaluated").after["adapter"] == str(adapter)
    with pytest.raises(PromotionRefused, match="does not pass"):
        promote_adapter(adapter=adapter, by=owner, now=timezone.now())


def test_what_serves_nobody_or_is_damaged_is_not_measured(registered, owner):
    own, shared = registered
    with pytest.raises(TrainingRefused, match="does not use that adapter"):
        start_evaluation(adapter=shared, by=owner)
    with pytest.raises(TrainingRefused, match="out of range"):
        start_evaluation(adapter=own, by=owner, cases=0)
    weights_path(sha256=own.sha256, shared=False).write_bytes(b"damaged")
    with pytest.raises(AdapterRefused, match="not the signed ones"):
        start_evaluation(adapter=own, by=owner)

    assert not Operation.objects.exists()


@pytest.fixture
def shared(adapter):
    """The same weights as a task's adapter that serves all workspaces."""
    manifest = replace(
        adapter.signed_manifest(), adapter_id="task-planning", axis=Axis.TASK, member="planning", owner=""
    )
    package = AdapterPackage(
        manifest=manifest,
        signature=sign_manifest(manifest=manifest, key=signing_key()),
        content=read_weights_file(row=adapter),
    )
    row = register_adapter(package=package, shared=True, by=None)
    passed = SuiteScore(suite="composition", score=0.97, low=0.96, high=0.98, passed=True)
    measured = Measured(
        base_digest=row.base_digest, members=(row.sha256,), score=passed, case_count=500, run_name="installation"
    )
    record_evaluations(measured=[measured], shared=True, now=timezone.now())
    return promote_adapter(adapter=row, by=None, now=timezone.now())


def test_a_shared_adapter_is_measured_for_this_workspace_alone(shared, owner, run_operations, globex, portal):
    assert alone_digest(shared) in passing_digests(digests=[alone_digest(shared)])
    operation = start_evaluation(adapter=shared, by=owner, cases=3)

    assert run_operations() == ["done"]

    operation.refresh_from_db()
    assert "composition" in operation.result["alone"]
    assert SharedEvaluation.objects.get().run_name == "installation"
    assert {row.run_name for row in OwnEvaluation.objects.filter(members=[shared.sha256])} == {f"portal {operation.pk}"}
    page = portal(owner).get(f"/training/adapters/{shared.pk}/").content.decode()
    assert "This workspace" in page
    assert "The installation" in page
    assert not OwnEvaluation.objects.get(suite="composition").passed  # three cases prove nothing
    assert passing_digests(digests=[alone_digest(shared)]) == {alone_digest(shared)}  # and stop nothing
    with tenant_context(globex):
        assert passing_digests(digests=[alone_digest(shared)]) == {alone_digest(shared)}
        assert {row.run_name for row in evaluations_with(sha256=shared.sha256)} == {"installation"}
    with pytest.raises(PromotionRefused, match="No one of them decides"):
        refuse_shared(adapter=shared)


def test_page_offers_a_shared_adapter_that_serves_and_no_other(registered, portal, owner):
    _, candidate = registered
    path = f"/training/adapters/{candidate.pk}/"
    before = portal(owner).get(path).content.decode()
    evaluate(candidate)
    promote_adapter(adapter=candidate, by=None, now=timezone.now())

    page = portal(owner).get(path).content.decode()
    started = portal(owner).post(f"{path}evaluate/", {"cases": 5}, follow=True).content.decode()

    assert "Cases of each suite" not in before
    assert "this workspace&#x27;s own result" in page or "this workspace's own result" in page
    assert "is evaluated, alone and beside what serves" in started
    assert Operation.objects.get().parameters["adapter"] == str(candidate.pk)


def test_adapter_of_another_base_is_not_measured(registered, owner, settings):
    settings.BASE_DIGEST = "c" * 64

    with pytest.raises(TrainingRefused, match="another base"):
        start_evaluation(adapter=registered[0], by=owner)


def test_file_that_breaks_while_it_waits_fails_cleanly_and_records_nothing(registered, owner, run_operations):
    own, _ = registered
    operation = start_evaluation(adapter=own, by=owner)
    weights_path(sha256=own.sha256, shared=False).write_bytes(b"damaged")

    assert run_operations() == ["failed"]

    operation.refresh_from_db()
    assert "not the signed ones" in operation.problem["title"]
    assert not OwnEvaluation.objects.exists()


def test_double_click_evaluates_once(registered, owner):
    first, second = (start_evaluation(adapter=registered[0], by=owner, unique_key="k") for _ in range(2))

    assert first == second


def row(axis, member, number):
    return OwnAdapter(axis=axis, member=member, sha256=str(number), name=f"{axis}-{member}", version=number)


def test_compositions_are_the_sets_that_can_serve():
    candidate = row(Axis.BRAND, "acme", 9)
    serving = [
        row(Axis.INDUSTRY, "", 1),
        row(Axis.RETAILER, "amazon", 2),
        row(Axis.BRAND, "acme", 3),
        row(Axis.TASK, "planning", 4),
        row(Axis.TASK, "creative", 5),
    ]

    found = ["".join(one.sha256 for one in some) for some in compositions_with(adapter=candidate, serving=serving)]

    assert found == ["9", "19", "194", "195", "129", "1294", "1295"]


def test_first_adapter_of_all_is_measured_alone():
    candidate = row(Axis.INDUSTRY, "", 1)

    assert list(compositions_with(adapter=candidate, serving=[])) == [(candidate,)]


def test_page_and_api_start_one_and_a_viewer_does_not(registered, portal, api, manager, teammate):
    own, shared = registered
    path = f"/training/adapters/{own.pk}/"

    done = portal(manager).post(f"{path}evaluate/", {"cases": 5, "once": "x"}, follow=True).content.decode()
    asked = api(manager).post(f"/api/v1/adapters/{own.pk}/evaluations/", {"cases": 6}, content_type="application/json")
    refused = api(manager).post(f"/api/v1/adapters/{shared.pk}/evaluations/")

    assert "is evaluated, alone and beside what serves" in done
    assert (asked.status_code, asked.json()["operation"]) == (202, asked["Location"])
    assert (refused.status_code, refused.json()["title"]) == (400, "This workspace does not use that adapter")
    assert {one.parameters["cases"] for one in Operation.objects.all()} == {5, 6}
    page = portal(teammate).get(path).content.decode()
    assert "Not evaluated yet" in page
    assert "Waiting for a worker" in page
    assert "Cases of each suite" not in page
    assert portal(teammate).post(f"{path}evaluate/", {"cases": 5}).status_code == 403


def test_stranger_finds_nothing_of_it(registered, portal, api, stranger):
    own, _ = registered

    assert portal(stranger, "globex").get(f"/training/adapters/{own.pk}/").status_code == 404
    assert portal(stranger, "globex").post(f"/training/adapters/{own.pk}/evaluate/").status_code == 404
    assert api(stranger).get(f"/api/v1/adapters/{own.pk}/evaluations/").status_code == 404

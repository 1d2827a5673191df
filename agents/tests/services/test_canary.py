"""A version that is tried on a share of requests: which requests meet it, and how the trial ends."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from django_tenants.utils import tenant_context

from agents.federation.axes import Axis
from agents.federation.canary import falls_to_canary
from agents.federation.refusal import AdapterRefused
from agents.federation.strategies import Strategy
from agents.models import AdapterState, OwnAdapter
from agents.services.adapter_files import weights_path
from agents.services.composing import compose_adapters
from agents.services.federation import wanted_places
from agents.services.promotion import PromotionRefused, promote_adapter, roll_back_adapter, try_adapter
from agents.tests.registry_cast import evaluate, register, serve
from tenants.models import AuditEvent

BRAND = {"axis": Axis.BRAND, "member": "nordmill", "owner": "acme"}
REQUESTS = [f"Plan {number} dollars" for number in range(40)]


@pytest.fixture
def industry(registry):
    return serve(axis=Axis.INDUSTRY, member="", seed=11)


@pytest.fixture
def pair(industry):
    """The version that serves the brand and the next one, both evaluated alone and beside the industry's."""
    first, second = serve(**BRAND, score=0.90), register(**BRAND, version=2, seed=2)
    evaluate(second, score=0.97)
    evaluate(industry, first)
    evaluate(industry, second)
    return first, second


def tried(row, percent=30, by=None):
    return try_adapter(adapter=row, percent=percent, by=by, now=timezone.now())


def brand_for(request: str):
    made = compose_adapters(
        wanted=wanted_places(task="", brand="nordmill"), strategy=Strategy.CONCATENATED, request=request
    )
    return made, next((row for row in made.members if row.axis == Axis.BRAND), None)


def test_exactly_the_drawn_requests_meet_the_version_that_is_tried(pair, owner):
    first, second = pair

    tried(second, by=owner)

    drawn = {one for one in REQUESTS if falls_to_canary(request=one, sha256=second.sha256, percent=30)}
    assert 0 < len(drawn) < len(REQUESTS)
    assert {one for one in REQUESTS if brand_for(one)[1] == second} == drawn
    assert all(brand_for(one)[1] == first for one in REQUESTS if one not in drawn)
    event = AuditEvent.objects.get(kind="adapter.tried")
    assert (event.actor_label, event.after) == (owner.email, {"percent": 30, "serving": str(first)})


def test_nothing_is_tried_where_no_request_is_named(pair):
    first, second = pair
    tried(second, percent=50)

    assert brand_for("")[1] == first


def test_what_is_tried_serves_only_where_it_passed_together_with_the_others(industry):
    first, second = serve(**BRAND, score=0.90), register(**BRAND, version=2, seed=2)
    evaluate(second)
    evaluate(industry, first)
    tried(second, percent=50)

    made = [brand_for(one) for one in REQUESTS]

    assert {row for _, row in made} == {first}
    assert any("is tried, but together" in out.why for composition, _ in made for out in composition.left_out)


def test_damaged_file_of_what_is_tried_gives_the_request_back(pair):
    first, second = pair
    tried(second, percent=50)
    weights_path(sha256=second.sha256, shared=False).write_bytes(b"damaged")

    made = [brand_for(one) for one in REQUESTS]

    assert {row for _, row in made} == {first}
    assert any("not the signed ones" in out.why for composition, _ in made for out in composition.left_out)


def test_trial_ends_in_promotion(pair):
    _, second = pair
    tried(second)

    promote_adapter(adapter=OwnAdapter.objects.get(version=2), by=None, now=timezone.now())

    assert {brand_for(one)[1] for one in REQUESTS} == {second}
    assert dict(OwnAdapter.objects.values_list("version", "canary_percent")) == {1: 0, 2: 0}


def test_trial_ends_by_rolling_back(pair, owner):
    first, second = pair
    tried(second)

    serving = roll_back_adapter(adapter=OwnAdapter.objects.get(version=2), by=owner)

    assert serving == first
    assert {brand_for(one)[1] for one in REQUESTS} == {first}
    assert dict(OwnAdapter.objects.values_list("version", "state")) == {1: "serving", 2: "withdrawn"}
    assert AuditEvent.objects.filter(kind="adapter.rolled_back", actor_label=owner.email).exists()


def test_share_is_changed_and_the_trial_goes_on(pair):
    since = tried(pair[1]).canary_at

    again = tried(OwnAdapter.objects.get(version=2), percent=50)

    assert (again.canary_percent, again.canary_at) == (50, since)


@pytest.mark.parametrize("percent", [0, 51, -1])
def test_share_out_of_bounds_is_refused(pair, percent):
    with pytest.raises(PromotionRefused, match="out of bounds"):
        tried(pair[1], percent=percent)

    assert not OwnAdapter.objects.filter(state=AdapterState.CANARY).exists()


def test_one_trial_at_a_time_and_none_of_what_serves_or_failed(pair):
    first, second = pair
    tried(second)
    third, fourth = register(**BRAND, version=3, seed=3), register(**BRAND, version=4, seed=4)
    evaluate(third)
    evaluate(fourth, passed=False)

    for row, why in ((third, "Another version is tried"), (first, "serves already")):
        with pytest.raises(PromotionRefused, match=why):
            tried(row)
    roll_back_adapter(adapter=OwnAdapter.objects.get(version=2), by=None)
    with pytest.raises(PromotionRefused, match="does not pass"):
        tried(fourth)


def test_damaged_file_is_not_tried(pair):
    weights_path(sha256=pair[1].sha256, shared=False).write_bytes(b"damaged")

    with pytest.raises(AdapterRefused, match="not the signed ones"):
        tried(pair[1])


def test_database_holds_shares_and_trials_apart(pair):
    for wrong in ({"state": "canary"}, {"canary_percent": 10}):
        with pytest.raises(IntegrityError), transaction.atomic():
            OwnAdapter.objects.filter(version=2).update(**wrong)


def test_shared_trial_leaves_a_workspace_with_its_own_alone(registry, globex):
    shared = {"axis": Axis.TASK, "member": "planning"}
    serve(**shared, score=0.90)
    second = register(**shared, version=2, seed=2)
    evaluate(second)
    tried(second, percent=50)
    own = serve(**shared, owner="acme", seed=3)

    def serving(request):
        wanted = [(Axis.TASK, "planning")]
        return compose_adapters(wanted=wanted, strategy=Strategy.CONCATENATED, request=request).members[0]

    assert {serving(one) for one in REQUESTS} == {own}
    with tenant_context(globex):
        assert {serving(one).version for one in REQUESTS} == {1, 2}

"""What stands is read afresh for every request, under the tenant's own role."""

import pytest
from django.utils import timezone
from django_tenants.utils import tenant_context

from agents.federation.axes import Axis
from agents.federation.promotion import SuiteScore
from agents.federation.strategies import Strategy
from agents.models import OwnAdapter, OwnEvaluation
from agents.selectors.adapters import alone_digest
from agents.selectors.standing import passing_digests, placed_adapters
from agents.services.evaluations import Measured, record_evaluations
from agents.services.federation import compose_named
from agents.services.promotion import roll_back_adapter
from agents.tests.federation.adapters import BASE
from agents.tests.registry_cast import evaluate, register, serve

BRAND = (Axis.BRAND, "nordmill")


def composed(**named):
    return compose_named(task="planning", strategy=Strategy.CONCATENATED, **named)


def test_own_goes_before_shared_and_is_read_lean(registry):
    serve(axis=Axis.INDUSTRY, member="", seed=1)
    own = serve(axis=Axis.INDUSTRY, member="", owner="acme", seed=2)

    found = placed_adapters(base_digest=BASE, places=[(Axis.INDUSTRY, "")]).serving[(Axis.INDUSTRY, "")]

    assert (type(found), found, found.is_shared) == (OwnAdapter, own, False)
    assert {"manifest", "signature"} <= found.get_deferred_fields()
    assert found.manifest == own.manifest  # fetched when somebody asks


def test_nothing_is_asked_for_nothing(registry):
    assert placed_adapters(base_digest=BASE, places=[]).serving == {}
    assert passing_digests(digests=[]) == frozenset()


def test_another_tenants_own_adapter_does_not_stand(registry, globex):
    serve(axis=Axis.BRAND, member="nordmill", owner="acme", seed=3)

    with tenant_context(globex):
        assert placed_adapters(base_digest=BASE, places=[BRAND]).serving == {}
        assert composed(brand="nordmill").members == ()


@pytest.mark.parametrize("member", ["'; DROP TABLE agents_ownadapter; --", "%s", "{x}", 'a"b', "a,b"])
def test_names_of_clients_are_values_only(registry, member):
    assert composed(brand=member, retailer=member).members == ()
    assert OwnAdapter.objects.count() == 0


def test_a_rollback_holds_at_the_next_request(registry, owner):
    served = serve(axis=Axis.BRAND, member="nordmill", owner="acme", seed=4)
    assert composed(brand="nordmill").members == (served,)

    roll_back_adapter(adapter=served, by=owner)

    assert composed(brand="nordmill").members == ()


def test_a_later_failed_evaluation_holds_at_the_next_request(registry):
    served = serve(axis=Axis.BRAND, member="nordmill", owner="acme", seed=5)
    assert composed(brand="nordmill").members == (served,)

    digest = evaluate(served, passed=False)

    assert digest not in passing_digests(digests=[digest])
    assert composed(brand="nordmill").members == ()
    assert OwnEvaluation.objects.filter(digest=digest).count() == 2


def test_a_composite_that_passed_one_suite_and_failed_another_does_not_pass(registry):
    served = serve(axis=Axis.BRAND, member="nordmill", owner="acme", seed=6)

    digest = evaluate(served, passed=False, suite="refusals")

    assert passing_digests(digests=[digest]) == frozenset()


def test_the_house_stands_in_and_is_not_missed_where_it_has_none(registry):
    assert {one.member for one in composed().left_out} == {"", "planning"}

    house = serve(axis=Axis.BRAND, member="acme", owner="acme", seed=7)

    assert composed(brand="nordmill").members == (house,)
    assert composed().members == (house,)


@pytest.mark.parametrize("here", [True, False])
def test_what_the_installation_measured_decides_where_it_did(registry, here):
    shared = serve(axis=Axis.INDUSTRY, member="", seed=8)
    unknown = register(axis=Axis.RETAILER, member="amazon", seed=9)
    digests = [alone_digest(shared), alone_digest(unknown)]
    score = SuiteScore(suite="held-out", score=0.5, low=0.4, high=0.6, passed=here)
    looked = [
        Measured(base_digest=BASE, members=(row.sha256,), score=score, case_count=5, run_name="portal")
        for row in (shared, unknown)
    ]

    record_evaluations(measured=looked, shared=False, now=timezone.now())

    assert passing_digests(digests=digests) == set(digests if here else digests[:1])

"""What the database and the models guard."""

import pytest
from django.db import IntegrityError, transaction

from campaigns.models import ApprovalPolicy, Brand, IncrementalityAssumption, Plan, Sku


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "proposed"},
        {"state": "approved"},
        {"state": "approved", "result": {"status": "optimal"}},
    ],
)
def test_a_plan_cannot_be_proposed_without_result_or_approved_without_time(acme, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Plan.objects.create(name="P", brief="b", **wrong)


def test_a_version_is_kept_once(draft):
    with pytest.raises(IntegrityError), transaction.atomic():
        draft.versions.create(version=1, constraints={}, reason="again")


@pytest.mark.parametrize("wrong", [{"low": "0.7"}, {"high": "0.5"}, {"high": "1.1"}, {"low": "-0.1"}])
def test_an_incrementality_range_holds_its_mean(acme, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        IncrementalityAssumption.objects.create(retailer_id="amazon", **wrong)


def test_a_tenant_has_one_approval_policy(acme):
    ApprovalPolicy.objects.create()

    with pytest.raises(IntegrityError), transaction.atomic():
        ApprovalPolicy.objects.create(id=2)


def test_without_a_policy_everything_proposed_may_be_approved(acme):
    policy = ApprovalPolicy.current()

    assert (policy.largest_budget, policy.second_person_required) == (None, False)


def test_an_item_is_listed_once_per_retailer_and_loses_only_its_brand(acme):
    brand = Brand.objects.create(name="Lumen")
    item = Sku.objects.create(retailer_id="amazon", sku_id="L1", brand=brand)
    with pytest.raises(IntegrityError), transaction.atomic():
        Sku.objects.create(retailer_id="amazon", sku_id="L1")

    brand.delete()

    item.refresh_from_db()
    assert item.brand is None


def test_a_planning_without_its_operation_has_failed(acme):
    plan = Plan(name="P", brief="b", state=Plan.State.PLANNING)

    assert plan.live_state == Plan.State.FAILED
    assert plan.is_editable

"""The approval policy in the portal: read by readers, changed by owners, told when it refuses."""

from decimal import Decimal

import pytest

from campaigns.models import ApprovalPolicy, Plan
from tenants.models import AuditEvent

PAGE, EDIT = "/plans/policy/", "/plans/policy/edit/"
STRICT = {"largest_budget": "100000", "smallest_floor_probability": "0.8", "second_person_required": "on"}


@pytest.mark.parametrize("path", [PAGE, EDIT])
def test_stranger_gets_404(portal, stranger, acme, path):
    client = portal(stranger)

    assert client.get(path).status_code == 404
    assert client.post(path, STRICT).status_code == 404


@pytest.mark.parametrize("person", ["teammate", "analyst", "manager"])
def test_only_an_owner_may_change_it(portal, request, acme, person):
    client = portal(request.getfixturevalue(person))

    assert client.get(EDIT).status_code == 403
    assert client.post(EDIT, STRICT).status_code == 403
    assert not ApprovalPolicy.objects.exists()


def test_a_viewer_reads_it_and_is_offered_no_change(portal, teammate, acme):
    page = portal(teammate).get(PAGE).content.decode()

    assert "No limit" in page
    assert EDIT not in page
    assert "An owner of this workspace can change it" in page


def test_an_owner_changes_it_and_reads_it_in_words(portal, owner, acme):
    page = portal(owner).post(EDIT, STRICT, follow=True).content.decode()

    assert "100,000.00 in the plan" in page
    assert "at least 80.0%" in page
    assert "somebody other than whoever made the plan" in page
    assert AuditEvent.objects.first().kind == "approval_policy.changed"


def test_an_empty_budget_lifts_the_limit(portal, owner, acme):
    ApprovalPolicy.objects.create(largest_budget=Decimal(1), second_person_required=True)

    portal(owner).post(EDIT, {"largest_budget": "", "smallest_floor_probability": "0"})

    policy = ApprovalPolicy.objects.get()
    assert (policy.largest_budget, policy.second_person_required) == (None, False)


def test_the_form_starts_from_the_policy(portal, owner, acme):
    ApprovalPolicy.objects.create(largest_budget=Decimal(70_000), second_person_required=True)

    page = portal(owner).get(EDIT).content.decode()

    assert 'value="70000.00"' in page
    assert "checked" in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"largest_budget": "0"},
        {"largest_budget": "-1"},
        {"largest_budget": "much"},
        {"smallest_floor_probability": "80"},
        {"smallest_floor_probability": "1.5"},
        {"smallest_floor_probability": ""},
    ],
)
def test_nonsense_is_refused_at_its_field(portal, owner, acme, wrong):
    answer = portal(owner).post(EDIT, STRICT | wrong)

    assert answer.status_code == 422
    assert f"id_{next(iter(wrong))}_error" in answer.content.decode()
    assert not ApprovalPolicy.objects.exists()


def test_an_approval_over_the_limit_is_refused_and_the_page_says_why(portal, owner, manager, proposed):
    portal(owner).post(EDIT, STRICT)

    page = portal(manager).post(f"/plans/{proposed.pk}/approve/", follow=True).content.decode()

    assert "$150,000 is above the $100,000" in page
    assert "raise the limit in the approval policy" in page
    assert Plan.objects.get().state == Plan.State.PROPOSED


@pytest.mark.parametrize("path", ["/plans/", "/plans/assumptions/", "/settings/"])
def test_it_is_linked_from_where_one_looks_for_it(portal, owner, acme, path):
    assert f'href="/t/acme{PAGE}"' in portal(owner).get(path).content.decode()

"""Settings, people: add, change, remove; the last owner stays."""

import pytest

from tenants.models import ApiToken, AuditEvent, Membership


def test_page_lists_the_members(portal, owner):
    page = portal(owner).get("/settings/")

    assert page.status_code == 200
    assert "analyst@example.com" in page.text
    assert "stranger@example.com" not in page.text


def test_existing_account_is_added_by_its_address(portal, owner, stranger, acme):
    portal(owner).post("/settings/members/", {"email": "Stranger@Example.com", "role": "viewer"})

    assert Membership.objects.get(tenant=acme, user=stranger).role == "viewer"
    assert AuditEvent.objects.filter(kind="membership.added").count() == 1


def test_unknown_address_is_refused_beside_the_field(portal, owner):
    page = portal(owner).post("/settings/members/", {"email": "nobody@example.com", "role": "viewer"})

    assert page.status_code == 422
    assert "There is no account with this address" in page.text


def test_person_who_is_in_is_not_added_again(portal, owner, analyst, acme):
    page = portal(owner).post("/settings/members/", {"email": analyst.email, "role": "owner"})

    assert page.status_code == 422
    assert Membership.objects.get(tenant=acme, user=analyst).role == "analyst"


def test_role_is_changed(portal, owner, analyst, acme):
    membership = Membership.objects.get(user=analyst)

    portal(owner).post(f"/settings/members/{membership.pk}/role/", {"role": "manager"})

    membership.refresh_from_db()
    assert membership.role == "manager"


@pytest.mark.parametrize("role", ["", "emperor"])
def test_unknown_role_changes_nothing(portal, owner, analyst, role):
    membership = Membership.objects.get(user=analyst)

    portal(owner).post(f"/settings/members/{membership.pk}/role/", {"role": role})

    membership.refresh_from_db()
    assert membership.role == "analyst"


@pytest.mark.parametrize(("door", "form"), [("role", {"role": "viewer"}), ("remove", {})])
def test_last_owner_stays_owner(portal, owner, door, form):
    membership = Membership.objects.get(user=owner)

    page = portal(owner).post(f"/settings/members/{membership.pk}/{door}/", form, follow=True)

    membership.refresh_from_db()
    assert membership.role == "owner"
    assert "This is the last owner" in page.text


def test_owner_who_steps_down_is_led_out_of_settings(portal, owner, manager):
    Membership.objects.filter(user=manager).update(role="owner")
    membership = Membership.objects.get(user=owner)

    answer = portal(owner).post(f"/settings/members/{membership.pk}/role/", {"role": "viewer"})

    assert answer["Location"] == "/"


def test_removed_person_loses_access_and_tokens(portal, api, owner, analyst, acme):
    by_token = api(analyst)
    membership = Membership.objects.get(user=analyst)

    portal(owner).post(f"/settings/members/{membership.pk}/remove/")

    assert portal(analyst).get("/activity/").status_code == 404
    assert by_token.get("/api/v1/operations/").status_code == 401
    assert not ApiToken.objects.filter(user=analyst).exists()


def test_member_of_another_tenant_cannot_be_touched(portal, owner, stranger):
    foreign = Membership.objects.get(user=stranger)

    for door in ("role", "remove"):
        assert portal(owner).post(f"/settings/members/{foreign.pk}/{door}/", {"role": "viewer"}).status_code == 404
    assert Membership.objects.get(user=stranger).role == "owner"


def test_manager_does_not_manage_people(portal, manager):
    assert portal(manager).get("/settings/").status_code == 403


def test_stranger_finds_no_settings(portal, stranger):
    assert portal(stranger).get("/settings/").status_code == 404

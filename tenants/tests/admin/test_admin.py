"""The platform admin: for staff on the public schema only; what it does goes through the services."""

import re

import pytest
from django.test import Client
from django_tenants.utils import schema_context, tenant_context

from tenants.models import ApiToken, AuditEvent, Membership, Tenant, User
from tenants.services.operations import start_operation


@pytest.fixture
def admin(db):
    User.objects.create_superuser("admin@example.com", "a-long-test-password")
    return _signed_in(User.objects.get(email="admin@example.com"))


def _signed_in(user) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


PAGES = [
    "/admin/",
    "/admin/tenants/tenant/",
    "/admin/tenants/tenant/add/",
    "/admin/tenants/user/",
    "/admin/tenants/user/add/",
    "/admin/tenants/membership/",
    "/admin/tenants/membership/add/",
    "/admin/tenants/apitoken/",
    "/admin/tenants/apitoken/add/",
    "/admin/tenants/domain/",
    "/admin/tenants/operation/?tenant=globex",
    "/admin/tenants/auditevent/?tenant=globex",
]


@pytest.mark.parametrize("page", PAGES)
def test_admin_reads_every_page(admin, page):
    assert admin.get(page).status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_owner_of_a_tenant_is_no_platform_admin(owner, page):
    assert _signed_in(owner).get(page).status_code in {302, 403}


@pytest.mark.parametrize("page", PAGES)
def test_admin_is_nowhere_inside_a_tenant(admin, owner, page):
    assert admin.get(f"/t/acme{page}").status_code == 404
    assert _signed_in(owner).get(f"/t/acme{page}").status_code == 404


def test_admin_signs_in_by_the_portals_own_door(client, db):
    answer = client.get("/admin/login/?next=/admin/")

    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")


def test_new_tenant_has_its_schema_and_owner(admin, owner):
    form = {"slug": "initech", "name": "Initech", "kind": "retailer", "currency": "EUR", "timezone": "Europe/Paris"}

    answer = admin.post("/admin/tenants/tenant/add/", form | {"owner": owner.pk})

    assert answer.status_code == 302
    tenant = Tenant.objects.get(slug="initech")
    assert Membership.objects.get(tenant=tenant).role == "owner"
    with tenant_context(tenant):
        assert AuditEvent.objects.get(kind="tenant.created").actor_label == "admin@example.com"


@pytest.mark.parametrize(
    "wrong", [{"slug": "admin"}, {"slug": "acme"}, {"timezone": "Mars/Phobos"}, {"currency": "dollars"}]
)
def test_tenant_that_cannot_be_is_refused_beside_the_field(admin, wrong):
    form = {"slug": "initech", "name": "X", "kind": "retailer", "currency": "EUR", "timezone": "UTC"} | wrong

    page = admin.post("/admin/tenants/tenant/add/", form)

    assert page.status_code == 200
    assert "errornote" in page.text
    assert not Tenant.objects.filter(slug="initech").exists()


def test_tenant_is_renamed_but_keeps_its_address(admin):
    globex = Tenant.objects.get(slug="globex")
    form = {"slug": "other", "name": "Globex Corporation", "kind": "retailer", "currency": "USD", "timezone": "UTC"}

    admin.post(f"/admin/tenants/tenant/{globex.pk}/change/", form)

    globex.refresh_from_db()
    assert (globex.name, globex.slug) == ("Globex Corporation", "globex")


def test_suspended_tenant_is_closed_and_recorded(admin, stranger):
    globex = Tenant.objects.get(slug="globex")

    admin.post("/admin/tenants/tenant/", {"action": "suspend", "_selected_action": [str(globex.pk)]})

    assert _signed_in(stranger).get("/t/globex/activity/").status_code == 404
    with tenant_context(globex):
        assert AuditEvent.objects.filter(kind="tenant.status").count() == 1


def test_live_tenant_cannot_be_deleted(admin):
    globex = Tenant.objects.get(slug="globex")

    assert admin.post(f"/admin/tenants/tenant/{globex.pk}/delete/", {"post": "yes"}).status_code == 403
    actions = admin.get("/admin/tenants/tenant/").text
    assert "delete_selected" not in actions


def test_suspended_tenant_is_deleted_with_everything(admin):
    globex = Tenant.objects.get(slug="globex")
    Tenant.objects.filter(pk=globex.pk).update(status="suspended")

    admin.post(f"/admin/tenants/tenant/{globex.pk}/delete/", {"post": "yes"})

    with schema_context("public"):
        assert not Tenant.objects.filter(slug="globex").exists()
        assert not _schema_exists("globex")


def test_last_owner_keeps_the_role(admin, owner, acme):
    membership = Membership.objects.get(user=owner)

    page = admin.post(f"/admin/tenants/membership/{membership.pk}/change/", {"role": "viewer"})

    assert "last owner" in page.text
    assert admin.post(f"/admin/tenants/membership/{membership.pk}/delete/", {"post": "yes"}).status_code == 403


def test_membership_leaves_its_trace_in_the_tenants_log(admin, stranger):
    acme = Tenant.objects.get(slug="acme")

    admin.post("/admin/tenants/membership/add/", {"user": stranger.pk, "tenant": acme.pk, "role": "viewer"})

    with tenant_context(acme):
        assert AuditEvent.objects.filter(kind="membership.added").count() == 1


def test_account_is_made_by_e_mail(admin):
    form = {
        "email": "New@Example.com",
        "usable_password": "true",
        "password1": "long-secret-1",
        "password2": "long-secret-1",
    }

    admin.post("/admin/tenants/user/add/", form)

    assert User.objects.get(email="new@example.com").check_password("long-secret-1")


def test_account_cannot_be_deleted(admin, owner):
    assert admin.post(f"/admin/tenants/user/{owner.pk}/delete/", {"post": "yes"}).status_code == 403


def test_token_secret_is_shown_once(admin, owner):
    acme = Tenant.objects.get(slug="acme")
    form = {"tenant": acme.pk, "user": owner.pk, "name": "script", "scopes": ["data:read"], "days": "7"}

    page = admin.post("/admin/tenants/apitoken/add/", form, follow=True)

    assert re.search(r"rmn_[0-9a-f]{8}_\S{40,}", page.text)
    assert not re.search(r"rmn_[0-9a-f]{8}_\S{40,}", admin.get("/admin/tenants/apitoken/").text)


def test_token_beyond_the_role_is_refused(admin, teammate):
    acme = Tenant.objects.get(slug="acme")
    form = {"tenant": acme.pk, "user": teammate.pk, "name": "script", "scopes": ["plans:approve"], "days": "7"}

    page = admin.post("/admin/tenants/apitoken/add/", form)

    assert "does not have: plans:approve" in page.text


def test_revoked_token_ends(admin, api, owner):
    client = api(owner)
    token = ApiToken.objects.get()

    admin.post("/admin/tenants/apitoken/", {"action": "revoke", "_selected_action": [str(token.pk)]})

    assert client.get("/api/v1/me/").status_code == 401


def test_operations_of_one_tenant_are_read_only(admin, acme, owner):
    operation = start_operation(kind="plan", title="Plan the spring", by=owner, parameters={})

    assert "Plan the spring" in admin.get("/admin/tenants/operation/?tenant=acme").text
    assert "Plan the spring" not in admin.get("/admin/tenants/operation/?tenant=globex").text
    one = f"/admin/tenants/operation/{operation.pk}/"
    assert "Plan the spring" in admin.get(f"{one}change/?_changelist_filters=tenant%3Dacme").text
    assert admin.post(f"{one}change/?tenant=acme", {"title": "x"}).status_code == 403
    assert admin.post(f"{one}delete/?tenant=acme", {"post": "yes"}).status_code in {403, 404, 500}


def test_rows_without_a_chosen_tenant_lead_to_the_first(admin):
    assert admin.get("/admin/tenants/operation/")["Location"] == "/admin/tenants/operation/?tenant=acme"


def test_unknown_tenant_is_not_found(admin):
    assert admin.get("/admin/tenants/auditevent/?tenant=nope").status_code == 404


def _schema_exists(name: str) -> bool:
    from django_tenants.utils import schema_exists

    return schema_exists(name)

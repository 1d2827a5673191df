"""Tokens in the API: issued once, never wider than who asks, bound to their tenant."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from tenants.models import ApiToken, IdempotencyRecord, Membership, Tenant, User

WISH = {"name": "nightly", "scopes": ["data:read"], "days": 7}


def post(client, path="/api/v1/tokens/", body=WISH, **headers):
    return client.post(path, json.dumps(body), content_type="application/json", headers=headers)


def test_issued_token_shows_its_secret_once(api, owner):
    client = api(owner)

    issued = post(client)

    assert issued.status_code == 201
    assert issued.json()["secret"].startswith("rmn_")
    assert all("secret" not in row for row in client.get("/api/v1/tokens/").json()["results"])


def test_narrow_token_cannot_issue_a_wider_one(api, owner):
    client = api(owner, ["tokens:manage"])

    answer = post(client)

    assert answer.status_code == 403
    assert "data:read" in answer.json()["detail"]


def test_revoked_token_is_refused(api, owner):
    client = api(owner)
    own = ApiToken.objects.get()

    client.post(f"/api/v1/tokens/{own.pk}/revoke/")

    assert client.get("/api/v1/me/").status_code == 401


def test_expired_token_is_refused(api, owner):
    client = api(owner)
    ApiToken.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    assert client.get("/api/v1/me/").status_code == 401


def test_token_of_a_deactivated_person_is_refused(api, owner):
    client = api(owner)
    User.objects.filter(pk=owner.pk).update(is_active=False)

    assert client.get("/api/v1/me/").status_code == 401


def test_token_of_a_suspended_tenant_is_refused(api, owner):
    client = api(owner)
    Tenant.objects.filter(slug="acme").update(status="suspended")

    assert client.get("/api/v1/me/").status_code == 401


def test_token_narrows_with_the_role(api, owner):
    client = api(owner)
    Membership.objects.filter(user=owner).update(role="viewer")

    assert client.get("/api/v1/tokens/").status_code == 403


def test_foreign_token_cannot_be_revoked(api, owner, stranger):
    api(owner)
    token = ApiToken.objects.get(user=owner)

    assert api(stranger).post(f"/api/v1/tokens/{token.pk}/revoke/").status_code == 404
    token.refresh_from_db()
    assert token.revoked_at is None


@pytest.mark.parametrize("wish", [{}, WISH | {"scopes": []}, WISH | {"scopes": ["all"]}, WISH | {"days": 9999}])
def test_wrong_wish_is_explained_by_field(api, owner, wish):
    answer = post(api(owner), body=wish)

    assert answer.status_code == 400
    assert answer.json()["errors"]


def test_same_key_replays_without_the_secret(api, owner):
    client = api(owner)

    first = post(client, **{"Idempotency-Key": "k"})
    again = post(client, **{"Idempotency-Key": "k"})

    assert first.json()["id"] == again.json()["id"]
    assert again.json()["secret"] is None
    assert again["Idempotency-Replayed"] == "true"
    assert first.json()["secret"] not in bytes(IdempotencyRecord.objects.get().body).decode()


def test_same_key_with_another_body_is_refused(api, owner):
    client = api(owner)
    post(client, **{"Idempotency-Key": "k"})

    assert post(client, body=WISH | {"name": "other"}, **{"Idempotency-Key": "k"}).status_code == 422


def test_key_in_flight_is_told_to_wait(api, owner):
    client = api(owner)
    post(client, **{"Idempotency-Key": "k"})
    IdempotencyRecord.objects.update(status_code=None)

    answer = post(client, **{"Idempotency-Key": "k"})

    assert answer.status_code == 409
    assert answer["Retry-After"] == "1"


def test_claim_of_a_dead_process_is_taken_over(api, owner):
    client = api(owner)
    post(client, **{"Idempotency-Key": "k"})
    IdempotencyRecord.objects.update(status_code=None, created_at=timezone.now() - timedelta(hours=1))

    assert post(client, **{"Idempotency-Key": "k"}).status_code == 201


def test_two_callers_may_use_the_same_key(api, owner):
    first, second = api(owner), api(owner)

    assert post(first, **{"Idempotency-Key": "k"}).json()["id"] != post(second, **{"Idempotency-Key": "k"}).json()["id"]

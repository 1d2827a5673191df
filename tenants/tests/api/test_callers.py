"""Who am I, in the API: with a token, with a session, without either."""


def test_caller_by_token(api, analyst):
    answer = api(analyst, ["data:read"]).get("/api/v1/me/").json()

    assert answer["user"]["email"] == "analyst@example.com"
    assert answer["tenant"]["slug"] == "acme"
    assert answer["role"] == "analyst"
    assert answer["actions"] == ["data:read"]


def test_caller_by_session(portal, teammate):
    assert portal(teammate).get("/api/v1/me/").json()["role"] == "viewer"


def test_nobody_is_asked_for_a_token(client, db):
    answer = client.get("/api/v1/me/")

    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Bearer"
    assert answer["Content-Type"] == "application/problem+json"


def test_token_of_one_tenant_does_not_open_another(api, owner):
    answer = api(owner).get("/t/globex/api/v1/me/")

    assert answer.status_code == 401


def test_session_post_needs_a_csrf_token(owner, acme):
    from django.test import Client

    browser = Client(enforce_csrf_checks=True)
    browser.force_login(owner, backend="django.contrib.auth.backends.ModelBackend")

    answer = browser.post("/t/acme/api/v1/tokens/", {}, content_type="application/json")

    assert answer.status_code == 403
    assert "CSRF" in answer.json()["detail"]

"""Signing in through the real form: by e-mail, locked after failures, closed to newcomers, with a second factor."""

import re
import time

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from axes.models import AccessAttempt
from django.core import mail
from django.core.cache import cache
from django.test import Client

from conftest import PASSWORD
from tenants.models import Membership, User


@pytest.fixture(autouse=True)
def own_cache(settings):
    """The limits of other runs must not count here."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    yield
    cache.clear()


@pytest.fixture
def browser(db) -> Client:
    return Client(raise_request_exception=False)


def sign_in(browser: Client, email: str, password: str = PASSWORD, *, then: str = ""):
    return browser.post(
        f"/accounts/login/?next={then}" if then else "/accounts/login/", {"login": email, "password": password}
    )


def test_person_with_one_workspace_lands_in_it(browser, owner):
    answer = sign_in(browser, "Owner@Example.com")

    assert answer["Location"] == "/"
    assert browser.get("/")["Location"] == "/t/acme/"


def test_person_with_two_workspaces_chooses(browser, owner, globex):
    Membership.objects.create(user=owner, tenant=globex, role="viewer")
    sign_in(browser, owner.email)

    page = browser.get("/").text

    assert 'href="/t/acme/"' in page
    assert 'href="/t/globex/"' in page


def test_person_without_a_workspace_is_told_what_to_do(browser):
    User.objects.create_user("new@example.com", PASSWORD)
    sign_in(browser, "new@example.com")

    assert "No workspace yet" in browser.get("/").text


def test_person_lands_where_they_wanted(browser, owner):
    assert sign_in(browser, owner.email, then="/t/acme/activity/")["Location"] == "/t/acme/activity/"


def test_sign_in_leads_to_no_other_site(browser, owner):
    assert sign_in(browser, owner.email, then="https://evil.example/")["Location"] == "/"


def test_wrong_password_does_not_say_which_part_was_wrong(browser, owner):
    wrong = sign_in(browser, owner.email, "wrong").text
    unknown = sign_in(browser, "nobody@example.com", "wrong").text

    message = "The email address and/or password you specified are not correct"
    assert message in wrong
    assert message in unknown


def test_fifth_failure_locks_and_says_for_how_long(browser, owner):
    answers = [sign_in(browser, owner.email, "wrong").status_code for _ in range(5)]
    locked = sign_in(browser, owner.email)

    assert answers == [200, 200, 200, 200, 429]
    assert locked.status_code == 429
    assert "15 minutes" in locked.text
    assert locked["Retry-After"] == "900"
    assert AccessAttempt.objects.get().username == "owner@example.com"


def test_another_spelling_does_not_escape_the_lock(browser, owner):
    for spelling in (
        "owner@example.com",
        "OWNER@example.com",
        " owner@example.com",
        "Owner@Example.com",
        "owner@EXAMPLE.com",
    ):
        answer = sign_in(browser, spelling, "wrong")

    assert answer.status_code == 429


def test_lock_of_one_person_does_not_lock_another(browser, owner, manager):
    for _ in range(5):
        sign_in(browser, owner.email, "wrong")

    assert sign_in(browser, manager.email).status_code == 302


def test_success_forgets_earlier_failures(browser, owner):
    for _ in range(4):
        sign_in(browser, owner.email, "wrong")
    sign_in(browser, owner.email)
    browser.logout()

    assert sign_in(browser, owner.email, "wrong").status_code == 200


def test_newcomers_cannot_sign_up(browser):
    form = {"email": "new@example.com", "password1": PASSWORD, "password2": PASSWORD}

    browser.post("/accounts/signup/", form)

    assert not User.objects.filter(email="new@example.com").exists()


def test_deactivated_person_cannot_sign_in(browser, owner):
    User.objects.filter(pk=owner.pk).update(is_active=False)
    sign_in(browser, owner.email)

    assert browser.get("/t/acme/activity/").status_code == 302


def test_sign_out_ends_the_session(browser, owner):
    sign_in(browser, owner.email)

    answer = browser.post("/accounts/logout/")

    assert answer["Location"] == "/accounts/login/"
    assert browser.get("/t/acme/activity/").status_code == 302


def test_forgotten_password_is_reset_by_mail(browser, owner):
    browser.post("/accounts/password/reset/", {"email": owner.email})
    link = re.search(r"http://testserver(/accounts/password/reset/key/\S+)", mail.outbox[0].body)[1]

    form_page = browser.get(link, follow=True)
    browser.post(
        form_page.request["PATH_INFO"], {"password1": "another-long-secret", "password2": "another-long-secret"}
    )

    owner.refresh_from_db()
    assert owner.check_password("another-long-secret")


def test_reset_tells_nobody_who_has_an_account(browser, owner):
    known = browser.post("/accounts/password/reset/", {"email": owner.email})
    unknown = browser.post("/accounts/password/reset/", {"email": "nobody@example.com"})

    assert known["Location"] == unknown["Location"]


def test_password_is_changed_with_the_old_one(browser, owner):
    sign_in(browser, owner.email)
    new = {"oldpassword": PASSWORD, "password1": "another-long-secret", "password2": "another-long-secret"}

    browser.post("/accounts/password/change/", new)

    owner.refresh_from_db()
    assert owner.check_password("another-long-secret")


def test_second_factor_is_asked_for_once_it_is_set_up(browser, owner):
    secret = _with_totp(owner)

    first_step = sign_in(browser, owner.email)
    before = browser.get("/t/acme/activity/").status_code
    second_step = browser.post("/accounts/2fa/authenticate/", {"code": _code(secret)})

    assert first_step["Location"].startswith("/accounts/2fa/authenticate/")
    assert before == 302
    assert second_step.status_code == 302
    assert browser.get("/t/acme/activity/").status_code == 200


def test_wrong_second_factor_lets_nobody_in(browser, owner):
    _with_totp(owner)
    sign_in(browser, owner.email)

    browser.post("/accounts/2fa/authenticate/", {"code": "000000"})

    assert browser.get("/t/acme/activity/").status_code == 302


@pytest.mark.parametrize(
    "page",
    [
        "login/",
        "logout/",
        "password/reset/",
        "password/change/",
        "2fa/",
        "2fa/totp/activate/",
        "email/",
        "reauthenticate/",
    ],
)
def test_every_account_page_opens_for_a_signed_in_person(browser, owner, page):
    EmailAddress.objects.create(user=owner, email=owner.email, verified=True, primary=True)
    sign_in(browser, owner.email)

    assert browser.get(f"/accounts/{page}", follow=True).status_code == 200


def _with_totp(user: User) -> str:
    secret = "JBSWY3DPEHPK3PXP"
    TOTP.activate(user, secret)
    return secret


def _code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))

"""The pages that others wrote (API documentation, platform admin) work offline under the site's content policy."""

from importlib.util import find_spec

import pytest
from django.contrib.auth.hashers import make_password

from rmn_site.embedded.ports import free_port
from rmn_site.tests.real_site import wait_until
from tenants.models import Membership, Tenant, User
from tenants.services.operations import start_operation

pytestmark = pytest.mark.browser
PAGES = (
    "/t/acme/api/docs/",
    "/admin/",
    "/admin/tenants/tenant/",
    "/admin/tenants/tenant/add/",
    "/admin/tenants/membership/add/",
    "/admin/tenants/user/add/",
    "/admin/tenants/operation/?tenant=acme",
    "/admin/tenants/auditevent/?tenant=acme",
    "/accounts/2fa/",
    "/accounts/2fa/totp/activate/",
)


@pytest.fixture
def web(real_site, acme_is_furnished) -> str:
    port = free_port()
    real_site.start_web(port=port)
    wait_until(lambda: real_site.is_ready(port=port), seconds=60, every=0.1)
    return f"http://localhost:{port}"


@pytest.fixture
def acme_is_furnished(real_site) -> None:
    from django_tenants.utils import tenant_context

    person = User.objects.create_superuser("admin@example.com")
    User.objects.filter(pk=person.pk).update(password=make_password("a-long-test-password", hasher="pbkdf2_sha256"))
    acme = Tenant.objects.get(slug="acme")
    Membership.objects.create(user=person, tenant=acme, role="owner")
    with tenant_context(acme):
        start_operation(kind="plan", title="Plan the spring", by=person, parameters={})


@pytest.fixture
def hashers(settings) -> None:
    settings.PASSWORD_HASHERS = [*settings.PASSWORD_HASHERS, "django.contrib.auth.hashers.PBKDF2PasswordHasher"]


def test_pages_of_others_have_nothing_to_complain_about(hashers, web):
    if not find_spec("playwright"):
        pytest.skip("playwright is not installed")
    from rmn_site.smoke.chromium import find_chromium, new_context, open_browser

    if not find_chromium():
        pytest.skip("Chromium is not installed")

    with open_browser() as browser:
        context, complaints = new_context(browser=browser, url=web)
        page = context.new_page()
        page.goto(f"{web}/accounts/login/")
        page.get_by_label("Email").fill("admin@example.com")
        page.get_by_label("Password").fill("a-long-test-password")
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(f"{web}/t/acme/")
        complaints.clear()
        for path in PAGES:
            page.goto(f"{web}{path}", wait_until="networkidle")
        page.goto(f"{web}/t/acme/api/docs/", wait_until="networkidle")
        page.get_by_text("/api/v1/adapters/", exact=False).first.wait_for()  # what is further down is drawn later

    assert "\n".join(complaints.all()) == ""

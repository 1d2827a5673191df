"""A file of forty columns that nobody has mapped goes from the upload to facts, with four confirmations at most."""

import re
from decimal import Decimal

import pytest
from django_tenants.utils import tenant_context

from harmonization.models import DailyFact
from harmonization.tests.network_forty import HEADER, NAME, forty_columns
from rmn_site.smoke.chromium import new_context
from rmn_site.smoke.person import WORK_SECONDS, Person
from rmn_site.tests.browser.axe import overflows, violations
from rmn_site.tests.browser.portal_pages import PASSWORD
from tenants.models import Tenant, User
from tenants.services.tenants import NewTenant, create_tenant

pytestmark = pytest.mark.browser

OWNER = "owner@example.com"
MOST_CONFIRMATIONS = 4
FORTY = forty_columns()


@pytest.fixture
def workspace(workers, inside_site, request) -> str:
    """A fresh, empty workspace of the owner; its slug."""
    slug = "l" + re.sub(r"[^a-z]+", "-", request.node.name.lower())[-24:].strip("-")
    new = NewTenant(slug=slug, name=slug)
    inside_site(lambda: create_tenant(new=new, owner=User.objects.get(email=OWNER), by=None).pk)
    return slug


@pytest.fixture
def export(tmp_path):
    path = tmp_path / NAME
    path.write_bytes(FORTY.content)
    return path


def cost_of(workspace, inside_site) -> tuple[Decimal, set[str]]:
    """What the workspace's facts add up to, and in which currency."""

    def add_up() -> tuple[Decimal, set[str]]:
        with tenant_context(Tenant.objects.get(slug=workspace)):
            facts = list(DailyFact.objects.current().values_list("cost", "currency"))
        return sum((cost for cost, _ in facts), Decimal(0)), {currency for _, currency in facts}

    return inside_site(add_up)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_forty_unknown_columns_become_facts(live_site, browser, workspace, export, inside_site, scheme):
    context, complaints = new_context(browser=browser, url=live_site.url, scheme=scheme)
    person = Person(page=context.new_page(), url=live_site.url)
    person.sign_in(email=OWNER, password=PASSWORD)
    person.open_workspace(slug=workspace)
    person.follow("Data")

    person.upload(files=[export])
    page = person.page
    asked = page.locator("#questions .question")
    assert page.get_by_role("heading", level=1).inner_text() == "We have not seen this layout"
    assert len(HEADER) == 40
    assert asked.count() <= MOST_CONFIRMATIONS
    assert violations(page) == []

    confirmed = _confirm(person)
    page.get_by_role("cell", name="exact, every day").first.wait_for()
    assert violations(page) == []
    person.push("Use this mapping and import")
    page.locator(".page__head .badge").get_by_text("Harmonized", exact=True).wait_for(timeout=WORK_SECONDS * 1000)

    assert confirmed <= MOST_CONFIRMATIONS
    assert cost_of(workspace, inside_site) == (FORTY.cost, {"EUR"})
    assert complaints.all() == []
    context.close()


def test_the_journey_needs_no_javascript_and_fits_a_phone(live_site, browser, workspace, export, inside_site):
    context, _ = new_context(browser=browser, url=live_site.url, javascript=False, width=390, height=844)
    person = Person(page=context.new_page(), url=live_site.url)
    person.sign_in(email=OWNER, password=PASSWORD)
    person.open_workspace(slug=workspace)
    person.follow("Data")

    person.upload(files=[export])
    _confirm(person)
    person.push("Preview again")
    assert person.page.get_by_role("cell", name="EUR", exact=True).first.is_visible()
    person.push("Use this mapping and import")

    for _ in range(WORK_SECONDS * 3):
        if person.page.get_by_text("Harmonized", exact=True).count():
            break
        person.page.wait_for_timeout(300)
        person.page.reload()
    assert cost_of(workspace, inside_site) == (FORTY.cost, {"EUR"})
    context.close()


def test_a_column_is_changed_by_keyboard_and_the_preview_follows(live_site, browser, workspace, export):
    context, complaints = new_context(browser=browser, url=live_site.url)
    person = Person(page=context.new_page(), url=live_site.url)
    person.sign_in(email=OWNER, password=PASSWORD)
    person.open_workspace(slug=workspace)
    person.follow("Data")
    person.upload(files=[export])
    person.follow("Change columns")
    page = person.page

    chosen = page.get_by_label("Internal Note becomes")
    chosen.focus()
    with page.expect_response(lambda answer: "/edit/preview/" in answer.url):
        page.keyboard.type("campaign_status")
        page.keyboard.press("Tab")

    row = page.locator(".mapper__row", has=chosen)
    row.get_by_text("Status of the campaign").wait_for()
    page.set_viewport_size({"width": 390, "height": 844})
    assert not overflows(page)
    assert violations(page) == []
    assert complaints.all() == []
    context.close()


def _confirm(person: Person) -> int:
    """Answer everything that is asked, as somebody who knows the network; how many answers that took."""
    page = person.page
    page.get_by_label("What is this network called?").fill("Nordkauf")
    answered = 1
    currency = page.get_by_label("In which currency are the amounts?")
    if currency.count():
        currency.select_option("EUR")
        answered += 1
    clicks = page.get_by_label("clicks only")
    if clicks.count():
        clicks.check()
        answered += 1
    return answered

"""The main job as a person does it, a double click, and the same job in a browser without JavaScript."""

import re
import time
from collections.abc import Callable
from decimal import Decimal

import pytest
from django_tenants.utils import tenant_context

from campaigns.simulation import build_world, write_exports
from rmn_site.smoke.chromium import new_context
from rmn_site.smoke.exported import proposed_total
from rmn_site.smoke.person import WORK_SECONDS, Person
from rmn_site.tests.browser.portal_pages import PASSWORD
from rmn_site.tests.browser.seeding import BRIEF, DAYS, START
from tenants.models import Operation, Tenant, User
from tenants.services.tenants import NewTenant, create_tenant

pytestmark = pytest.mark.browser

OWNER = "owner@example.com"


@pytest.fixture(scope="module")
def exports(tmp_path_factory):
    world = build_world(seed=11, start=START, days=DAYS, manufacturer="acme")
    return [export.path for export in write_exports(world=world, directory=tmp_path_factory.mktemp("exports"))]


@pytest.fixture
def workspace(workers, inside_site, request) -> str:
    """A fresh, empty workspace of the owner; its slug."""
    slug = re.sub(r"[^a-z]+", "-", request.node.name.lower())[:24].strip("-")
    new = NewTenant(slug=slug, name=slug)
    inside_site(lambda: create_tenant(new=new, owner=User.objects.get(email=OWNER), by=None).pk)
    return slug


@pytest.fixture
def plannings(workspace, inside_site) -> Callable[[], int]:
    """How many times planning was asked for in the workspace so far."""

    def count() -> int:
        with tenant_context(Tenant.objects.get(slug=workspace)):
            return Operation.objects.filter(kind="plan").count()

    return lambda: inside_site(count)


def test_person_gets_from_exports_to_an_approved_plan_and_back(live_site, browser, workspace, exports, tmp_path):
    context, complaints = new_context(browser=browser, url=live_site.url)
    person = Person(page=context.new_page(), url=live_site.url)
    person.sign_in(email=OWNER, password=PASSWORD)
    person.open_workspace(slug=workspace)
    person.follow("Data")
    person.upload(files=exports)
    person.wait_for_imports(count=len(exports))
    person.write_brief(brief=BRIEF)
    person.plan()
    person.confirm(opener="Approve", button="Approve")
    person.wait_for_state("Approved")
    assert person.clicks <= 12

    table = person.export(label="CSV table", folder=tmp_path)
    assert _shown(proposed_total(form="csv", content=table.read_bytes())) in _spend_row(person)

    person.confirm(opener="Undo approval", button="Undo approval")
    person.wait_for_state("Proposed")
    person.change_constraint(chip="Budget", field_label="Amount", value="2000000")
    person.plan(button="Plan again")
    assert "$2,000,000" in person.page.locator("#constraints").inner_text()
    assert complaints.all() == []
    context.close()


def test_double_click_on_plan_it_starts_one_operation(live_site, browser, workspace, exports, plannings):
    context, _ = new_context(browser=browser, url=live_site.url)
    person = Person(page=context.new_page(), url=live_site.url)
    person.sign_in(email=OWNER, password=PASSWORD)
    person.open_workspace(slug=workspace)
    person.follow("Data")
    person.upload(files=exports[:2])
    person.wait_for_imports(count=2)
    person.write_brief(brief="Spend $300,000 on Alpha and Beta")

    person.page.get_by_role("button", name="Plan it", exact=True).dblclick()
    person.wait_for_state("Proposed")
    assert plannings() == 1

    person.page.get_by_role("button", name="Plan again", exact=True).dblclick()
    person.page.wait_for_url(re.compile(r"/plans/[\w-]+/$"))
    person.wait_for_state("Proposed")
    assert plannings() == 2
    context.close()


def test_main_job_needs_no_javascript(live_site, browser, workspace, exports, tmp_path):
    context, complaints = new_context(browser=browser, url=live_site.url, javascript=False)
    page = context.new_page()
    person = Person(page=page, url=live_site.url)
    person.sign_in(email=OWNER, password=PASSWORD)
    person.open_workspace(slug=workspace)
    person.follow("Data")
    person.upload(files=exports)
    _reload_until(page, lambda: page.get_by_role("cell", name="Harmonized", exact=True).count() == len(exports))
    person.write_brief(brief=BRIEF)
    person.push("Plan it")
    _reload_until(page, lambda: page.get_by_text("Proposed", exact=True).first.is_visible())

    person.follow("Approve")
    person.push("Yes")
    assert page.locator(".page__head").get_by_text("Approved", exact=True).is_visible()
    table = person.export(label="CSV table", folder=tmp_path)
    assert _shown(proposed_total(form="csv", content=table.read_bytes())) in _spend_row(person)
    person.follow("Undo approval")
    person.push("Yes")
    person.leave_by(page.get_by_role("link", name=re.compile("^Edit Budget")))
    page.get_by_label("Amount").fill("2000000")
    person.push("Save")

    assert "$2,000,000" in page.locator("#constraints").inner_text()
    assert complaints.all() == []
    context.close()


def _spend_row(person: Person) -> str:
    """The first row of the scenario table: spend as the page shows it."""
    return person.page.locator("tbody tr", has_text="Spend").first.inner_text()


def _shown(amount: Decimal) -> str:
    return f"${amount:,.0f}"


def _reload_until(page, claim) -> None:
    end = time.monotonic() + WORK_SECONDS
    while not claim():
        assert time.monotonic() < end, f"it did not come: {page.url}"
        page.wait_for_timeout(300)
        page.reload()

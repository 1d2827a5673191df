"""A changed rule shows its new figures within two seconds, and the slider of budgets answers as quickly."""

import re
import sys
import time

import pytest

from rmn_site.smoke.chromium import new_context
from rmn_site.smoke.person import Person
from rmn_site.tests.browser.portal_pages import PASSWORD

pytestmark = pytest.mark.browser

MOST_SECONDS = 2.0


@pytest.fixture(scope="module")
def person(live_site, browser):
    context, complaints = new_context(browser=browser, url=live_site.url)
    visitor = Person(page=context.new_page(), url=live_site.url)
    visitor.sign_in(email="owner@example.com", password=PASSWORD)
    yield visitor
    assert complaints.all() == []
    context.close()


def test_from_save_to_the_new_figures(live_site, person, capsys):
    page = person.page
    page.goto(f"{live_site.url}/t/acme/plans/{live_site.seeded['plan_proposed']}/", wait_until="load")
    seconds = []
    for budget in ("1900000", "2000000", "2100000"):
        page.get_by_role("link", name=re.compile("^Edit Budget")).first.click()
        page.get_by_label("Amount").fill(budget)
        save = page.get_by_role("button", name="Save", exact=True)
        started = time.perf_counter()
        save.click()
        page.locator("#constraints .chip__value", has_text=f"${int(budget):,}").wait_for()
        page.locator("#changes .insight").wait_for()
        seconds.append(time.perf_counter() - started)

    with capsys.disabled():
        sys.stdout.write(f"\nsave to new figures, seconds: {[round(one, 2) for one in seconds]}\n")
    assert max(seconds) <= MOST_SECONDS
    assert page.locator("#changes").get_by_role("heading", level=2).is_visible()


def test_the_slider_answers_at_once_by_keyboard(live_site, person, capsys):
    page = person.page
    page.goto(f"{live_site.url}/t/acme/plans/{live_site.seeded['plan_proposed']}/what-if/", wait_until="load")
    before = page.locator("#what-if-answer .insight").inner_text()
    slide = page.locator("#slide")
    slide.focus()

    started = time.perf_counter()
    slide.press("ArrowLeft")
    page.wait_for_function(
        "before => document.querySelector('#what-if-answer .insight')?.innerText !== before", arg=before
    )
    taken = time.perf_counter() - started

    with capsys.disabled():
        sys.stdout.write(f"\nslider to answer, seconds: {taken:.2f}\n")
    assert taken <= MOST_SECONDS
    assert page.locator("#budget").input_value() == slide.input_value()


def test_without_scripts_the_form_asks(live_site, browser, sessions):
    context = browser.new_context(java_script_enabled=False, storage_state=sessions["owner"])
    page = context.new_page()
    page.goto(f"{live_site.url}/t/acme/plans/{live_site.seeded['plan_proposed']}/what-if/")
    page.fill("#budget", "1200000")
    page.get_by_role("button", name="Ask", exact=True).click()

    assert "$1,200,000 is expected to bring" in page.locator("#what-if-answer .insight").inner_text()
    context.close()

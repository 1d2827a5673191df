"""Promotion changes which adapters serve an answer, as its trace shows; rolling back restores them."""

import pytest

from rmn_site.smoke.chromium import new_context
from rmn_site.smoke.person import Person
from rmn_site.tests.browser.portal_pages import PASSWORD

pytestmark = pytest.mark.browser

QUESTION = "May we advertise alcohol?"
SERVING, BETTER = "brand-acme version 2", "brand-acme version 4"


@pytest.fixture
def person(live_site, browser):
    context, complaints = new_context(browser=browser, url=live_site.url)
    visitor = Person(page=context.new_page(), url=live_site.url)
    visitor.sign_in(email="owner@example.com", password=PASSWORD)
    yield visitor
    assert complaints.all() == []
    context.close()


def brand_that_served(person: Person) -> str:
    """Ask the question anew, and read in the trace which version of the brand's adapter served the answer."""
    person.page.goto(f"{person.url}/t/acme/answers/")
    person.page.get_by_label("Agent").select_option("governance")
    person.page.get_by_label("Question or brief").fill(QUESTION)
    person.page.get_by_label("Retailer").first.fill("amazon")
    person.push("Ask")
    worn = person.page.locator("section", has=person.page.get_by_role("heading", name="Which adapters served"))
    assert "served this answer" in worn.inner_text()
    return worn.get_by_role("link", name="brand-acme").inner_text()


def test_promotion_changes_what_serves_and_rolling_back_restores_it(live_site, person):
    card = f"{live_site.url}/t/acme/agents/adapters/{live_site.seeded['adapter_better']}/"
    assert brand_that_served(person) == SERVING

    person.page.goto(card)
    person.push("Promote")
    assert person.page.get_by_text(f"{BETTER} serves from now on.").is_visible()
    assert brand_that_served(person) == BETTER

    person.page.goto(card)
    person.push("Roll back")
    assert person.page.get_by_text(f"{SERVING} serves again.").is_visible()
    assert brand_that_served(person) == SERVING


def test_link_of_the_trace_leads_to_the_card_with_its_signature(live_site, person):
    brand_that_served(person)

    person.follow(SERVING)

    card = person.page.locator("#adapter-card")
    assert "Verified" in card.inner_text()
    assert "Trained on" in card.inner_text()

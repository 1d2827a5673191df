"""The page of a plan for the worst outcomes, and the chip that asks for it."""

from campaigns.models import Plan


def test_the_rule_is_added_by_a_chip_and_its_figures_appear(portal, analyst, proposed):
    client, path = portal(analyst), f"/plans/{proposed.pk}/"
    form = client.get(f"{path}constraints/risk/").content.decode()

    answer = client.post(
        f"{path}constraints/risk/", {"risk-value": "20", "risk-version": str(proposed.version)}, follow=True
    )

    page = answer.content.decode()
    assert "so many of the worst outcomes" in form
    assert Plan.objects.get().constraints["risk"] == 0.2
    assert "When things go badly" in page
    assert "Mean of the worst 20%" in page
    assert "Plan for the worst" in page
    assert "20% of outcomes" in page


def test_a_plan_that_looks_at_the_mean_shows_no_such_figures(portal, analyst, proposed):
    page = portal(analyst).get(f"/plans/{proposed.pk}/").content.decode()

    assert "When things go badly" not in page


def test_a_share_that_is_none_is_refused_beside_the_field(portal, analyst, proposed):
    answer = portal(analyst).post(
        f"/plans/{proposed.pk}/constraints/risk/", {"risk-value": "0", "risk-version": str(proposed.version)}
    )

    assert answer.status_code == 422

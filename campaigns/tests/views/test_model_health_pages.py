"""A model's health by page, API and command."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from campaigns.models import Experiment, PlanCurves
from campaigns.services.drafting import draft_plan
from campaigns.services.planning import plan_now
from campaigns.tests.market import BRIEF, DAYS, START, stock_market
from harmonization.models import DemandDay, ImportRun

THIN, NOBODY = "onsite/walmart/home", "00000000-0000-7000-8000-000000000000"


def health_of(client, plan):
    return client.get(f"/api/v1/plans/{plan.pk}/model-health/")


def test_every_cell_has_its_fit_and_the_weeks_held_out(api, analyst, proposed):
    told = health_of(api(analyst), proposed).json()

    assert told["held_out"]["weeks"] == sum(cell["held_out"]["weeks"] for cell in told["cells"]) == 40
    assert 0.6 <= told["held_out"]["covered"] <= 1
    assert told["held_out"]["explained"] > 0.5
    for cell in told["cells"]:
        assert cell["state"] == "estimated"
        assert cell["iroas"]["low"] < cell["iroas"]["mean"] < cell["iroas"]["high"]
        assert cell["iroas"]["mean"] < cell["attributed_roas"]
    assert told["unknown"] == ["promotion", "price", "stock"]
    assert told["is_simulated"]


def test_a_thin_cell_says_what_would_suffice_and_gives_no_figure(portal, api, analyst, acme):
    stock_market(thin=True)
    thin = plan_now(plan=draft_plan(brief=BRIEF, by=analyst), method="auto", by=analyst)

    cell = next(cell for cell in health_of(api(analyst), thin).json()["cells"] if cell["key"].startswith(THIN))
    page = portal(analyst).get(f"/plans/{thin.pk}/model-health/").content.decode()

    assert cell["state"] == "insufficient"
    assert cell["warnings"] == ["Only 5 days in 1 week have spend."]
    assert "At least 28 days with spend in 6 weeks" in cell["would_suffice"]
    assert "iroas" not in cell
    assert "Insufficient data" in page
    assert cell["would_suffice"] in page


def test_imported_sales_histories_are_told_apart_from_the_ads(api, analyst, market):
    days = [START + timedelta(days=day) for day in range(DAYS)]
    DemandDay.objects.bulk_create(
        DemandDay(
            import_run=ImportRun.objects.get(),
            retailer_id=retailer,
            sku_id="L1",
            event_date=day,
            currency="USD",
            units=10,
            price=8 if day.day > 20 else 10,
            promoted_rows=int(day.day > 20),
            stores=1,
            rows=1,
        )
        for retailer in ("amazon", "walmart")
        for day in days
    )
    plan = plan_now(plan=draft_plan(brief=BRIEF, by=analyst), method="auto", by=analyst)

    told = health_of(api(analyst), plan).json()

    assert {"promotion", "price"} <= {control["name"] for control in told["controls"]}
    assert told["unknown"] == ["stock"]


def test_the_page_leads_with_the_weeks_held_out(portal, analyst, proposed):
    page = portal(analyst).get(f"/plans/{proposed.pk}/model-health/").content.decode()

    for text in ("of 40 weeks held out", "Attributed ROAS", "What the history cannot tell", "No experiment has moved"):
        assert text in page
    assert "No imported file tells promotions, prices and stock" in page


def test_the_plans_page_carries_the_card(portal, analyst, proposed):
    page = portal(analyst).get(f"/plans/{proposed.pk}/").content.decode()

    assert "of 40 weeks held out" in page
    assert f"/plans/{proposed.pk}/model-health/" in page


def test_an_experiment_in_the_priors_is_shown_with_its_weight(portal, api, analyst, proposed, read):
    belief = {"mean": 0.6, "low": 0.4, "high": 0.8}
    measured = {"mean": 0.5, "low": 0.45, "high": 0.55}
    Experiment.objects.filter(pk=read.pk).update(
        applied={
            "retailer_id": "amazon",
            "prior": belief,
            "result": measured,
            "after": measured,
            "weight": 0.94,
            "window": "2026-03-02 to 2026-03-15",
            "attributed_roas": 4.0,
        }
    )

    priors = health_of(api(analyst), proposed).json()["priors"]
    page = portal(analyst).get(f"/plans/{proposed.pk}/model-health/").content.decode()

    amazon = next(row for row in priors if row["retailer_id"] == "amazon")
    assert [test["weight"] for test in amazon["experiments"]] == [0.94]
    assert "Experiments used as priors" in page
    assert "94%" in page
    assert f"/experiments/{read.pk}/" in page


@pytest.mark.parametrize("is_old", [True, False])
def test_a_plan_without_checked_curves_says_what_to_do(portal, api, analyst, proposed, is_old):
    PlanCurves.objects.update(health={}) if is_old else PlanCurves.objects.all().delete()
    expected = "Plan it again" if is_old else "has no curves yet"

    assert expected in portal(analyst).get(f"/plans/{proposed.pk}/model-health/").content.decode()
    answer = health_of(api(analyst), proposed)
    assert answer.status_code == 409
    assert expected in answer.json()["detail"]


def test_the_command_tells_the_same(api, analyst, acme, proposed):
    out, words = StringIO(), StringIO()

    call_command("model_health", "--tenant", acme.slug, "--plan", str(proposed.pk), "--json", stdout=out)
    call_command("model_health", "--tenant", acme.slug, "--plan", str(proposed.pk), stdout=words)

    told = health_of(api(analyst), proposed).json()
    assert json.loads(out.getvalue())["cells"] == told["cells"]
    assert "weeks held out lie in their 80% interval" in words.getvalue()


def test_the_command_refuses_a_plan_there_is_not(acme):
    out = StringIO()

    with pytest.raises(SystemExit):
        call_command("model_health", "--tenant", acme.slug, "--plan", NOBODY, "--json", stdout=out)

    assert "error" in json.loads(out.getvalue())


def test_a_stranger_finds_nothing(portal, stranger, proposed):
    assert portal(stranger).get(f"/plans/{proposed.pk}/model-health/").status_code == 404

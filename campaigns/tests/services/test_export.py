"""Files that leave the house: tables for people, bulk files for retailers."""

import csv
import io
from decimal import Decimal

import pytest

from campaigns.models import Plan, PlanCell
from campaigns.services.approval import approve_plan
from campaigns.services.export import ExportRefused, bulk_budgets, export_plan, formats_of
from harmonization.models import DailyFact
from tenants.models import AuditEvent


@pytest.fixture
def approved(proposed, manager, django_now):
    return approve_plan(plan=proposed, by=manager, version=proposed.version, now=django_now)


def table(exported):
    return list(csv.DictReader(io.StringIO(exported.content.decode("utf-8-sig"))))


def test_the_csv_adds_up_to_the_budget_less_the_reserve_to_the_cent(proposed, analyst):
    rows = table(export_plan(plan=proposed, format="csv", by=analyst))

    spend = [Decimal(row["Proposed spend (USD)"]) for row in rows]
    assert sum(spend[:-1]) == spend[-1] == Decimal("135000.00")


def test_simulated_plans_say_so_in_name_and_rows(proposed, analyst):
    exported = export_plan(plan=proposed, format="csv", by=analyst)

    assert exported.file_name.startswith("simulated-spring-push-v")
    assert table(exported)[0]["Data"] == "Simulated data"


def test_a_formula_in_a_name_is_defused(proposed, analyst):
    PlanCell.objects.filter(plan=proposed).update(brand='=HYPERLINK("http://evil")')

    rows = table(export_plan(plan=proposed, format="csv", by=analyst))

    assert rows[0]["Brand"] == '\'=HYPERLINK("http://evil")'


def test_an_export_is_audited(proposed, analyst):
    export_plan(plan=proposed, format="xlsx", by=analyst)

    event = AuditEvent.objects.first()
    assert (event.kind, event.after["format"]) == ("plan.exported", "xlsx")


def test_bulk_files_are_offered_and_given_only_when_approved(proposed, analyst, manager, django_now):
    assert list(formats_of(plan=proposed)) == ["csv", "xlsx"]
    with pytest.raises(ExportRefused, match="approved"):
        export_plan(plan=proposed, format="amazon_bulk", by=analyst)

    plan = approve_plan(plan=proposed, by=manager, version=proposed.version, now=django_now)

    assert list(formats_of(plan=plan)) == ["csv", "xlsx", "amazon_bulk", "walmart_bulk"]
    assert export_plan(plan=plan, format="amazon_bulk", by=analyst).content.startswith(b"PK")


def test_daily_budgets_stay_within_the_plan_by_less_than_a_cent_a_day(approved):
    for retailer in ("amazon", "walmart"):
        spend = sum(cell.proposed_spend for cell in approved.cells.filter(retailer_id=retailer))
        daily = sum(budget.daily for budget in bulk_budgets(plan=approved, retailer_id=retailer))

        assert 0 <= spend - daily * approved.horizon_days < Decimal("0.01") * approved.horizon_days


def test_a_campaign_that_serves_two_cells_gets_the_sum_of_its_parts(approved):
    DailyFact.objects.filter(retailer_id="amazon").update(campaign_id="C1", campaign_name="All")

    (budget,) = bulk_budgets(plan=approved, retailer_id="amazon")

    spend = sum(cell.proposed_spend for cell in approved.cells.filter(retailer_id="amazon"))
    assert budget.campaign_id == "C1"
    assert budget.daily == pytest.approx(spend / approved.horizon_days, abs=Decimal("0.01"))


def test_money_for_a_cell_that_no_campaign_serves_is_refused(approved, analyst):
    DailyFact.objects.filter(retailer_id="walmart", placement_type="search").delete()

    with pytest.raises(ExportRefused, match="No campaign is known"):
        export_plan(plan=approved, format="walmart_bulk", by=analyst)


def test_a_draft_has_nothing_to_export(draft, analyst):
    assert formats_of(plan=draft) == {}
    with pytest.raises(ExportRefused, match="no proposal"):
        export_plan(plan=draft, format="csv", by=analyst)


def test_an_unknown_format_is_refused_with_the_known_ones(proposed, analyst):
    with pytest.raises(ExportRefused, match="walmart_bulk"):
        export_plan(plan=proposed, format="pdf", by=analyst)

    assert Plan.objects.get().version == proposed.version

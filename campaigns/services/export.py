"""A plan as a file: tables for people, bulk files that change budgets at retailers. Every export is audited."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.text import slugify

from campaigns.exports import (
    BulkRefused,
    Campaign,
    CampaignBudget,
    amazon_bulk,
    campaign_budgets,
    plan_csv,
    plan_workbook,
    walmart_bulk,
)
from campaigns.models import Plan
from campaigns.selectors.plan_report import campaign_shares, cell_path, plan_report
from campaigns.selectors.plans import cells_of
from tenants.models import User
from tenants.services.audit import record_event

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ExportRefused(Exception):
    """The format is unknown, or the plan is not in a state in which it may leave the house in this format."""

    def __init__(self, detail: str, *, is_about_state: bool) -> None:
        super().__init__(detail)
        self.is_about_state = is_about_state


@dataclass(frozen=True, kw_only=True)
class ExportedFile:
    """Bytes with their name and media type."""

    file_name: str
    content_type: str
    content: bytes


@dataclass(frozen=True, kw_only=True)
class Table:
    """A format of the whole plan, for people."""

    label: str
    content_type: str
    extension: str
    write: Callable[..., bytes]


@dataclass(frozen=True, kw_only=True)
class Bulk(Table):
    """A format that one retailer takes in, of approved plans only."""

    retailer_id: str


FORMATS: Mapping[str, Table] = {
    "csv": Table(label="CSV table", content_type=CSV, extension="csv", write=plan_csv),
    "xlsx": Table(label="Excel workbook", content_type=XLSX, extension="xlsx", write=plan_workbook),
    "amazon_bulk": Bulk(
        label="Amazon bulk file", content_type=XLSX, extension="xlsx", write=amazon_bulk, retailer_id="amazon"
    ),
    "walmart_bulk": Bulk(
        label="Walmart bulk file", content_type=CSV, extension="csv", write=walmart_bulk, retailer_id="walmart"
    ),
}


def formats_of(*, plan: Plan) -> dict[str, str]:
    """Label by name of the formats this plan can be had in now."""
    if not plan.has_result:
        return {}
    retailers = {row["path"][0] for row in plan.shown["retailers"]}
    return {name: form.label for name, form in FORMATS.items() if _is_offered(plan, form, retailers)}


@transaction.atomic
def export_plan(*, plan: Plan, format: str, by: User) -> ExportedFile:
    """The file in one of ``FORMATS``.

    Raises:
        ExportRefused: unknown format, no proposal yet, or a bulk file of a plan not approved or without spend there.
    """
    form = FORMATS.get(format)
    if form is None:
        raise ExportRefused(f"There is no format “{format}”. Known are: {', '.join(FORMATS)}.", is_about_state=False)
    if not plan.has_result:
        raise ExportRefused("This plan has no proposal to export; plan it first.", is_about_state=True)
    content = _bulk(plan=plan, form=form) if isinstance(form, Bulk) else form.write(report=plan_report(plan=plan))
    record_event(kind="plan.exported", about=plan, by=by, after={"format": format, "version": plan.version})
    name = f"{slugify(plan.name)[:60] or 'plan'}-v{plan.version}-{format.replace('_', '-')}.{form.extension}"
    simulated = "simulated-" if plan.is_simulated else ""
    return ExportedFile(file_name=f"{simulated}{name}", content_type=form.content_type, content=content)


def _is_offered(plan: Plan, form: Table, retailers: set[str]) -> bool:
    return not isinstance(form, Bulk) or (plan.state == Plan.State.APPROVED and form.retailer_id in retailers)


def _bulk(*, plan: Plan, form: Bulk) -> bytes:
    if plan.state != Plan.State.APPROVED:
        raise ExportRefused("Only an approved plan leaves as a bulk file. Approve it first.", is_about_state=True)
    try:
        return form.write(budgets=bulk_budgets(plan=plan, retailer_id=form.retailer_id))
    except BulkRefused as refusal:
        raise ExportRefused(str(refusal), is_about_state=True) from refusal


def bulk_budgets(*, plan: Plan, retailer_id: str) -> tuple[CampaignBudget, ...]:
    """Daily budgets of one retailer's campaigns.

    A campaign takes the part of each cell's money that it spent of it in the history. One that serves several cells
    gets the sum of its parts: how it divides that between placements stays with the retailer's bid settings.

    Raises:
        BulkRefused: the plan spends nothing here, or money would go to a cell that no campaign serves.
    """
    spend = {cell_path(cell): cell.proposed_spend for cell in cells_of(plan=plan) if cell.retailer_id == retailer_id}
    campaigns = campaign_shares(plan=plan, retailer_id=retailer_id)
    served = {path for _, cells in campaigns.values() for path in cells}
    totals = {path: sum((own.get(path, Decimal(0)) for _, own in campaigns.values()), Decimal(0)) for path in served}
    amounts: dict[tuple[str, str, str, str], Decimal] = {
        path: amount for path, amount in spend.items() if amount > 0 and not totals.get(path)
    }
    listed = []
    for campaign_id, (name, cells) in campaigns.items():
        own = ("campaign", retailer_id, campaign_id, name)
        parts = (spend.get(path, Decimal(0)) * past / totals[path] for path, past in cells.items() if totals[path])
        amounts[own] = sum(parts, Decimal(0))
        listed.append(Campaign(campaign_id=campaign_id, name=name, path=own, weight=Decimal(1)))
    return campaign_budgets(spend=amounts, campaigns=listed, days=plan.horizon_days or 0)

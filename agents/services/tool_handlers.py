"""The row of tools: each a thin door to a service or selector below, in the tenant at hand. None writes."""

import hashlib
import json
import uuid
from datetime import timedelta
from typing import Any

from django.utils import timezone

from agents.services.copy_drafts import draft_copy
from agents.services.knowledge_search import search_knowledge
from campaigns.briefs.constraint_json import ConstraintError, constraints_from_json, constraints_to_json
from campaigns.creative.advert import CreativeRefused, creative_from_json
from campaigns.creative.checking import check_copy
from campaigns.creative.library import UnknownPack, load_pack
from campaigns.measurement.panel import MeasurementRefused
from campaigns.models import Experiment, Plan
from campaigns.selectors.history import cell_count
from campaigns.selectors.policy_rows import as_citation, cited_rows
from campaigns.selectors.what_if import CannotAsk, answer_at, ask_plan
from campaigns.services.experiment_designs import design_holdout_test, design_switchback_test
from campaigns.services.plan_workings import work_out
from harmonization.selectors.facts import kpis, period_of_data
from harmonization.services.suggestions import suggest_for
from harmonization.suggestion.sample import FileSample
from tenants.services.operation_runs import OperationProblem

SEEDS = uuid.UUID("6f1b6f0e-5a0c-4d53-9f52-6a9f4a1f0c11")
MOST_CELLS = 200  # about 4 s of computing; docs/decisions/agents-split-small-budgets-at-once.md
COPY = ("headline", "body", "tagline", "cta", "disclosure", "alt", "image_text")


class ToolFailed(Exception):
    """The tool was allowed and could not do it; the message says why, for the user."""


def fetch_metrics(*, metric: str, retailer: str = "", days: int = 28) -> dict[str, Any]:
    """One metric over the last days that have data."""
    period = period_of_data()
    if period is None:
        raise ToolFailed("There is no data yet. Import a retailer's export first.")
    start = max(period.start, period.end - timedelta(days=days - 1))
    found = kpis(start=start, end=period.end, retailer_id=retailer.casefold())
    if found is None:
        raise ToolFailed(f"There is no data of “{retailer}” in that period.")
    value = getattr(found, metric)
    return {
        "metric": metric,
        "retailer": retailer or "all",
        "value": None if value is None else float(value),
        "currency": found.currency,
        "start": start.isoformat(),
        "end": period.end.isoformat(),
        "days_with_data": found.days_with_data,
        "attribution": list(found.attribution),
    }


def allocate_budget(**constraints: Any) -> dict[str, Any]:
    """The best split of a budget, while the caller waits; the same constraints give the same split."""
    try:
        read = constraints_to_json(constraints=constraints_from_json(values=constraints))
    except ConstraintError as error:
        raise ToolFailed(f"{error.where}: {error.detail}") from error
    _refuse_many_cells(read)
    written = json.dumps(read, sort_keys=True)
    plan = Plan(pk=uuid.uuid5(SEEDS, written), name="Asked of an agent", constraints=read)
    try:
        workings = work_out(plan=plan, method="convex", progress=lambda percent, step: None)
    except OperationProblem as problem:
        raise ToolFailed(str(problem)) from problem
    proposal = workings.proposal
    spend: dict[str, float] = {}
    for cell in proposal.problem["cells"] if proposal.is_feasible else ():
        amount = float((proposal.result.get("spend") or {}).get(cell["id"], 0.0))
        spend[cell["path"][1]] = round(spend.get(cell["path"][1], 0.0) + amount, 2)
    return {
        "status": proposal.result["status"],
        "budget": read["budget"],
        "currency": workings.currency,
        "spend_by_retailer": spend,
        "objective": proposal.result.get("objective"),
        "conflict": proposal.result.get("conflict", []),
        "horizon_days": workings.horizon_days,
        "constraints_sha256": hashlib.sha256(written.encode()).hexdigest(),
    }


def _refuse_many_cells(constraints: dict[str, Any]) -> None:
    cells = cell_count(retailers=constraints.get("retailers") or (), brand=constraints.get("brand") or "")
    if cells > MOST_CELLS:
        raise ToolFailed(
            f"This budget goes over {cells:,} cells (retailer, placement and brand); an agent splits up to "
            f"{MOST_CELLS} while you wait. Make a plan of it (Plans → New plan): a worker splits it and shows its "
            "progress. Or name fewer retailers, or one brand."
        )


def design_experiment(
    *,
    design: str,
    base_rate: float = 0.02,
    lift: float = 0.05,
    holdout_share: float = 0.1,
    periods: int = 28,
    block: int = 2,
) -> dict[str, Any]:
    """A holdout's size or a switchback's schedule."""
    try:
        if design == "switchback":
            return design_switchback_test(periods=periods, block=block, washout=0, seed=0)
        return design_holdout_test(base_rate=base_rate, lift=lift, holdout_share=holdout_share, power=0.8, alpha=0.1)
    except MeasurementRefused as refusal:
        raise ToolFailed(str(refusal)) from refusal


def analyze_experiment(*, experiment: str) -> dict[str, Any]:
    """The stored readout of an experiment of this workspace."""
    found = Experiment.objects.filter(pk=_uuid(experiment)).first()
    if found is None:
        raise ToolFailed("There is no such experiment in this workspace.")
    if found.readout is None:
        raise ToolFailed(f"“{found.name}” has not been read yet.")
    kept = ("method", "att", "lift", "incremental", "p_value", "interval", "confidence", "iroas", "verdict")
    return {"experiment": found.name} | {name: found.readout.get(name) for name in kept}


def generate_copy(*, retailer: str, product: str, brand: str = "", benefit: str = "") -> dict[str, Any]:
    """Drafts that pass the retailer's policy; the checker decides, not the writer."""
    try:
        pack = load_pack(retailer)
    except UnknownPack as unknown:
        raise ToolFailed(unknown.detail) from unknown
    drafts = draft_copy(pack=pack, product=product, brand=brand, benefit=benefit, on=timezone.localdate())
    if not drafts:
        raise ToolFailed("No draft passes this retailer's policy. Write the copy yourself and check it.")
    return {"retailer": pack.name, "drafts": [dict(draft.copy) for draft in drafts], "by": "templates"}


def check_policy(*, retailer: str, **fields: str) -> dict[str, Any]:
    """The verdict of the retailer's pack on a copy."""
    try:
        pack, creative = load_pack(retailer), creative_from_json(fields)
    except (UnknownPack, CreativeRefused) as refusal:
        raise ToolFailed(f"{refusal.title}. {refusal.detail}") from refusal
    checked = check_copy(pack=pack, creative=creative, on=timezone.localdate())
    rows = cited_rows(pack=pack, rules=[one.rule.id for one in checked.violations])
    rules = [
        {
            "rule": one.rule.id,
            "text": one.rule.text,
            "captured_on": str(one.rule.source.captured_on),
            "policy_row": as_citation(rows.get(one.rule.id)),
        }
        for one in checked.violations
    ]
    return {"retailer": pack.name, **checked.as_json(), "rules": rules, "notice": checked.notice}


def forecast(*, budget: float, plan: str = "") -> dict[str, Any]:
    """What a budget would bring on the curves of a plan of this workspace, the newest that has some."""
    plans = Plan.objects.filter(pk=_uuid(plan)) if plan else Plan.objects.filter(state=Plan.State.PROPOSED)[:5]
    why = "There is no planned plan to ask. Make one first."
    for found in plans:
        try:
            return {"plan": found.name} | answer_at(asked=ask_plan(plan=found), plan=found, budget=budget)
        except CannotAsk as refusal:
            why = str(refusal)
    raise ToolFailed(why)


def search_policies(*, query: str, retailer: str = "") -> dict[str, Any]:
    """Passages with their sources."""
    found = search_knowledge(query=query, retailer=retailer)
    return {"method": found.method, "passages": [passage.as_json() for passage in found.passages]}


def suggest_mapping(*, columns: list[str]) -> dict[str, Any]:
    """What the columns of an export mean, by the deterministic suggester."""
    proposals = suggest_for(
        sample=FileSample(name="columns", columns=tuple(dict.fromkeys(columns))), is_header_only=True
    )
    return {
        "columns": [
            {"source_column": one.source_column, "rmis_field": one.field, "confidence": one.confidence, "why": one.why}
            for one in proposals
        ]
    }


def _uuid(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError as error:
        raise ToolFailed("This is no identifier.") from error

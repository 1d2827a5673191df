"""A stored plan as the report that exports write, and the campaigns its cells are run by."""

from decimal import Decimal
from typing import Any

from django.db.models import Max, Sum

from campaigns.exports import Interval, PlanReport, PlanRow, RuleLine
from campaigns.models import Plan, PlanCell
from campaigns.planning.chances import stored_chance
from campaigns.selectors.history import cell_facts
from campaigns.selectors.plans import cells_of
from tenants.figures import money, percent, ratio

CENT = Decimal("0.01")
Path = tuple[str, str, str, str]


def plan_report(*, plan: Plan) -> PlanReport:
    """The plan's cells, rules, facts and certificate."""
    return PlanReport(
        title=plan.name,
        currency=plan.currency,
        rows=tuple(_row(cell) for cell in cells_of(plan=plan)),
        rules=tuple(_rule(plan=plan, rule=rule) for rule in (plan.problem or {})["rules"]),
        facts=_facts(plan=plan),
        certificate=_certificate(plan=plan),
        is_simulated=plan.is_simulated,
    )


def campaign_shares(*, plan: Plan, retailer_id: str) -> dict[str, tuple[str, dict[Path, Decimal]]]:
    """Name and past spend per cell of each campaign of one retailer, over the plan's history."""
    facts = cell_facts(
        start=plan.history_start,
        end=plan.history_end,
        retailers=[retailer_id],
        brand=plan.constraints.get("brand") or "",
    )
    rows = (
        facts.order_by()
        .values("campaign_id", "channel", "retailer_id", "placement_type", "cell_brand")
        .annotate(name=Max("campaign_name"), spend=Sum("cost"))
    )
    campaigns: dict[str, tuple[str, dict[Path, Decimal]]] = {}
    for row in rows:
        _, cells = campaigns.setdefault(row["campaign_id"], (row["name"], {}))
        cells[(row["channel"], row["retailer_id"], row["placement_type"], row["cell_brand"])] = row["spend"]
    return campaigns


def cell_path(cell: PlanCell) -> Path:
    """Channel, retailer id, placement, brand."""
    return (cell.channel, cell.retailer_id, cell.placement, cell.brand)


def _row(cell: PlanCell) -> PlanRow:
    expected = cell.expected["proposed"]
    return PlanRow(
        path=(cell.channel, cell.retailer_name, cell.placement, cell.brand),
        current=cell.current_spend,
        proposed=cell.proposed_spend,
        revenue=_interval(expected["revenue"]),
        incremental_revenue=_interval(expected["incremental_revenue"]),
        incremental_margin=_interval(expected["incremental_margin"]),
        marginal_roas=cell.marginal_roas,
        limited_by=cell.limited_by or cell.reason,
    )


def _interval(values: dict[str, float]) -> Interval:
    mean, low, high = (Decimal(str(values[name])).quantize(CENT) for name in ("mean", "low", "high"))
    return Interval(mean=mean, low=low, high=high)


def _rule(*, plan: Plan, rule: dict[str, Any]) -> RuleLine:
    price = plan.solved["shadow_prices"].get(rule["name"])
    return RuleLine(
        name=rule["name"],
        value=_value(plan=plan, rule=rule),
        is_binding=rule["name"] in plan.solved["binding"],
        price=price["meaning"] if price else "",
    )


def _value(*, plan: Plan, rule: dict[str, Any]) -> str:
    if rule["kind"] == "roas_floor":
        return ratio(rule["value"])
    is_share = rule["kind"] in {"reserve", "change_limit", "oos_threshold"} or rule.get("value_kind") == "share"
    return percent(rule["value"]) if is_share else money(rule["value"], plan.currency, places=2)


def _facts(*, plan: Plan) -> dict[str, str]:
    headline = plan.shown["headline"]
    margin = [money(headline["incremental_margin"][name], plan.currency) for name in ("mean", "low", "high")]
    facts = {
        "Brief": plan.brief,
        "State": str(plan.get_live_state_display()),
        "Version": str(plan.version),
        "Horizon": f"{plan.horizon_days} days",
        "History": f"{plan.history_start} to {plan.history_end}",
        "Attribution windows": ", ".join(f"{days} days" for days in plan.shown["attribution_windows"]),
        "Expected incremental margin": f"{margin[0]} (90%: {margin[1]} to {margin[2]})",
        "Beats the same split": stored_chance(figures=headline, name="beats_current"),
    }
    for row in plan.shown["incrementality"]:
        span = f"{percent(row['mean'], places=0)} ({percent(row['low'], places=0)} to {percent(row['high'], places=0)})"
        facts[f"Incrementality at {row['name']}"] = f"{span}: {row['source']}"
    if plan.approved_at is not None:
        facts["Approved"] = f"by {plan.approved_by} at {plan.approved_at:%Y-%m-%d %H:%M} UTC"
    return facts


def _certificate(*, plan: Plan) -> dict[str, str | float]:
    certificate = plan.solved["certificate"]
    mismatch = certificate["marginal_mismatch"]
    return {
        "Status": plan.solved["status"],
        "Method": plan.method,
        "Duality gap": certificate["gap"],
        "Marginal mismatch": "not measured" if mismatch is None else mismatch,
        "Feasibility residual": certificate["feasibility_residual"],
        "In words": plan.shown["certificate"]["sentence"],
    }

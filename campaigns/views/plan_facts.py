"""Small facts around a plan's figures: where they come from, what approving means, what can be exported."""

from django.urls import reverse

from campaigns.models import Plan
from campaigns.planning.chances import stored_chance
from campaigns.services.export import formats_of
from tenants.figures import compact_money, money, percent


def provenance_of(*, plan: Plan) -> dict[str, str]:
    """Source, attribution window and last day of the data behind the figures."""
    if not plan.shown or plan.history_start is None:
        return {}
    windows = plan.shown.get("attribution_windows") or []
    return {
        "source": f"daily facts of {plan.history_start:%d %b %Y} to {plan.history_end:%d %b %Y}",
        "window": f"as reported, {' and '.join(str(days) for days in windows)} days" if windows else "as reported",
        "as_of": f"{plan.history_end:%d %b %Y}",
    }


def money_parts(*, plan: Plan) -> list[dict[str, str]]:
    """The budget as what is spent, held for experiments and left over: whole units that add up to it.

    Nothing for a plan whose figures are of another budget, or that wants the least money for a target.
    """
    headline, budget = plan.shown.get("headline"), plan.constraints.get("budget")
    if not headline or not budget or plan.constraints.get("target"):
        return []
    whole, share = round(float(budget)), float(plan.constraints.get("reserve") or 0.0)
    spent, held = round(headline["spend"]), round(float(budget) * share)
    left = whole - spent - held
    if left < 0:
        return []
    parts = [("Budget", whole), ("Spent by this split", spent)]
    parts += [(f"Held for experiments, {percent(share, places=0)}", held)] if held else []
    parts += [("Left unspent", left)] if left else []
    return [{"label": label, "amount": money(amount, plan.currency)} for label, amount in parts]


def approve_question(*, plan: Plan) -> str:
    """What approving makes real, in one sentence."""
    headline = plan.shown.get("headline")
    if not headline:
        return ""
    margin = headline["incremental_margin"]
    low, high = compact_money(margin["low"], plan.currency), compact_money(margin["high"], plan.currency)
    chance = stored_chance(figures=headline, name="floor_probability")
    reached = f" The ROAS floor is reached with a probability of {chance}." if headline["roas_floor"] else ""
    spend = money(headline["spend"], plan.currency)
    return f"It spends {spend} and is expected to bring {low} to {high} incremental margin.{reached} You can undo this."


def export_links(*, plan: Plan) -> list[dict[str, str]]:
    """The files this plan can be had as, now."""
    return [
        {"label": label, "url": reverse("campaigns:plan_export", args=[plan.pk, name])}
        for name, label in formats_of(plan=plan).items()
    ]

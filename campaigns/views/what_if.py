"""What would another budget bring? The frontier, one budget on it, and what moves the outcome most."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from campaigns.briefs.constraint_json import ConstraintError
from campaigns.models import Plan
from campaigns.selectors.plans import plan_or_404
from campaigns.selectors.what_if import CannotAsk, answer_at, ask_plan, frontier_of, tornado_of
from campaigns.services.drafting import EditRefused, StaleVersion
from campaigns.services.resolving import NotSolved, edit_and_solve
from campaigns.views.plan_changes import difference_table, signed
from campaigns.views.plan_tabs import plan_tabs
from campaigns.views.trail import trail
from campaigns.views.what_if_charts import (
    frontier_chart,
    price_lines,
    range_in_words,
    retailer_chart,
    tornado_chart,
)
from tenants.figures import compact_money, money
from tenants.permissions import Action, requires
from tenants.requests import TenantRequest


@requires(Action.READ_PLANS)
@require_GET
def what_if(request: TenantRequest, pk: UUID) -> HttpResponse:
    """The page, or its answer alone when htmx asks for another budget."""
    plan = plan_or_404(pk=pk)
    context: dict[str, Any] = {
        "plan": plan,
        "tabs": plan_tabs(plan=plan, current="what_if"),
        "breadcrumbs": trail(plan.name),
        "may_write": Action.WRITE_PLANS in request.actions and plan.is_editable,
    }
    is_part = bool(request.htmx)
    try:
        context |= _answers(plan=plan, budget=_wanted(request), is_part=is_part)
    except CannotAsk as refusal:
        context["refusal"] = str(refusal)
    return render(request, f"campaigns/plan/{'_what_if_answer' if is_part else 'what_if'}.html", context)


@requires(Action.WRITE_PLANS)
@require_POST
def what_if_use(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Make the budget asked about the plan's own, as a new version."""
    plan = plan_or_404(pk=pk)
    budget = _number(request.POST.get("budget"))
    version = _number(request.POST.get("version"))
    if budget is None or version is None:
        messages.error(request, "Give a budget as a number.")
        return redirect("campaigns:what_if", pk=pk)
    changed = plan.constraints | {"budget": budget}
    try:
        edit_and_solve(plan=plan, constraints=changed, version=int(version), by=request.user, reason="Budget chosen")
    except (EditRefused, StaleVersion, ConstraintError) as refusal:
        messages.error(request, str(refusal))
    except NotSolved as unsolved:
        messages.warning(request, str(unsolved))
    return redirect("campaigns:plan_detail", pk=pk)


def _answers(*, plan: Plan, budget: float | None, is_part: bool) -> dict[str, Any]:
    asked = ask_plan(plan=plan)
    curve = frontier_of(asked=asked)
    own = curve["budget"]
    wanted = own if budget is None else budget
    context: dict[str, Any] = {
        "budget": f"{wanted:.2f}".removesuffix(".00"),
        "lowest": f"{0.25 * own:.0f}",
        "highest": f"{2 * own:.0f}",
        "step": f"{max(own / 200, 1):.0f}",
        "is_tabulated": asked.is_tabulated,
    }
    answer = answer_at(asked=asked, plan=plan, budget=wanted)
    context |= {"answer": answer, "frontier": frontier_chart(curve=curve, answer=answer)}
    if answer["status"] == "optimal":
        context |= _answer_parts(answer)
    if not is_part:
        context["tornado"] = tornado_chart(told=tornado_of(asked=asked))
    return context


def _answer_parts(answer: dict[str, Any]) -> dict[str, Any]:
    currency, changes = answer["currency"], answer["changes"]
    lines = price_lines(prices=answer["prices"], currency=currency)
    unit = answer["next_unit"]
    return {
        "sentence": _sentence(answer),
        "split": retailer_chart(answer=answer),
        "prices": lines,
        "next_unit": {"sentence": unit["meaning"], "range": range_in_words(unit, currency)} if unit else None,
        "moves": difference_table(caption="What changes against this plan", rows=changes["cells"], currency=currency)
        if changes and changes["cells"]
        else None,
    }


def _sentence(answer: dict[str, Any]) -> str:
    """Budget, spend and margin with both intervals; the difference to the plan where there is one."""
    currency, changes = answer["currency"], answer["changes"]
    margin = {key: compact_money(value, currency) for key, value in answer["incremental_margin"].items()}
    told = (
        f"{money(answer['budget'], currency)} is expected to bring {margin['mean']} incremental margin "
        f"(90%: {margin['low']} to {margin['high']}; 80%: {margin['low_80']} to {margin['high_80']})"
    )
    gain = changes["margin"]["gain"] if changes else None
    if gain is None or not changes["cells"]:
        return f"{told}."
    mean, low, high = (compact_money(gain[name], currency) for name in ("mean", "low", "high"))
    return f"{told}: {signed(gain['mean'], mean)} ({low} to {high}) against this plan."


def _wanted(request: HttpRequest) -> float | None:
    """The number when it was changed, else the slider: a browser without scripts sends both."""
    shown, number, slide = (_number(request.GET.get(name)) for name in ("shown", "budget", "slide"))
    if number is not None and (shown is None or number != shown):
        return number
    return slide if slide is not None and slide != shown else number


def _number(text: str | None) -> float | None:
    try:
        value = float((text or "").replace(",", ""))
    except ValueError:
        return None
    return value if 0 < value < float("inf") else None

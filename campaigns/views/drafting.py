"""Write a brief, see at once what it says, keep it as a draft."""

from itertools import pairwise
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from campaigns.briefs.constraint_json import constraints_to_json
from campaigns.briefs.parsing import BriefRefused, ParsedBrief
from campaigns.forms.drafts import BriefForm
from campaigns.models import Plan
from campaigns.planning.constraint_words import constraints_in_words
from campaigns.selectors.example_briefs import example_briefs
from campaigns.selectors.history import retailer_names
from campaigns.services.briefs import parse_tenant_brief
from campaigns.services.drafting import NO_BUDGET, draft_plan
from campaigns.services.planning import request_planning
from campaigns.views.trail import trail
from tenants.permissions import Action, requires
from tenants.requests import TenantRequest


@requires(Action.WRITE_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def plan_new(request: TenantRequest) -> HttpResponse:
    examples = example_briefs(currency=request.tenant.currency)
    form = BriefForm(request.POST or None, initial=_initial(request, examples))
    if request.method == "POST" and form.is_valid():
        try:
            plan = draft_plan(by=request.user, **form.cleaned_data)
        except BriefRefused as refusal:
            form.add_error("brief", str(refusal))
        else:
            return _after_draft(request, plan)
    context = {
        "form": form,
        "examples": [{"number": number, "brief": brief} for number, brief in enumerate(examples, start=1)],
        "preview": preview_of(text=str(form["brief"].value() or ""), currency=request.tenant.currency),
        "breadcrumbs": trail("New plan"),
    }
    return render(request, "campaigns/plan/new.html", context, status=422 if form.errors else 200)


def _after_draft(request: TenantRequest, plan: Plan) -> HttpResponse:
    """Plan at once when that was asked for and nothing is left to ask; else the draft waits for a look."""
    if request.POST.get("then") == "plan" and plan.budget and not plan.questions:
        request_planning(plan=plan, method=plan.method, by=request.user)
    else:
        messages.success(request, "The brief is kept as a draft. Check what was understood, then plan it.")
    return redirect("campaigns:plan_detail", pk=plan.pk)


@requires(Action.WRITE_PLANS)
@require_POST
def brief_preview(request: TenantRequest) -> HttpResponse:
    preview = preview_of(text=request.POST.get("brief", ""), currency=request.tenant.currency)
    return render(request, "campaigns/plan/_preview.html", {"preview": preview})


def preview_of(*, text: str, currency: str) -> dict[str, Any]:
    """What the brief was understood to say: chips, questions, and the brief with what was not understood marked."""
    if not text.strip():
        return {}
    try:
        parsed = parse_tenant_brief(text=text)
    except BriefRefused as refusal:
        return {"refusal": str(refusal)}
    constraints = constraints_to_json(constraints=parsed.constraints)
    words = constraints_in_words(
        constraints=constraints, currency=constraints.get("currency") or currency, names=retailer_names()
    )
    questions = [question for question in parsed.questions if question != NO_BUDGET]
    return {"chips": words, "questions": questions, "parts": _marked(text=text, parsed=parsed), "by": parsed.by}


def _marked(*, text: str, parsed: ParsedBrief) -> list[dict[str, Any]]:
    """The brief in pieces, those that were not understood marked."""
    if not parsed.not_understood:
        return []
    edges = sorted({0, len(text)} | {edge for span in parsed.not_understood for edge in (span.start, span.end)})
    inside = [(span.start, span.end) for span in parsed.not_understood]
    return [
        {"text": text[start:end], "is_marked": any(low <= start and end <= high for low, high in inside)}
        for start, end in pairwise(edges)
    ]


def _initial(request: TenantRequest, examples: tuple[str, ...]) -> dict[str, str]:
    chosen = request.GET.get("example", "")
    place = int(chosen) - 1 if chosen.isdigit() else -1
    return {"brief": examples[place]} if 0 <= place < len(examples) else {}

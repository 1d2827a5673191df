"""When plans may be approved, and changing it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from campaigns.forms.approval_policy import ApprovalPolicyForm
from campaigns.models import ApprovalPolicy
from campaigns.services.approval_policy import NewApprovalPolicy, PolicyRefused, set_approval_policy
from campaigns.views.trail import trail
from tenants.figures import percent
from tenants.permissions import Action, requires
from tenants.requests import TenantRequest

RULES = ("largest_budget", "smallest_floor_probability", "second_person_required")


@requires(Action.READ_PLANS)
@require_GET
def approval_policy(request: TenantRequest) -> HttpResponse:
    context = {
        "entries": _entries(ApprovalPolicy.current()),
        "may_change": Action.MANAGE_PEOPLE in request.actions,
        "breadcrumbs": trail("Approval policy"),
    }
    return render(request, "campaigns/policy/detail.html", context)


@requires(Action.MANAGE_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def approval_policy_edit(request: TenantRequest) -> HttpResponse:
    policy = ApprovalPolicy.current()
    form = ApprovalPolicyForm(request.POST or None, initial={name: getattr(policy, name) for name in RULES})
    if request.method == "POST" and form.is_valid():
        try:
            set_approval_policy(new=NewApprovalPolicy(**form.cleaned_data), by=request.user)
        except PolicyRefused as refusal:
            form.add_error(refusal.where, f"{refusal.detail} {refusal.fix}")
        else:
            messages.success(request, "Kept. It holds for approvals from now on; approved plans stay approved.")
            return redirect("campaigns:approval_policy")
    context = {"form": form, "breadcrumbs": trail("Change the approval policy")}
    return render(request, "campaigns/policy/edit.html", context, status=422 if form.errors else 200)


def _entries(policy: ApprovalPolicy) -> list[dict[str, str]]:
    """The rules in words; what asks for nothing says so."""
    largest, smallest = policy.largest_budget, policy.smallest_floor_probability
    budget = "No limit" if largest is None else f"{largest:,.2f} in the plan's own currency"
    floor = f"With a probability of at least {percent(smallest)}" if smallest else "With any probability"
    second = (
        "Must be somebody other than whoever made the plan" if policy.second_person_required else "May have made it"
    )
    return [
        {"term": "Largest budget", "value": budget},
        {"term": "A plan with a ROAS floor reaches it", "value": floor},
        {"term": "Whoever approves a plan", "value": second},
    ]

"""Settings: who is in the workspace, and in which role."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from tenants.forms.people import ROLES, MemberForm, RoleForm
from tenants.models import Membership
from tenants.permissions import Action, requires
from tenants.requests import TenantRequest
from tenants.selectors.people import members_of
from tenants.services.members import MembershipRefused, remove_member, set_role


@requires(Action.MANAGE_PEOPLE)
@require_GET
def settings(request: TenantRequest) -> HttpResponse:
    return _page(request, MemberForm())


@requires(Action.MANAGE_PEOPLE)
@require_POST
def member_add(request: TenantRequest) -> HttpResponse:
    form = MemberForm(request.POST)
    if not form.is_valid() or form.person is None:
        return _page(request, form, status=422)
    if Membership.objects.filter(tenant=request.tenant, user=form.person).exists():
        form.add_error("email", "This person is in the workspace already; change the role in the table.")
        return _page(request, form, status=422)
    set_role(tenant=request.tenant, user=form.person, role=form.cleaned_data["role"], by=request.user)
    messages.success(request, f"{form.person} is now in {request.tenant}.")
    return HttpResponseRedirect(reverse("operations:settings"))


@requires(Action.MANAGE_PEOPLE)
@require_POST
def member_role(request: TenantRequest, membership_id: UUID) -> HttpResponse:
    membership = get_object_or_404(members_of(tenant=request.tenant), pk=membership_id)
    form = RoleForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Choose one of the roles in the list.")
        return HttpResponseRedirect(reverse("operations:settings"))
    try:
        set_role(tenant=request.tenant, user=membership.user, role=form.cleaned_data["role"], by=request.user)
        messages.success(request, f"{membership.user} is now {form.cleaned_data['role']}.")
    except MembershipRefused as refusal:
        messages.error(request, str(refusal))
    return _after_change(request, membership)


@requires(Action.MANAGE_PEOPLE)
@require_POST
def member_remove(request: TenantRequest, membership_id: UUID) -> HttpResponse:
    membership = get_object_or_404(members_of(tenant=request.tenant), pk=membership_id)
    try:
        remove_member(membership=membership, by=request.user)
        messages.success(request, f"{membership.user} is no longer in {request.tenant}; their tokens here have ended.")
    except MembershipRefused as refusal:
        messages.error(request, str(refusal))
    return _after_change(request, membership)


def _after_change(request: TenantRequest, membership: Membership) -> HttpResponse:
    """Back to the page; to the list of workspaces for someone who just gave up the right to see it."""
    still_owner = Membership.objects.filter(tenant=request.tenant, user=request.user, role="owner").exists()
    here = membership.user_id != request.user.pk or still_owner
    return HttpResponseRedirect(reverse("operations:settings") if here else "/")


def _page(request: TenantRequest, form: MemberForm, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "members": members_of(tenant=request.tenant),
        "roles": ROLES,
        "tabs": settings_tabs(current="people"),
    }
    return render(request, "settings/people.html", context, status=status)


def settings_tabs(*, current: str) -> list[dict[str, object]]:
    """The two pages of settings."""
    pages = (("people", "People", "operations:settings"), ("tokens", "API tokens", "operations:token_list"))
    return [{"label": label, "url": reverse(name), "is_current": key == current} for key, label, name in pages]

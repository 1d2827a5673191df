"""Settings: API tokens of the workspace; a secret is shown once."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from tenants.forms.tokens import TokenForm
from tenants.permissions import Action, requires
from tenants.requests import TenantRequest
from tenants.selectors.people import tokens_of
from tenants.services.tokens import TokenRefused, issue_token, revoke_token
from tenants.views.people import settings_tabs


@requires(Action.MANAGE_TOKENS)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def token_list(request: TenantRequest) -> HttpResponse:
    if request.method != "POST":
        return _page(request, TokenForm(actions=request.actions))
    form = TokenForm(request.POST, actions=request.actions)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        _, secret = issue_token(
            tenant=request.tenant,
            user=request.user,
            name=form.cleaned_data["name"],
            scopes=form.cleaned_data["scopes"],
            life=form.life(),
            by=request.user,
        )
    except TokenRefused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, form, status=422)
    return _page(request, TokenForm(actions=request.actions), secret=secret, status=201)


@requires(Action.MANAGE_TOKENS)
@require_POST
def token_revoke(request: TenantRequest, token_id: UUID) -> HttpResponse:
    token = get_object_or_404(tokens_of(tenant=request.tenant), pk=token_id)
    revoke_token(token=token, by=request.user)
    messages.success(request, f"“{token.name}” no longer works.")
    return HttpResponseRedirect(reverse("operations:token_list"))


def _page(request: TenantRequest, form: TokenForm, secret: str = "", status: int = 200) -> HttpResponse:
    """The secret is in this one answer only: nothing keeps it, so reloading cannot show it again."""
    context = {
        "form": form,
        "tokens": tokens_of(tenant=request.tenant),
        "now": timezone.now(),
        "secret": secret,
        "tabs": settings_tabs(current="tokens"),
    }
    return render(request, "settings/tokens.html", context, status=status)

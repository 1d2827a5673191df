"""Pages that change sources: add, edit, credentials, test, run, pause. Each is one service."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from harmonization.connectors.protocol import Connector, SourceRefused
from harmonization.connectors.registry import KindUnknown, connector, connectors
from harmonization.forms.sources import CredentialForm, SourceForm, initial_of
from harmonization.selectors.mapping_versions import known_names
from harmonization.services.source_credentials import remove_credential, set_credential
from harmonization.services.source_runs import RunRefused, start_run
from harmonization.services.sources import create_source, probe_source, set_enabled, update_source
from harmonization.views.source_tables import credential_in_words
from harmonization.views.sources import crumbs, source_or_404
from tenants.permissions import Action, requires
from tenants.requests import TenantRequest

STEPS = ("Kind", "Settings", "Test")


@requires(Action.MANAGE_SOURCES)
@require_http_methods(["GET", "HEAD"])
def source_kinds(request: TenantRequest) -> HttpResponse:
    context = {"connectors": connectors(), "steps": _steps(0), "breadcrumbs": crumbs(then="Add a source")}
    return render(request, "harmonization/sources/kinds.html", context)


@requires(Action.MANAGE_SOURCES)
@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def source_add(request: TenantRequest, kind: str) -> HttpResponse:
    found = _connector_or_404(kind)
    sent = request.POST if request.method == "POST" else None
    initial = {"timezone": request.tenant.timezone}
    form = SourceForm(sent, connector=found, mappings=known_names(), initial=initial)
    secrets = CredentialForm(sent, connector=found, may_be_empty=True)
    context: dict[str, Any] = {
        "connector": found,
        "steps": _steps(1),
        "breadcrumbs": crumbs(then=f"Add: {found.title}"),
    }
    if sent is None:
        return _form_page(request, form=form, secrets=secrets, **context)
    if form.is_valid() and secrets.is_valid():
        try:
            with transaction.atomic():
                source = create_source(kind=kind, wish=form.wish(), by=request.user, now=timezone.now())
                if secrets.values():
                    set_credential(source=source, values=secrets.values(), by=request.user, now=timezone.now())
            messages.success(request, f"“{source.name}” is set up. Test the connection before its first run.")
            return redirect("harmonization:source_detail", source_id=source.pk)
        except SourceRefused as refusal:
            form.add_refusal(refusal)
    return _form_page(request, form=form, secrets=secrets, status=422, **context)


@requires(Action.MANAGE_SOURCES)
@require_http_methods(["GET", "HEAD", "POST"])
def source_edit(request: TenantRequest, source_id: UUID) -> HttpResponse:
    source = source_or_404(source_id)
    found, sent = connector(kind=source.kind), request.POST if request.method == "POST" else None
    form = SourceForm(sent, connector=found, mappings=known_names(), initial=initial_of(source))
    context: dict[str, Any] = {"source": source, "connector": found, "breadcrumbs": crumbs(source, then="Change")}
    if sent is None:
        return _form_page(request, form=form, **context)
    if form.is_valid():
        try:
            update_source(source=source, wish=form.wish(), by=request.user, now=timezone.now())
            messages.success(request, f"“{source.name}” was changed.")
            return redirect("harmonization:source_detail", source_id=source.pk)
        except SourceRefused as refusal:
            form.add_refusal(refusal)
    return _form_page(request, form=form, status=422, **context)


@requires(Action.MANAGE_SOURCES)
@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def source_credential(request: TenantRequest, source_id: UUID) -> HttpResponse:
    """New secrets in place of the old ones; ``remove`` forgets them."""
    source = source_or_404(source_id)
    sent = request.POST if request.method == "POST" else None
    if sent is not None and "remove" in sent:
        remove_credential(source=source, by=request.user)
        messages.success(request, f"The credentials of “{source.name}” were removed.")
        return redirect("harmonization:source_detail", source_id=source.pk)
    secrets = CredentialForm(sent, connector=connector(kind=source.kind))
    context = {
        "source": source,
        "standing": credential_in_words(source),
        "breadcrumbs": crumbs(source, then="Credentials"),
        "secrets": secrets,
    }
    if sent is not None and secrets.is_valid():
        try:
            set_credential(source=source, values=secrets.values(), by=request.user, now=timezone.now())
            messages.success(request, "The credentials were sealed. Test the connection now.")
            return redirect("harmonization:source_detail", source_id=source.pk)
        except SourceRefused as refusal:
            secrets.add_error(None, refusal.problem["detail"])
    return render(request, "harmonization/sources/credential.html", context, status=422 if sent is not None else 200)


@requires(Action.MANAGE_SOURCES)
@require_POST
def source_test(request: TenantRequest, source_id: UUID) -> HttpResponse:
    source = source_or_404(source_id)
    try:
        messages.success(request, f"It works. {probe_source(source=source, by=request.user)}")
    except SourceRefused as refusal:
        problem = refusal.problem
        messages.error(request, f"{problem['title']}. {problem['detail']} {problem['fix']}".strip())
    return redirect("harmonization:source_detail", source_id=source.pk)


@requires(Action.MANAGE_SOURCES)
@require_POST
def source_run_now(request: TenantRequest, source_id: UUID) -> HttpResponse:
    source = source_or_404(source_id)
    try:
        run = start_run(source=source, by=request.user, now=timezone.now())
    except RunRefused as refusal:
        messages.info(request, str(refusal))
        return redirect("harmonization:source_detail", source_id=source.pk)
    return redirect("harmonization:source_run", source_id=source.pk, run_id=run.pk)


@requires(Action.MANAGE_SOURCES)
@require_POST
def source_pause(request: TenantRequest, source_id: UUID) -> HttpResponse:
    """``resume`` in the form lets it run again; otherwise it pauses."""
    source = source_or_404(source_id)
    is_enabled = "resume" in request.POST
    set_enabled(source=source, is_enabled=is_enabled, by=request.user, now=timezone.now())
    messages.success(request, f"“{source.name}” {'runs by its schedule again' if is_enabled else 'is paused'}.")
    return redirect("harmonization:source_detail", source_id=source.pk)


def _connector_or_404(kind: str) -> Connector:
    try:
        return connector(kind=kind)
    except KindUnknown as error:
        raise Http404(str(error)) from error


def _form_page(request: TenantRequest, *, status: int = 200, **context: Any) -> HttpResponse:
    return render(request, "harmonization/sources/form.html", context, status=status)


def _steps(current: int) -> list[dict[str, str]]:
    states = ["done" if place < current else "current" if place == current else "todo" for place in range(len(STEPS))]
    return [{"label": label, "state": state, "url": ""} for label, state in zip(STEPS, states, strict=True)]

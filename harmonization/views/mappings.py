"""Pages about mappings: the layouts this workspace knows, their versions, and what becomes of each column."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from harmonization.forms.mappings import CompareForm
from harmonization.mapping.differences import differences, text_difference
from harmonization.selectors.mapping_versions import KnownMapping, find_mapping, known_mappings, versions_of
from harmonization.services.mapping_versions import VersionRefused, restore_version
from harmonization.views import mapping_tables
from tenants.permissions import Action, requires
from tenants.requests import TenantRequest


@requires(Action.READ_DATA)
@require_GET
def mapping_list(request: TenantRequest) -> HttpResponse:
    context = {
        "table": mapping_tables.mappings_table(known_mappings()),
        "breadcrumbs": [mapping_tables.data_crumb(), {"label": "Mappings"}],
    }
    return render(request, "harmonization/mappings/list.html", context)


@requires(Action.READ_DATA)
@require_GET
def mapping_detail(request: TenantRequest, name: str) -> HttpResponse:
    known = _mapping_or_404(name)
    versions = versions_of(name=name)
    context = {
        **_shown(request, known),
        "versions": mapping_tables.versions_table(versions),
        "compare": CompareForm(versions=versions) if len(versions) > 1 else None,
        "breadcrumbs": [*_crumbs(), {"label": known.title}],
    }
    return render(request, "harmonization/mappings/detail.html", context)


@requires(Action.READ_DATA)
@require_GET
def mapping_version(request: TenantRequest, name: str, number: int) -> HttpResponse:
    known, current = _mapping_or_404(name, number=number), _mapping_or_404(name)
    context = {
        **_shown(request, known),
        "is_current": known.number == current.number,
        "breadcrumbs": [*_crumbs(), _crumb_of(current), {"label": f"Version {number}"}],
    }
    return render(request, "harmonization/mappings/version.html", context)


@requires(Action.READ_DATA)
@require_GET
def mapping_difference(request: TenantRequest, name: str) -> HttpResponse:
    versions = versions_of(name=name)
    if not versions:
        raise Http404("There is no such mapping.")
    form = CompareForm(request.GET or None, versions=versions)
    context: dict[str, Any] = {
        "known": versions[0],
        "compare": form,
        "breadcrumbs": [*_crumbs(), _crumb_of(versions[0]), {"label": "Compare"}],
    }
    if form.is_valid():
        before = _mapping_or_404(name, number=form.cleaned_data["before"])
        after = _mapping_or_404(name, number=form.cleaned_data["after"])
        names = (f"version {before.number}", f"version {after.number}")
        found = differences(before=before.mapping, after=after.mapping)
        context |= {
            "names": names,
            "table": mapping_tables.differences_table(found, names=names),
            "text_lines": text_difference(before=before.text, after=after.text, names=names).splitlines(),
        }
    return render(request, "harmonization/mappings/difference.html", context)


@requires(Action.WRITE_DATA)
@require_POST
def mapping_restore(request: TenantRequest, name: str, number: int) -> HttpResponse:
    _mapping_or_404(name, number=number)
    try:
        version = restore_version(name=name, number=number, by=request.user)
    except VersionRefused as refusal:
        messages.warning(request, f"{refusal.problem['title']}: {refusal.problem['detail']}")
    else:
        messages.success(request, f"Version {number} was restored as version {version.number}.")
    return redirect("harmonization:mapping_detail", name=name)


def _shown(request: TenantRequest, known: KnownMapping) -> dict[str, Any]:
    return {
        "known": known,
        "facts": mapping_tables.mapping_facts(known),
        "table": mapping_tables.lines_table(known.mapping),
        "may_write": Action.WRITE_DATA in request.actions,
    }


def _mapping_or_404(name: str, number: int | None = None) -> KnownMapping:
    known = find_mapping(name=name, number=number)
    if known is None:
        raise Http404("There is no such mapping.")
    return known


def _crumbs() -> list[dict[str, str]]:
    return [mapping_tables.data_crumb(), {"label": "Mappings", "url": reverse("harmonization:mapping_list")}]


def _crumb_of(known: KnownMapping) -> dict[str, str]:
    return {"label": known.title, "url": reverse("harmonization:mapping_detail", args=[known.name])}

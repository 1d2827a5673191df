"""The mapping editor: columns beside fields, the whole as text, what comes of it, and saving it as a version."""

import re
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from harmonization.forms.mappings import SaveForm
from harmonization.mapping.mapping_error import MappingError
from harmonization.mapping.reader import read_mapping
from harmonization.mapping.refusal import HarmonizationRefused
from harmonization.models import MappingDraft
from harmonization.selectors.imports import find_import, latest_import_with
from harmonization.selectors.mapping_drafts import draft_file, find_draft, import_of
from harmonization.selectors.mapping_versions import find_mapping
from harmonization.services.mapping_drafts import change_draft, save_draft, start_draft
from harmonization.services.mapping_previews import MappingPreview, preview_mapping
from harmonization.services.mapping_versions import VersionRefused
from harmonization.services.uploads import use_draft
from harmonization.views.mapping_alarms import alarm_shown
from harmonization.views.mapping_edits import Edit, edit_of, is_readable, problem_of
from harmonization.views.mapping_preview_tables import preview_tables
from harmonization.views.mapping_rows import target_groups
from harmonization.views.mapping_tables import data_crumb
from tenants.command import refusal_as_problem
from tenants.permissions import Action, requires
from tenants.requests import TenantRequest

REFUSALS = (MappingError, VersionRefused, HarmonizationRefused)


@requires(Action.WRITE_DATA)
@require_POST
def version_edit(request: TenantRequest, name: str, number: int) -> HttpResponse:
    """Begin to edit a version, on the latest file that was read with this mapping."""
    known = find_mapping(name=name, number=number)
    if known is None:
        raise Http404("There is no such version.")
    draft = start_draft(known=known, run=latest_import_with(mapping_name=name), by=request.user)
    return redirect("harmonization:draft_edit", draft_id=draft.pk)


@requires(Action.WRITE_DATA)
@require_POST
def import_edit(request: TenantRequest, import_id: UUID) -> HttpResponse:
    """Begin to edit the mapping of an import, on its file."""
    run = find_import(import_id=import_id)
    known = find_mapping(name=run.mapping_name) if run else None
    if run is None or known is None:
        raise Http404("There is no such import in this workspace.")
    draft = start_draft(known=known, run=run, by=request.user)
    return redirect("harmonization:draft_edit", draft_id=draft.pk)


@requires(Action.WRITE_DATA)
@require_http_methods(["GET", "POST"])
def draft_edit(request: TenantRequest, draft_id: UUID) -> HttpResponse:
    """The editor. Without JavaScript the preview comes by a button."""
    draft = _draft_or_404(draft_id)
    if draft.saved_as is not None:
        return _to_what_was_saved(draft)
    try:
        edit = edit_of(request, draft=draft)
    except MappingError:
        return redirect("harmonization:draft_text", draft_id=draft.pk)
    return _page(request, draft=draft, edit=edit)


@requires(Action.WRITE_DATA)
@require_POST
def draft_edit_preview(request: TenantRequest, draft_id: UUID) -> HttpResponse:
    """What comes of the mapping as it stands in the form, with the details of the rows that changed."""
    draft = _draft_or_404(draft_id)
    try:
        edit = edit_of(request, draft=draft)
    except MappingError as error:
        problem = {"preview_problem": refusal_as_problem(error)}
        return render(request, "harmonization/mappings/_preview.html", problem)
    context = {"draft": draft, "changed_rows": edit.changed_rows, "sources": edit.sources, **_outcome(draft, edit)}
    return render(request, "harmonization/mappings/_editor_preview.html", context)


@requires(Action.WRITE_DATA)
@require_http_methods(["GET", "POST"])
def draft_text(request: TenantRequest, draft_id: UUID) -> HttpResponse:
    """The mapping as YAML text, with what is wrong by line and field."""
    draft = _draft_or_404(draft_id)
    if draft.saved_as is not None:
        return _to_what_was_saved(draft)
    text = draft.yaml
    if request.method == "POST":
        text = request.POST.get("text", "").replace("\r\n", "\n")
    problem = problem_of(text)
    if request.method == "POST" and (problem is None or is_readable(text)):
        change_draft(draft=draft, text=text)
    if request.method == "POST" and problem is None and is_readable(text):
        return redirect("harmonization:draft_edit", draft_id=draft.pk)
    return _text_page(request, draft=draft, text=text, problem=problem)


@requires(Action.WRITE_DATA)
@require_POST
def draft_save(request: TenantRequest, draft_id: UUID) -> HttpResponse:
    """Keep the draft as a version; with ``import`` its file is read with that version."""
    draft = _draft_or_404(draft_id)
    if draft.saved_as is not None:
        return _to_what_was_saved(draft)
    form = _save_form(draft, data=request.POST)
    try:
        edit = None if "text" in request.POST else edit_of(request, draft=draft)
        if not form.is_valid():
            return _refused(request, draft=draft, problem=None)
        text = edit.text if edit else request.POST["text"]
        name, note = form.cleaned_data["name"], form.cleaned_data["note"]
        change_draft(draft=draft, text=_renamed(text, name=name))
        version = save_draft(draft=draft, name=name, note=note, by=request.user)
        if "import" in request.POST and draft_file(draft=draft):
            use_draft(draft=draft, by=request.user)
    except REFUSALS as refusal:
        return _refused(request, draft=_draft_or_404(draft_id), problem=refusal_as_problem(refusal))
    messages.success(request, f"Saved as version {version.number} of {version.name}.")
    return _to_what_was_saved(_draft_or_404(draft_id))


def _renamed(text: str, *, name: str) -> str:
    """The name a person chose stands in the text as well."""
    return re.sub(r"^name:.*$", f"name: {name}", text, count=1, flags=re.MULTILINE)


def _page(
    request: TenantRequest,
    *,
    draft: MappingDraft,
    edit: Edit,
    save: SaveForm | None = None,
    problem: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "draft": draft,
        "mapping": edit.after,
        "may_write": True,
        "bench": edit.bench,
        "settings": edit.settings,
        "save": save or _save_form(draft),
        "save_problem": problem,
        "alarms": [alarm_shown(alarm) for alarm in draft.drift_alarms.all()],
        "rows": edit.rows,
        "sources": edit.sources,
        "groups": target_groups(),
        "dictionary": edit.dictionary,
        "breadcrumbs": [*_crumbs(draft), {"label": "Edit"}],
        **_outcome(draft, edit),
    }
    return render(request, "harmonization/mappings/edit.html", context, status=status)


def _refused(request: TenantRequest, *, draft: MappingDraft, problem: dict[str, str] | None) -> HttpResponse:
    """The page it came from, with the problem; the transaction that failed left the draft as it was."""
    form = _save_form(draft, data=request.POST)
    try:
        edit = None if "text" in request.POST else edit_of(request, draft=draft)
    except MappingError:
        return redirect("harmonization:draft_text", draft_id=draft.pk)
    if edit is None:
        text = request.POST["text"]
        return _text_page(request, draft=draft, text=text, problem=problem or problem_of(text), save=form)
    return _page(request, draft=draft, edit=edit, save=form, problem=problem, status=422)


def _text_page(
    request: TenantRequest,
    *,
    draft: MappingDraft,
    text: str,
    problem: dict[str, str] | None,
    save: SaveForm | None = None,
) -> HttpResponse:
    context = {
        "draft": draft,
        "text": text,
        "problem": problem,
        "has_columns": is_readable(draft.yaml),
        "save": save or _save_form(draft),
        "breadcrumbs": [*_crumbs(draft), {"label": "As text"}],
    }
    status = 422 if problem is not None or save is not None else 200
    return render(request, "harmonization/mappings/text.html", context, status=status)


def _outcome(draft: MappingDraft, edit: Edit) -> dict[str, Any]:
    """The preview, the problem by line and field, and columns that become the same."""
    path = draft_file(draft=draft)
    if edit.problem is not None:
        preview = MappingPreview(problem=edit.problem)
    elif path is None:
        return {"doubled": edit.doubled, "has_no_file": True}
    else:
        preview = preview_mapping(path=path, file_name=draft.file_name, mapping=read_mapping(text=edit.text))
    return {"doubled": edit.doubled, **preview_tables(preview)}


def _save_form(draft: MappingDraft, **kwargs: Any) -> SaveForm:
    return SaveForm(**kwargs, initial={"name": draft.name})


def _to_what_was_saved(draft: MappingDraft) -> HttpResponse:
    run = import_of(draft=draft)
    if run is not None:
        return redirect("harmonization:import_detail", import_id=run.pk)
    return redirect("harmonization:mapping_detail", name=draft.name)


def _crumbs(draft: MappingDraft) -> list[dict[str, str]]:
    lists = {"label": "Mappings", "url": reverse("harmonization:mapping_list")}
    return [data_crumb(), lists, {"label": draft.name}]


def _draft_or_404(draft_id: UUID) -> MappingDraft:
    draft = find_draft(draft_id=draft_id)
    if draft is None:
        raise Http404("There is no such draft in this workspace.")
    return draft

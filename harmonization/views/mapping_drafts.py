"""A file of an unknown layout: a few questions, what would come of it, and the button that imports it."""

from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from harmonization.forms.mappings import KindForm, QuestionsForm
from harmonization.mapping.mapping_error import MappingError
from harmonization.mapping.reader import read_mapping
from harmonization.mapping.refusal import HarmonizationRefused
from harmonization.models import MappingDraft
from harmonization.selectors.mapping_drafts import asked_questions, draft_file, find_draft, import_of
from harmonization.services.dimension_drafts import kind_guessed, turn_into_dimension
from harmonization.services.mapping_drafts import answer_questions, discard_draft
from harmonization.services.mapping_previews import MappingPreview, preview_mapping
from harmonization.services.mapping_versions import VersionRefused
from harmonization.services.uploads import forget_file, use_draft
from harmonization.views.mapping_preview_tables import preview_tables
from harmonization.views.mapping_tables import data_crumb, lines_table
from tenants.command import refusal_as_problem
from tenants.permissions import Action, requires
from tenants.requests import TenantRequest

REFUSALS = (MappingError, VersionRefused, HarmonizationRefused)


@requires(Action.WRITE_DATA)
@require_http_methods(["GET", "POST"])
def draft_confirm(request: TenantRequest, draft_id: UUID) -> HttpResponse:
    """“We have not seen this layout”: questions, preview, use. Without JavaScript the preview comes by a button."""
    draft = _draft_or_404(draft_id)
    if draft.saved_as is not None:
        return _to_import(draft)
    if draft.is_edited or draft.parent_number is not None:
        return redirect("harmonization:draft_edit", draft_id=draft.pk)
    if request.method == "GET":
        return _page(request, draft=draft, form=_form(draft))
    form = _form(draft, data=request.POST, is_final="use" in request.POST)
    problem = _answer(draft=draft, form=form, request=request)
    if problem is not None:
        return _page(request, draft=draft, form=form, problem=problem, status=422)
    is_more_asked = len(asked_questions(draft=draft)) > len(form.fields) - 1
    if "use" not in request.POST or is_more_asked:
        return _page(request, draft=draft, form=_form(draft, initial=_given(draft)))
    return _use(request, draft=draft, form=form)


@requires(Action.WRITE_DATA)
@require_POST
def draft_confirm_preview(request: TenantRequest, draft_id: UUID) -> HttpResponse:
    """The preview with the answers as they stand in the form."""
    draft = _draft_or_404(draft_id)
    form = _form(draft, data=request.POST, is_final=False)
    is_settled = draft.saved_as is not None or draft.is_edited
    problem = None if is_settled else _answer(draft=draft, form=form, request=request)
    context = {"draft": draft, "problem": problem, **_outcome(draft)}
    return render(request, "harmonization/mappings/_preview.html", context)


@requires(Action.WRITE_DATA)
@require_POST
def draft_kind(request: TenantRequest, draft_id: UUID) -> HttpResponse:
    """The file is no report of ads: go on in the editor of that kind."""
    draft, form = _draft_or_404(draft_id), KindForm(request.POST)
    if not form.is_valid():
        messages.warning(request, "There is no such kind of rows; choose one of the list.")
        return redirect("harmonization:draft_confirm", draft_id=draft.pk)
    try:
        turn_into_dimension(draft=draft, kind=form.cleaned_data["kind"], by=request.user)
    except HarmonizationRefused as refusal:
        messages.warning(request, f"{refusal.title}: {refusal.detail}")
    return redirect("harmonization:draft_confirm", draft_id=draft.pk)


@requires(Action.WRITE_DATA)
@require_POST
def draft_discard(request: TenantRequest, draft_id: UUID) -> HttpResponse:
    draft = _draft_or_404(draft_id)
    if draft.saved_as is None:
        forget_file(stored_path=discard_draft(draft=draft, by=request.user))
        messages.success(request, "The draft was discarded.")
    return redirect("harmonization:mapping_list")


def _use(request: TenantRequest, *, draft: MappingDraft, form: QuestionsForm) -> HttpResponse:
    try:
        run, _ = use_draft(draft=draft, by=request.user)
    except REFUSALS as refusal:
        return _page(request, draft=draft, form=form, problem=refusal_as_problem(refusal), status=422)
    messages.success(request, f"The layout is saved as “{draft.name}”, and its file is being harmonized.")
    return redirect("harmonization:import_detail", import_id=run.pk)


def _answer(*, draft: MappingDraft, form: QuestionsForm, request: TenantRequest) -> dict[str, str] | None:
    """Put the form into the draft; the problem where that cannot be."""
    path = draft_file(draft=draft)
    if not form.is_valid() or path is None:
        return {"title": "The answers are not complete", "detail": "Answer every question, and name the network."}
    try:
        answer_questions(
            draft=draft, path=path, title=form.cleaned_data["network"], answers=form.answers, by=request.user
        )
    except REFUSALS as refusal:
        return refusal_as_problem(refusal)
    return None


def _page(
    request: TenantRequest,
    *,
    draft: MappingDraft,
    form: QuestionsForm,
    problem: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "draft": draft,
        "form": form,
        "problem": problem,
        "kind_form": KindForm(initial={"kind": kind_guessed(draft=draft)}),
        "breadcrumbs": [data_crumb(), {"label": draft.file_name}],
        **_outcome(draft),
    }
    return render(request, "harmonization/mappings/confirm.html", context, status=status)


def _outcome(draft: MappingDraft) -> dict[str, Any]:
    """What the mapping makes of the file, and what becomes of each column."""
    path = draft_file(draft=draft)
    try:
        mapping = read_mapping(text=draft.yaml)
    except MappingError as error:
        return preview_tables(MappingPreview(problem=refusal_as_problem(error)))
    if path is None:
        return preview_tables(MappingPreview(problem=_gone(Path(draft.file_name))))
    preview = preview_mapping(path=path, file_name=draft.file_name, mapping=mapping)
    return {**preview_tables(preview), "lines": lines_table(mapping)}


def _gone(path: Path) -> dict[str, str]:
    return {"title": "The file is not there any more", "detail": f"{path} was removed.", "fix": "Upload it again."}


def _form(draft: MappingDraft, **kwargs: Any) -> QuestionsForm:
    kwargs.setdefault("initial", _given(draft))
    return QuestionsForm(**kwargs, questions=asked_questions(draft=draft))


def _given(draft: MappingDraft) -> dict[str, str]:
    """The network's name and the answers given before, as the form's fields are called."""
    title = draft.yaml.partition("\ntitle: ")[2].partition("\n")[0].strip('"')
    return {"network": title or draft.name, **{f"answer:{key}": value for key, value in draft.answers.items()}}


def _draft_or_404(draft_id: UUID) -> MappingDraft:
    draft = find_draft(draft_id=draft_id)
    if draft is None:
        raise Http404("There is no such draft in this workspace.")
    return draft


def _to_import(draft: MappingDraft) -> HttpResponse:
    run = import_of(draft=draft)
    if run is None:
        return redirect(reverse("harmonization:mapping_detail", args=[draft.name]))
    return redirect("harmonization:import_detail", import_id=run.pk)

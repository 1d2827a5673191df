"""The upload page: files in, imports out; every refusal says what, where and how to fix it."""

from collections.abc import Callable, Sequence
from functools import wraps
from io import BytesIO
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST

from harmonization.forms.uploads import UploadForm
from harmonization.models import ImportRun, MappingDraft
from harmonization.selectors.mapping_versions import known_names
from harmonization.services.sample_export import SAMPLE_NAME, sample_export
from harmonization.services.upload_files import UploadRefused, UploadTooLarge, too_large
from harmonization.services.uploads import MappingUnknown, receive_upload, request_limit
from tenants.permissions import Action, requires
from tenants.requests import TenantRequest

View = Callable[..., HttpResponse]


def within_upload_limit(view: View) -> View:
    """Refuse a body that says it is too large before a byte of it is read; CSRF is checked after (see ``upload``)."""

    @wraps(view)
    def checked(request: TenantRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if int(request.META.get("CONTENT_LENGTH") or 0) > request_limit():
            refusal = too_large(file_name="the upload", limit=settings.UPLOAD_MAX_BYTES)
            return _page(request, form=_form(), refusals=[refusal], status=413)
        return view(request, *args, **kwargs)

    return checked


@requires(Action.WRITE_DATA)
@csrf_exempt
@within_upload_limit
@csrf_protect
@require_http_methods(["GET", "POST"])
def upload(request: TenantRequest) -> HttpResponse:
    if request.method == "GET":
        return _page(request, form=_form())
    form = _form(data=request.POST, files=request.FILES)
    if not form.is_valid():
        return _page(request, form=form, status=422)
    runs, refusals = _receive_all(
        request, files=form.cleaned_data["exports"], mapping_name=form.cleaned_data["mapping"]
    )
    if len(form.cleaned_data["exports"]) == 1 and (draft := _draft_of(refusals)):
        return redirect("harmonization:draft_confirm", draft_id=draft.pk)
    if refusals:
        status = 413 if any(isinstance(refusal, UploadTooLarge) for refusal in refusals) else 422
        return _page(request, form=form, refusals=refusals, status=status)
    if len(runs) == 1:
        return redirect("harmonization:import_detail", import_id=runs[0].pk)
    return redirect("harmonization:import_list")


@requires(Action.WRITE_DATA)
@require_POST
def import_sample(request: TenantRequest) -> HttpResponse:
    """Take in the simulated sample, as if it had been uploaded."""
    sample = File(BytesIO(sample_export(last_day=timezone.localdate())), name=SAMPLE_NAME)
    run, _ = receive_upload(file=sample, file_name=SAMPLE_NAME, mapping_name="alpha", by=request.user)
    return redirect("harmonization:import_detail", import_id=run.pk)


def _receive_all(
    request: TenantRequest, *, files: list[UploadedFile], mapping_name: str
) -> tuple[list[ImportRun], list[UploadRefused]]:
    runs, refusals = [], []
    for file in files:
        name = file.name or ""
        try:
            run, operation = receive_upload(
                file=file, file_name=name, mapping_name=mapping_name or None, by=request.user
            )
        except UploadRefused as refusal:
            refusals.append(refusal)
            continue
        runs.append(run)
        if operation is None:
            messages.info(request, f"“{run.file_name}” was already imported: nothing was changed.")
        else:
            messages.success(request, f"“{run.file_name}” is being harmonized with the mapping {run.mapping_name}.")
    return runs, refusals


def _draft_of(refusals: Sequence[UploadRefused]) -> MappingDraft | None:
    """The draft in which the file of an unknown layout waits; None where it was refused for another reason."""
    unknown = (refusal.draft for refusal in refusals if isinstance(refusal, MappingUnknown))
    return next((draft for draft in unknown if draft is not None), None)


def _form(**sent: Any) -> UploadForm:
    return UploadForm(**sent, mappings=list(known_names()))


def _page(
    request: TenantRequest, *, form: UploadForm, refusals: Sequence[UploadRefused] = (), status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "problems": [refusal.problem for refusal in refusals if not _draft_of([refusal])],
        "drafts": [draft for refusal in refusals if (draft := _draft_of([refusal]))],
        "limit": f"up to {settings.UPLOAD_MAX_BYTES / 1_000_000:,.0f} MB each",
        "breadcrumbs": [{"label": "Data", "url": reverse("harmonization:import_list")}, {"label": "Upload"}],
    }
    return render(request, "harmonization/imports/upload.html", context, status=status)

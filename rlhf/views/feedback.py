"""Thumbs on an answer: a fragment that other apps' pages load by its address."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from agents.selectors.agent_runs import run_or_404
from rlhf.forms.feedback import FeedbackForm
from rlhf.models import Feedback
from rlhf.services.feedback import give_feedback
from tenants.permissions import Action, requires
from tenants.requests import TenantRequest


@requires(Action.READ_PLANS)
@require_http_methods(["GET", "HEAD", "POST"])
def feedback(request: TenantRequest, run_id: UUID) -> HttpResponse:
    run = run_or_404(pk=run_id)
    form = FeedbackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        give_feedback(run=run, by=request.user, **form.cleaned_data)
        if not request.htmx:
            return redirect("answers:detail", pk=run.pk)
    given = Feedback.objects.filter(run=run, created_by=request.user).first()
    context = {"run": run, "given": given, "breadcrumbs": [{"label": "Feedback"}]}
    template = "rlhf/feedback/_thumbs.html" if request.htmx else "rlhf/feedback/page.html"
    return render(request, template, context, status=422 if form.errors else 200)

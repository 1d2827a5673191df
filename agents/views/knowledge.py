"""Search policies and playbooks, and add playbooks."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from agents.forms.asking import PlaybookForm, SearchForm
from agents.models import KnowledgeDocument
from agents.services.knowledge import PlaybookRefused, add_playbook
from agents.services.knowledge_search import search_knowledge
from tenants.permissions import Action, requires
from tenants.requests import TenantRequest


@requires(Action.READ_PLANS)
@require_GET
def knowledge(request: TenantRequest) -> HttpResponse:
    form = SearchForm(request.GET or None)
    found = None
    if form.is_bound and form.is_valid() and form.cleaned_data["query"].strip():
        found = search_knowledge(query=form.cleaned_data["query"], retailer=form.cleaned_data["retailer"], most=8)
    context = {
        "form": form,
        "found": found,
        "documents": KnowledgeDocument.objects.filter(is_current=True)[:200],
        "may_write": Action.WRITE_DATA in request.actions,
        "breadcrumbs": [{"label": "Agents", "url": reverse("answers:list")}, {"label": "Knowledge"}],
    }
    return render(request, "agents/knowledge/search.html", context)


@requires(Action.WRITE_DATA)
@require_http_methods(["GET", "HEAD", "POST"])
def playbook_add(request: TenantRequest) -> HttpResponse:
    form = PlaybookForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            document = add_playbook(by=request.user, **form.cleaned_data)
        except PlaybookRefused as refusal:
            form.add_error("text", f"{refusal.title}. {refusal.detail}")
        else:
            messages.success(request, f"Kept: {document}. It is found by its words at once, by its meaning soon.")
            return redirect("answers:knowledge")
    context = {
        "form": form,
        "breadcrumbs": [{"label": "Knowledge", "url": reverse("answers:knowledge")}, {"label": "Add a playbook"}],
    }
    return render(request, "agents/knowledge/add.html", context, status=422 if form.errors else 200)

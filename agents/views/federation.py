"""The federation's picture: five tiers of adapters, what serves together, and one adapter's card."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from agents.federation.strategies import Strategy
from agents.forms.federation import CompositionForm
from agents.models import AdapterRow
from agents.selectors.adapters import all_adapters, find_adapter
from agents.selectors.base_model import base_digest
from agents.services.composing import Composition
from agents.services.federation import compose_named, configured_backend
from agents.views.adapter_facts import card
from agents.views.graph_layout import lay_out
from tenants.permissions import Action, requires
from tenants.requests import TenantRequest

SHOWN_DIGEST = 12


@requires(Action.READ_PLANS)
@require_GET
def federation(request: TenantRequest) -> HttpResponse:
    """The whole page, or the card alone when htmx asks for one."""
    chosen = _chosen(request.GET.get("adapter", ""))
    if request.htmx and chosen is not None:
        return render(request, "agents/adapters/_card.html", {"card": card(chosen)})
    base = base_digest()
    form = CompositionForm(request.GET or None, base_digest=base)
    made = compose_named(**form.wanted(), strategy=Strategy.CONCATENATED)
    rows = all_adapters()
    picture = lay_out(rows=rows, together=made.members, base_digest=base, chosen=chosen.pk if chosen else None)
    context = {
        "form": form,
        "picture": picture,
        "has_rows": bool(rows),
        "composition": _composition(made),
        "card": card(chosen) if chosen else None,
        "health": configured_backend().health(),
        "query": "&".join(f"{name}={value}" for name, value in form.wanted().items() if value),
        "tabs": agents_tabs(current="federation"),
    }
    return render(request, "agents/federation/page.html", context)


def agents_tabs(*, current: str) -> list[dict[str, Any]]:
    """The parts of the agents' pages."""
    named = (
        ("federation", "Federation", "agents:federation"),
        ("adapters", "Adapters", "agents:adapter_list"),
        ("training", "Training", "training:run_list"),
    )
    return [{"label": label, "url": reverse(name), "is_current": key == current} for key, label, name in named]


def _composition(made: Composition) -> dict[str, Any]:
    names = ", ".join(str(row) for row in made.members)
    return {
        "sentence": f"{names} serve together." if made.members else "The base model alone serves.",
        "left_out": [
            f"{one.axis.value.capitalize()}{f' {one.member}' if one.member else ''}: {one.why}" for one in made.left_out
        ],
        "digest": made.digest[:SHOWN_DIGEST],
        "rank": made.rank,
        "milliseconds": f"{made.seconds * 1000:.0f}",
        "from_cache": made.from_cache,
    }


def _chosen(text: str) -> AdapterRow | None:
    try:
        return find_adapter(adapter_id=UUID(text))
    except ValueError:
        return None

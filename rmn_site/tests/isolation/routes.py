"""Every address inside a tenant and what it needs. An address that is missing here fails the suite.

A page declares one action; an API view one per method; ``MEMBER`` is open to every member of the tenant.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, get_resolver

from tenants.permissions import Action

MEMBER = "member"

PAGES = {
    "": Action.READ_DATA,
    "data/": Action.READ_DATA,
    "data/upload/": Action.WRITE_DATA,
    "data/sample/": Action.WRITE_DATA,
    "data/imports/<uuid:import_id>/": Action.READ_DATA,
    "data/imports/<uuid:import_id>/progress/": Action.READ_DATA,
    "data/imports/<uuid:import_id>/rejects.csv": Action.READ_DATA,
    "data/imports/<uuid:import_id>/reconciliation/<slug:metric>/": Action.READ_DATA,
    "data/drift/<uuid:alarm_id>/acknowledge/": Action.WRITE_DATA,
    "data/drafts/<uuid:draft_id>/": Action.WRITE_DATA,
    "data/drafts/<uuid:draft_id>/preview/": Action.WRITE_DATA,
    "data/drafts/<uuid:draft_id>/kind/": Action.WRITE_DATA,
    "data/drafts/<uuid:draft_id>/discard/": Action.WRITE_DATA,
    "data/drafts/<uuid:draft_id>/edit/": Action.WRITE_DATA,
    "data/drafts/<uuid:draft_id>/edit/preview/": Action.WRITE_DATA,
    "data/drafts/<uuid:draft_id>/text/": Action.WRITE_DATA,
    "data/drafts/<uuid:draft_id>/save/": Action.WRITE_DATA,
    "data/imports/<uuid:import_id>/mapping/": Action.WRITE_DATA,
    "data/mappings/<slug:name>/versions/<int:number>/edit/": Action.WRITE_DATA,
    "data/sources/": Action.READ_DATA,
    "data/sources/new/": Action.MANAGE_SOURCES,
    "data/sources/new/<slug:kind>/": Action.MANAGE_SOURCES,
    "data/sources/<uuid:source_id>/": Action.READ_DATA,
    "data/sources/<uuid:source_id>/edit/": Action.MANAGE_SOURCES,
    "data/sources/<uuid:source_id>/credential/": Action.MANAGE_SOURCES,
    "data/sources/<uuid:source_id>/test/": Action.MANAGE_SOURCES,
    "data/sources/<uuid:source_id>/run/": Action.MANAGE_SOURCES,
    "data/sources/<uuid:source_id>/pause/": Action.MANAGE_SOURCES,
    "data/sources/<uuid:source_id>/runs/<uuid:run_id>/": Action.READ_DATA,
    "data/windows/": Action.READ_DATA,
    "data/rates/": Action.READ_DATA,
    "data/rates/import/": Action.WRITE_DATA,
    "data/products/": Action.READ_DATA,
    "data/products/export.csv": Action.READ_DATA,
    "data/products/<int:product_id>/": Action.READ_DATA,
    "data/audiences/": Action.READ_DATA,
    "data/policies/": Action.READ_DATA,
    "data/crosswalk/": Action.READ_DATA,
    "data/crosswalk/run/": Action.WRITE_DATA,
    "data/crosswalk/bulk/": Action.WRITE_DATA,
    "data/crosswalk/codes/": Action.WRITE_DATA,
    "data/crosswalk/codes.csv": Action.READ_DATA,
    "data/crosswalk/codes/<int:code_id>/withdraw/": Action.WRITE_DATA,
    "data/crosswalk/candidates/<int:candidate_id>/<slug:decision>/": Action.WRITE_DATA,
    "data/mappings/": Action.READ_DATA,
    "data/mappings/<slug:name>/": Action.READ_DATA,
    "data/mappings/<slug:name>/compare/": Action.READ_DATA,
    "data/mappings/<slug:name>/trials/<uuid:operation_id>/": Action.READ_DATA,
    "data/mappings/<slug:name>/versions/<int:number>/try/": Action.WRITE_DATA,
    "data/mappings/<slug:name>/versions/<int:number>/": Action.READ_DATA,
    "data/mappings/<slug:name>/versions/<int:number>/restore/": Action.WRITE_DATA,
    "data/calendar/": Action.READ_DATA,
    "data/days/<path:retailer_id>/<str:day>/": Action.READ_DATA,
    "data/days/<path:retailer_id>/<str:day>/rows/": Action.READ_DATA,
    "data/imports/<uuid:import_id>/rows/<int:row_number>/": Action.READ_DATA,
    "data/console/<path:retailer_id>/<str:day>/<slug:metric>/": Action.READ_DATA,
    "data/anomalies/": Action.READ_DATA,
    "data/anomalies/<uuid:anomaly_id>/": Action.READ_DATA,
    "data/anomalies/<uuid:anomaly_id>/decide/": Action.WRITE_DATA,
    "data/held/": Action.READ_DATA,
    "data/held/<uuid:held_id>/accept/": Action.WRITE_DATA,
    "data/held/<uuid:held_id>/refuse/": Action.WRITE_DATA,
    "training/": Action.READ_MODELS,
    "training/compare/": Action.READ_MODELS,
    "training/new/": Action.TRAIN_MODELS,
    "training/runs/<uuid:pk>/": Action.READ_MODELS,
    "training/runs/<uuid:pk>/progress/": Action.READ_MODELS,
    "training/runs/<uuid:pk>/stop/": Action.TRAIN_MODELS,
    "training/runs/<uuid:pk>/resume/": Action.TRAIN_MODELS,
    "training/adapters/<uuid:pk>/": Action.READ_MODELS,
    "training/adapters/<uuid:pk>/evaluate/": Action.TRAIN_MODELS,
    "training/datasets/": Action.READ_MODELS,
    "training/datasets/new/": Action.TRAIN_MODELS,
    "training/datasets/<uuid:pk>/": Action.READ_MODELS,
    "plans/": Action.READ_PLANS,
    "plans/new/": Action.WRITE_PLANS,
    "plans/new/preview/": Action.WRITE_PLANS,
    "plans/compare/": Action.READ_PLANS,
    "plans/forecasts/": Action.READ_PLANS,
    "plans/forecasts/<int:product_id>/": Action.READ_PLANS,
    "plans/stock/": Action.READ_PLANS,
    "plans/stock/enter/": Action.WRITE_PLANS,
    "plans/reallocations/": Action.READ_PLANS,
    "plans/reallocations/new/": Action.WRITE_PLANS,
    "plans/reallocations/schedule/": Action.WRITE_PLANS,
    "plans/reallocations/today/": Action.WRITE_PLANS,
    "plans/reallocations/<uuid:operation_id>/": Action.READ_PLANS,
    "plans/reallocations/<uuid:operation_id>/approve/": Action.APPROVE_PLANS,
    "plans/assumptions/": Action.READ_PLANS,
    "plans/assumptions/<str:retailer_id>/": Action.WRITE_PLANS,
    "plans/policy/": Action.READ_PLANS,
    "plans/policy/edit/": Action.MANAGE_PEOPLE,
    "plans/<uuid:pk>/": Action.READ_PLANS,
    "plans/<uuid:pk>/model-health/": Action.READ_PLANS,
    "plans/<uuid:pk>/pacing/": Action.READ_PLANS,
    "plans/<uuid:pk>/what-if/": Action.READ_PLANS,
    "plans/<uuid:pk>/what-if/use/": Action.WRITE_PLANS,
    "plans/<uuid:pk>/progress/": Action.READ_PLANS,
    "plans/<uuid:pk>/curve/": Action.READ_PLANS,
    "plans/<uuid:pk>/constraints/": Action.READ_PLANS,
    "plans/<uuid:pk>/constraints/<slug:key>/": Action.WRITE_PLANS,
    "plans/<uuid:pk>/constraints/<slug:key>/remove/": Action.WRITE_PLANS,
    "plans/<uuid:pk>/versions/<int:number>/restore/": Action.WRITE_PLANS,
    "plans/<uuid:pk>/plan/": Action.WRITE_PLANS,
    "plans/<uuid:pk>/relaxations/<int:number>/apply/": Action.WRITE_PLANS,
    "plans/<uuid:pk>/approve/": Action.APPROVE_PLANS,
    "plans/<uuid:pk>/undo/": Action.APPROVE_PLANS,
    "plans/<uuid:pk>/withdraw/": Action.WRITE_PLANS,
    "plans/<uuid:pk>/export/<slug:form>/": Action.EXPORT_PLANS,
    "experiments/": Action.READ_PLANS,
    "experiments/new/": Action.WRITE_PLANS,
    "experiments/uplift/": Action.READ_PLANS,
    "experiments/uplift/new/": Action.WRITE_PLANS,
    "experiments/uplift/<uuid:operation_id>/": Action.READ_PLANS,
    "experiments/<uuid:pk>/": Action.READ_PLANS,
    "experiments/<uuid:pk>/progress/": Action.READ_PLANS,
    "experiments/<uuid:pk>/design/": Action.WRITE_PLANS,
    "experiments/<uuid:pk>/register/": Action.WRITE_PLANS,
    "experiments/<uuid:pk>/start/": Action.WRITE_PLANS,
    "experiments/<uuid:pk>/stop/": Action.WRITE_PLANS,
    "experiments/<uuid:pk>/read/": Action.WRITE_PLANS,
    "experiments/<uuid:pk>/apply/": Action.WRITE_PLANS,
    "experiments/<uuid:pk>/undo/": Action.WRITE_PLANS,
    "experiments/<uuid:pk>/readout/": Action.READ_PLANS,
    "creatives/check/": Action.READ_PLANS,
    "creatives/policies/": Action.READ_PLANS,
    "creatives/policies/<slug:name>/": Action.READ_PLANS,
    "answers/": Action.READ_PLANS,
    "answers/about/": Action.READ_PLANS,
    "answers/<uuid:pk>/": Action.READ_PLANS,
    "knowledge/": Action.READ_PLANS,
    "knowledge/add/": Action.WRITE_DATA,
    "feedback/<uuid:run_id>/": Action.READ_PLANS,
    "feedback/adapters/<uuid:adapter_id>/": Action.READ_PLANS,
    "agents/": Action.READ_PLANS,
    "agents/adapters/": Action.READ_PLANS,
    "agents/adapters/<uuid:adapter_id>/": Action.READ_PLANS,
    "agents/adapters/<uuid:adapter_id>/promote/": Action.MANAGE_ADAPTERS,
    "agents/adapters/<uuid:adapter_id>/try/": Action.MANAGE_ADAPTERS,
    "agents/adapters/<uuid:adapter_id>/roll-back/": Action.MANAGE_ADAPTERS,
    "activity/": Action.READ_OPERATIONS,
    "activity/<uuid:operation_id>/": Action.READ_OPERATIONS,
    "activity/<uuid:operation_id>/progress/": Action.READ_OPERATIONS,
    "activity/<uuid:operation_id>/cancel/": Action.WRITE_OPERATIONS,
    "activity/<uuid:operation_id>/retry/": Action.WRITE_OPERATIONS,
    "audit/": Action.READ_AUDIT,
    "audit/export/": Action.READ_AUDIT,
    "settings/": Action.MANAGE_PEOPLE,
    "settings/members/": Action.MANAGE_PEOPLE,
    "settings/members/<uuid:membership_id>/role/": Action.MANAGE_PEOPLE,
    "settings/members/<uuid:membership_id>/remove/": Action.MANAGE_PEOPLE,
    "settings/tokens/": Action.MANAGE_TOKENS,
    "settings/tokens/<uuid:token_id>/revoke/": Action.MANAGE_TOKENS,
}
API = {
    "api/v1/training/datasets/": {"GET": Action.READ_MODELS, "POST": Action.TRAIN_MODELS},
    "api/v1/training/datasets/<uuid:pk>/": {"GET": Action.READ_MODELS},
    "api/v1/training/runs/": {"GET": Action.READ_MODELS, "POST": Action.TRAIN_MODELS},
    "api/v1/training/runs/<uuid:pk>/": {"GET": Action.READ_MODELS},
    "api/v1/imports/": {"GET": Action.READ_DATA, "POST": Action.WRITE_DATA},
    "api/v1/imports/<uuid:import_id>/": {"GET": Action.READ_DATA},
    "api/v1/imports/<uuid:import_id>/reconciliation/": {"GET": Action.READ_DATA},
    "api/v1/imports/<uuid:import_id>/rejects/": {"GET": Action.READ_DATA},
    "api/v1/anomalies/": {"GET": Action.READ_DATA},
    "api/v1/anomalies/<uuid:anomaly_id>/": {"GET": Action.READ_DATA},
    "api/v1/anomalies/<uuid:anomaly_id>/decide/": {"POST": Action.WRITE_DATA},
    "api/v1/held-days/": {"GET": Action.READ_DATA},
    "api/v1/held-days/<uuid:held_id>/accept/": {"POST": Action.WRITE_DATA},
    "api/v1/held-days/<uuid:held_id>/refuse/": {"POST": Action.WRITE_DATA},
    "api/v1/calendar/": {"GET": Action.READ_DATA},
    "api/v1/day-history/": {"GET": Action.READ_DATA},
    "api/v1/source-rows/": {"GET": Action.READ_DATA},
    "api/v1/imports/<uuid:import_id>/rows/<int:row_number>/": {"GET": Action.READ_DATA},
    "api/v1/differences/": {"GET": Action.READ_DATA},
    "api/v1/freshness/": {"GET": Action.READ_DATA},
    "api/v1/facts/": {"GET": Action.READ_DATA},
    "api/v1/sources/": {"GET": Action.READ_DATA, "POST": Action.MANAGE_SOURCES},
    "api/v1/sources/<uuid:source_id>/": {"GET": Action.READ_DATA, "PUT": Action.MANAGE_SOURCES},
    "api/v1/sources/<uuid:source_id>/credential/": {
        "PUT": Action.MANAGE_SOURCES,
        "DELETE": Action.MANAGE_SOURCES,
    },
    "api/v1/sources/<uuid:source_id>/test/": {"POST": Action.MANAGE_SOURCES},
    "api/v1/sources/<uuid:source_id>/run/": {"POST": Action.MANAGE_SOURCES},
    "api/v1/sources/<uuid:source_id>/pause/": {"POST": Action.MANAGE_SOURCES},
    "api/v1/sources/<uuid:source_id>/resume/": {"POST": Action.MANAGE_SOURCES},
    "api/v1/sources/<uuid:source_id>/runs/": {"GET": Action.READ_DATA},
    "api/v1/sources/<uuid:source_id>/runs/<uuid:run_id>/": {"GET": Action.READ_DATA},
    "api/v1/windows/": {"GET": Action.READ_DATA},
    "api/v1/fx-rates/": {"GET": Action.READ_DATA, "POST": Action.WRITE_DATA},
    "api/v1/products/": {"GET": Action.READ_DATA},
    "api/v1/products/<int:product_id>/": {"GET": Action.READ_DATA},
    "api/v1/product-performance/": {"GET": Action.READ_DATA},
    "api/v1/demand/": {"GET": Action.READ_DATA},
    "api/v1/in-store-placements/": {"GET": Action.READ_DATA},
    "api/v1/audiences/": {"GET": Action.READ_DATA},
    "api/v1/policy-terms/": {"GET": Action.READ_DATA},
    "api/v1/crosswalk/": {"GET": Action.READ_DATA, "POST": Action.WRITE_DATA},
    "api/v1/crosswalk/candidates/": {"GET": Action.READ_DATA},
    "api/v1/crosswalk/candidates/<int:candidate_id>/decision/": {"POST": Action.WRITE_DATA},
    "api/v1/mappings/": {"GET": Action.READ_DATA},
    "api/v1/mappings/suggest/": {"POST": Action.WRITE_DATA},
    "api/v1/mappings/<slug:name>/versions/": {"GET": Action.READ_DATA, "POST": Action.WRITE_DATA},
    "api/v1/mappings/<slug:name>/versions/<int:number>/": {"GET": Action.READ_DATA},
    "api/v1/mappings/<slug:name>/versions/<int:number>/test/": {"POST": Action.WRITE_DATA},
    "api/v1/mappings/<slug:name>/differences/": {"GET": Action.READ_DATA},
    "api/v1/mapping-drafts/": {"GET": Action.READ_DATA},
    "api/v1/mapping-drafts/<uuid:draft_id>/kind/": {"POST": Action.WRITE_DATA},
    "api/v1/drift-alarms/": {"GET": Action.READ_DATA},
    "api/v1/drift-alarms/<uuid:alarm_id>/acknowledge/": {"POST": Action.WRITE_DATA},
    "api/v1/experiments/": {"GET": Action.READ_PLANS, "POST": Action.WRITE_PLANS},
    "api/v1/forecasts/<int:product_id>/": {"GET": Action.READ_PLANS},
    "api/v1/price-answers/<str:retailer_id>/": {"GET": Action.READ_PLANS},
    "api/v1/stock/": {"GET": Action.READ_PLANS, "PUT": Action.WRITE_PLANS},
    "api/v1/reallocations/": {"POST": Action.WRITE_PLANS},
    "api/v1/reallocations/schedule/": {"GET": Action.READ_PLANS, "PUT": Action.WRITE_PLANS},
    "api/v1/reallocations/today/": {"POST": Action.WRITE_PLANS},
    "api/v1/reallocations/<uuid:pk>/": {"GET": Action.READ_PLANS},
    "api/v1/reallocations/<uuid:pk>/approve/": {"POST": Action.APPROVE_PLANS},
    "api/v1/uplift/": {"POST": Action.WRITE_PLANS},
    "api/v1/uplift/<uuid:pk>/": {"GET": Action.READ_PLANS},
    "api/v1/experiments/<uuid:pk>/": {"GET": Action.READ_PLANS},
    "api/v1/experiments/<uuid:pk>/register/": {"POST": Action.WRITE_PLANS},
    "api/v1/experiments/<uuid:pk>/read/": {"POST": Action.WRITE_PLANS},
    "api/v1/experiments/<uuid:pk>/apply/": {"POST": Action.WRITE_PLANS},
    "api/v1/experiments/<uuid:pk>/undo/": {"POST": Action.WRITE_PLANS},
    "api/v1/plans/": {"GET": Action.READ_PLANS, "POST": Action.WRITE_PLANS},
    "api/v1/plans/compare/": {"GET": Action.READ_PLANS},
    "api/v1/plans/<uuid:pk>/what-if/": {"GET": Action.READ_PLANS},
    "api/v1/plans/<uuid:pk>/frontier/": {"GET": Action.READ_PLANS},
    "api/v1/plans/<uuid:pk>/model-health/": {"GET": Action.READ_PLANS},
    "api/v1/plans/<uuid:pk>/pacing/": {"GET": Action.READ_PLANS},
    "api/v1/plans/<uuid:pk>/tornado/": {"GET": Action.READ_PLANS},
    "api/v1/plans/<uuid:pk>/": {"GET": Action.READ_PLANS, "PATCH": Action.WRITE_PLANS},
    "api/v1/plans/<uuid:pk>/cells/": {"GET": Action.READ_PLANS},
    "api/v1/plans/<uuid:pk>/allocate/": {"POST": Action.WRITE_PLANS},
    "api/v1/plans/<uuid:pk>/approve/": {"POST": Action.APPROVE_PLANS},
    "api/v1/plans/<uuid:pk>/undo/": {"POST": Action.APPROVE_PLANS},
    "api/v1/plans/<uuid:pk>/withdraw/": {"POST": Action.WRITE_PLANS},
    "api/v1/allocations/": {"POST": Action.READ_PLANS},
    "api/v1/plans/<uuid:pk>/export/": {"GET": Action.EXPORT_PLANS},
    "api/v1/copy-checks/": {"POST": Action.READ_PLANS},
    "api/v1/policy-packs/": {"GET": Action.READ_PLANS},
    "api/v1/policy-packs/<slug:name>/": {"GET": Action.READ_PLANS},
    "api/v1/briefs/parse/": {"POST": Action.READ_PLANS},
    "api/v1/agent-runs/": {"GET": Action.READ_PLANS, "POST": Action.READ_PLANS},
    "api/v1/agent-runs/<uuid:pk>/": {"GET": Action.READ_PLANS},
    "api/v1/agent-runs/<uuid:pk>/feedback/": {"PUT": Action.READ_PLANS},
    "api/v1/knowledge/search/": {"GET": Action.READ_PLANS},
    "api/v1/playbooks/": {"GET": Action.READ_PLANS, "POST": Action.WRITE_DATA},
    "api/v1/assumptions/": {"GET": Action.READ_PLANS, "PUT": Action.WRITE_PLANS},
    "api/v1/approval-policy/": {"GET": Action.READ_PLANS, "PUT": Action.MANAGE_PEOPLE},
    "api/v1/adapters/": {"GET": Action.READ_PLANS},
    "api/v1/adapters/<uuid:adapter_id>/": {"GET": Action.READ_PLANS},
    "api/v1/adapters/<uuid:adapter_id>/promote/": {"POST": Action.MANAGE_ADAPTERS},
    "api/v1/adapters/<uuid:adapter_id>/try/": {"POST": Action.MANAGE_ADAPTERS},
    "api/v1/adapters/<uuid:adapter_id>/comparison/": {"GET": Action.READ_PLANS},
    "api/v1/adapters/<uuid:pk>/evaluations/": {"GET": Action.READ_MODELS, "POST": Action.TRAIN_MODELS},
    "api/v1/adapters/<uuid:adapter_id>/roll-back/": {"POST": Action.MANAGE_ADAPTERS},
    "api/v1/compositions/": {"POST": Action.READ_PLANS},
    "api/v1/model-health/": {"GET": Action.READ_PLANS},
    "api/v1/me/": {"GET": MEMBER},
    "api/v1/operations/": {"GET": Action.READ_OPERATIONS},
    "api/v1/operations/<uuid:operation_id>/": {"GET": Action.READ_OPERATIONS},
    "api/v1/operations/<uuid:operation_id>/cancel/": {"POST": Action.WRITE_OPERATIONS},
    "api/v1/operations/<uuid:operation_id>/retry/": {"POST": Action.WRITE_OPERATIONS},
    "api/v1/tokens/": {"GET": Action.MANAGE_TOKENS, "POST": Action.MANAGE_TOKENS},
    "api/v1/tokens/<uuid:token_id>/revoke/": {"POST": Action.MANAGE_TOKENS},
    "api/v1/audit-events/": {"GET": Action.READ_AUDIT},
    "api/schema/": {"GET": MEMBER},
    "api/docs/": {"GET": MEMBER},
}


@dataclass(frozen=True, kw_only=True)
class Route:
    """One address as the resolver has it."""

    pattern: str
    view: Any

    @property
    def is_api(self) -> bool:
        return hasattr(self.view, "cls")

    def needs(self, method: str) -> str | None:
        """What the table says the method needs; None when the API offers no such method."""
        if self.pattern in PAGES:
            return PAGES[self.pattern]
        return API[self.pattern].get("GET" if method == "HEAD" else method)

    def with_id(self, identifier: str) -> str:
        """The address of one object, whatever the argument is called."""
        parts = [_filled(part, identifier) for part in self.pattern.split("/")]
        return "/" + "/".join(parts)


def all_routes(urlconf: str = "rmn_site.urls_tenant") -> list[Route]:
    """Every address inside a tenant, recursively."""
    return list(_walk(get_resolver(urlconf).url_patterns, ""))


def _walk(patterns: list[Any], prefix: str) -> Iterator[Route]:
    for pattern in patterns:
        here = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield Route(pattern=here, view=pattern.callback)
        else:
            yield from _walk(pattern.url_patterns, here)


def _filled(part: str, identifier: str) -> str:
    start, bracket, rest = part.partition("<")
    if not bracket:
        return part
    converter, _, end = rest.partition(":")
    tail = end.partition(">")[2]
    return start + {"uuid": identifier, "int": "999999"}.get(converter, "nothing") + tail

"""Operations and audit events of one chosen tenant, to read: ``/admin/tenants/operation/?tenant=acme``."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django_tenants.utils import tenant_context

from tenants.models import AuditEvent, Operation, Tenant


class ByTenant(admin.SimpleListFilter):
    """Chooses whose rows are shown; the rows themselves come from that tenant's schema."""

    title = "tenant"
    parameter_name = "tenant"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return list(Tenant.objects.exclude(status=Tenant.Status.SPARE).values_list("slug", "name"))

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset


class TenantRowsAdmin(admin.ModelAdmin):
    """Every page is rendered inside the chosen tenant's schema and under its database role."""

    list_filter: ClassVar[Any] = (ByTenant,)
    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        if not _chosen_slug(request):
            return self._choose_first(request)
        with _chosen_tenant(request):
            return _rendered(super().changelist_view(request, extra_context))

    def changeform_view(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        with _chosen_tenant(request):
            return _rendered(super().changeform_view(request, *args, **options))

    def history_view(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        with _chosen_tenant(request):
            return _rendered(super().history_view(request, *args, **options))

    def _choose_first(self, request: HttpRequest) -> HttpResponse:
        first = Tenant.objects.live().first()
        if first is None:
            self.message_user(request, "There is no tenant yet.", messages.WARNING)
            return HttpResponseRedirect(reverse("admin:index"))
        return HttpResponseRedirect(f"{request.path}?tenant={first.slug}")


@admin.register(Operation)
class OperationAdmin(TenantRowsAdmin):
    list_display = ("title", "kind", "state", "percent", "attempt", "created_by", "created_at", "finished_at")
    list_filter = (ByTenant, "state", "kind")
    search_fields = ("title", "id")


@admin.register(AuditEvent)
class AuditEventAdmin(TenantRowsAdmin):
    list_display = ("sequence", "occurred_at", "actor_label", "kind", "about_label", "request_id")
    list_filter = (ByTenant, "kind")
    search_fields = ("actor_label", "about_label", "about_id", "request_id")


def _chosen_slug(request: HttpRequest) -> str:
    kept = QueryDict(request.GET.get("_changelist_filters", ""))
    return str(request.GET.get("tenant") or kept.get("tenant", ""))


@contextmanager
def _chosen_tenant(request: HttpRequest) -> Iterator[None]:
    tenant = Tenant.objects.exclude(status=Tenant.Status.SPARE).filter(slug=_chosen_slug(request)).first()
    if tenant is None:
        raise Http404("Choose a tenant with ?tenant=slug.")
    with tenant_context(tenant):
        yield


def _rendered(response: HttpResponse) -> HttpResponse:
    """Templates read rows when they are rendered: that must happen before the schema is left."""
    return response.render() if isinstance(response, TemplateResponse) else response

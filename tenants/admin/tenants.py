"""Tenants: made, renamed, suspended and deleted through their services."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from tenants.admin.copies import become
from tenants.admin.requests import admin_user
from tenants.models import Domain, Tenant, User
from tenants.services.tenants import (
    NewTenant,
    TenantRefused,
    check_slug,
    check_zone_and_currency,
    create_tenant,
    delete_tenant,
    set_tenant_status,
)


class TenantForm(forms.ModelForm):
    """A tenant's name and ways of counting."""

    class Meta:
        model = Tenant
        fields = ("name", "kind", "currency", "timezone")

    def clean(self) -> dict[str, Any]:
        wish = super().clean() or {}
        try:
            check_zone_and_currency(timezone=wish.get("timezone", "UTC"), currency=wish.get("currency", "USD"))
        except TenantRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return wish


class NewTenantForm(TenantForm):
    """A tenant and its first owner."""

    owner = forms.ModelChoiceField(queryset=User.objects.filter(is_active=True), required=False)

    class Meta:
        model = Tenant
        fields = ("slug", "name", "kind", "currency", "timezone", "is_demo")

    def clean_slug(self) -> str:
        slug = str(self.cleaned_data["slug"])
        try:
            check_slug(slug=slug)
        except TenantRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return slug


@admin.register(Tenant)
class TenantAdmin(admin.ModelAdmin):
    list_display = ("name", "slug", "kind", "status", "currency", "timezone", "is_demo", "created_at")
    list_filter = ("status", "kind", "is_demo")
    search_fields = ("name", "slug")
    actions = ("suspend", "resume")
    fields = ("slug", "name", "kind", "currency", "timezone", "is_demo")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Tenant]:
        return super().get_queryset(request).exclude(status=Tenant.Status.SPARE)

    def get_form(self, request: HttpRequest, obj: Tenant | None = None, change: bool = False, **options: Any) -> Any:
        options["form"] = TenantForm if obj else NewTenantForm
        return super().get_form(request, obj, change, **options)

    def get_fields(self, request: HttpRequest, obj: Tenant | None = None) -> Any:
        return (*self.fields, "status", "schema_name") if obj else (*self.fields, "owner")

    def get_readonly_fields(self, request: HttpRequest, obj: Tenant | None = None) -> Any:
        return ("slug", "status", "schema_name", "is_demo") if obj else ()

    def save_model(self, request: HttpRequest, obj: Tenant, form: Any, change: bool) -> None:
        if change:
            super().save_model(request, obj, form, change)
            return
        wish = {name: form.cleaned_data[name] for name in NewTenantForm.Meta.fields}
        made = create_tenant(new=NewTenant(**wish), owner=form.cleaned_data["owner"], by=admin_user(request))
        become(unsaved=obj, saved=made)

    def has_delete_permission(self, request: HttpRequest, obj: Tenant | None = None) -> bool:
        """Only a suspended tenant can be deleted, one at a time: two steps, and everything is gone."""
        suspended = obj is not None and obj.status == Tenant.Status.SUSPENDED
        return suspended and super().has_delete_permission(request, obj)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """The rights on each part are not asked one by one: the service removes all of a tenant or nothing."""
        gone = [f"{tenant}: its schema with all plans and data, files, people's roles, tokens" for tenant in objs]
        return gone, {"tenants": len(objs)}, set(), []

    def delete_model(self, request: HttpRequest, obj: Tenant) -> None:
        delete_tenant(tenant=obj)

    @admin.action(description="Suspend: nobody can enter, nothing is deleted", permissions=["change"])
    def suspend(self, request: HttpRequest, queryset: QuerySet[Tenant]) -> None:
        self._set_status(request, queryset, Tenant.Status.SUSPENDED)

    @admin.action(description="Resume suspended tenants", permissions=["change"])
    def resume(self, request: HttpRequest, queryset: QuerySet[Tenant]) -> None:
        self._set_status(request, queryset, Tenant.Status.LIVE)

    def _set_status(self, request: HttpRequest, queryset: QuerySet[Tenant], status: Tenant.Status) -> None:
        for tenant in queryset:
            set_tenant_status(tenant=tenant, status=status, by=admin_user(request))
        self.message_user(request, f"{queryset.count()} now {status.label.lower()}.")


@admin.register(Domain)
class DomainAdmin(admin.ModelAdmin):
    list_display = ("domain", "tenant", "is_primary")
    search_fields = ("domain", "tenant__name")
    autocomplete_fields = ("tenant",)

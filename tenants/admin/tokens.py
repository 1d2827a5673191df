"""API tokens: issued with the secret shown once, revoked, never edited."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django_tenants.utils import tenant_context

from tenants.admin.copies import become
from tenants.admin.requests import admin_user
from tenants.forms.tokens import LIVES
from tenants.models import ApiToken, Membership
from tenants.permissions import Action, allowed_actions
from tenants.services.tokens import issue_token, revoke_token


class NewTokenForm(forms.ModelForm):
    """For whom, where, what for, how long."""

    scopes = forms.MultipleChoiceField(choices=[(a.value, a.value) for a in Action])
    days = forms.TypedChoiceField(label="Expires in", choices=LIVES, coerce=int, initial=30)

    class Meta:
        model = ApiToken
        fields = ("tenant", "user", "name", "scopes")

    def clean(self) -> dict[str, Any]:
        wish = super().clean() or {}
        if "tenant" in wish and "user" in wish and "scopes" in wish:
            self._check_scopes(wish)
        return wish

    def _check_scopes(self, wish: dict[str, Any]) -> None:
        membership = Membership.objects.filter(tenant=wish["tenant"], user=wish["user"]).first()
        if membership is None:
            self.add_error("user", "This person does not belong to the tenant.")
            return
        beyond = set(wish["scopes"]) - allowed_actions(role=membership.role)
        if beyond:
            self.add_error("scopes", f"The role {membership.role} does not have: {', '.join(sorted(beyond))}.")


@admin.register(ApiToken)
class ApiTokenAdmin(admin.ModelAdmin):
    list_display = ("name", "prefix", "tenant", "user", "created_at", "expires_at", "last_used_at", "revoked_at")
    list_filter = ("tenant",)
    search_fields = ("name", "prefix", "user__email")
    autocomplete_fields = ("tenant", "user")
    actions = ("revoke",)
    readable = ("tenant", "user", "name", "prefix", "scopes", "created_at", "expires_at", "last_used_at", "revoked_at")

    def get_form(self, request: HttpRequest, obj: ApiToken | None = None, change: bool = False, **options: Any) -> Any:
        if obj is None:
            options["form"] = NewTokenForm
        return super().get_form(request, obj, change, **options)

    def get_fields(self, request: HttpRequest, obj: ApiToken | None = None) -> Any:
        return self.readable if obj else ("tenant", "user", "name", "scopes", "days")

    def has_change_permission(self, request: HttpRequest, obj: ApiToken | None = None) -> bool:
        return obj is None and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: ApiToken | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: ApiToken, form: Any, change: bool) -> None:
        with tenant_context(obj.tenant):
            token, secret = issue_token(
                tenant=obj.tenant,
                user=obj.user,
                name=obj.name,
                scopes=form.cleaned_data["scopes"],
                life=timedelta(days=form.cleaned_data["days"]),
                by=admin_user(request),
            )
        become(unsaved=obj, saved=token)
        self.message_user(request, f"Copy the token now, it is not shown again: {secret}", messages.WARNING)

    @admin.action(description="Revoke: the tokens end at once", permissions=["change"])
    def revoke(self, request: HttpRequest, queryset: QuerySet[ApiToken]) -> None:
        for token in queryset.select_related("tenant"):
            with tenant_context(token.tenant):
                revoke_token(token=token, by=admin_user(request))
        self.message_user(request, f"{queryset.count()} revoked.")

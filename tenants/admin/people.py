"""Accounts and memberships. Accounts are deactivated, not deleted: what people did stays theirs."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.http import HttpRequest
from django_tenants.utils import tenant_context

from tenants.admin.copies import become
from tenants.admin.requests import admin_user
from tenants.models import Membership, User
from tenants.services.members import MembershipRefused, check_owner_remains, remove_member, set_role


class NewUserForm(AdminUserCreationForm):
    """An account by e-mail address."""

    class Meta:
        model = User
        fields = ("email",)

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()


class UserForm(UserChangeForm):
    """An account's name, standing and rights."""

    class Meta:
        model = User
        fields = ("email", "first_name", "last_name", "is_active", "is_staff", "is_superuser")

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()


@admin.register(User)
class UserAdmin(DjangoUserAdmin):
    form = UserForm
    add_form = NewUserForm
    ordering = ("email",)
    list_display = ("email", "first_name", "last_name", "is_active", "is_staff", "last_login")
    list_filter = ("is_active", "is_staff", "is_superuser")
    search_fields = ("email", "first_name", "last_name")
    filter_horizontal = ("groups", "user_permissions")
    fieldsets = (
        (None, {"fields": ("email", "password")}),
        ("Person", {"fields": ("first_name", "last_name")}),
        ("Platform", {"fields": ("is_active", "is_staff", "is_superuser", "groups", "user_permissions")}),
        ("Dates", {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = ((None, {"classes": ("wide",), "fields": ("email", "usable_password", "password1", "password2")}),)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False


class MembershipForm(forms.ModelForm):
    """A role; the last owner keeps theirs."""

    class Meta:
        model = Membership
        fields = ("user", "tenant", "role")

    def clean_role(self) -> str:
        role = str(self.cleaned_data["role"])
        if self.instance.pk and not self.instance._state.adding:
            try:
                check_owner_remains(membership=Membership.objects.get(pk=self.instance.pk), next_role=role)
            except MembershipRefused as refusal:
                raise forms.ValidationError(str(refusal)) from refusal
        return role


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin):
    form = MembershipForm
    list_display = ("user", "tenant", "role", "created_at")
    list_filter = ("role", "tenant")
    search_fields = ("user__email", "tenant__name")
    autocomplete_fields = ("user", "tenant")

    def get_readonly_fields(self, request: HttpRequest, obj: Membership | None = None) -> Any:
        return ("user", "tenant") if obj else ()

    def get_actions(self, request: HttpRequest) -> Any:
        return {name: action for name, action in super().get_actions(request).items() if name != "delete_selected"}

    def has_delete_permission(self, request: HttpRequest, obj: Membership | None = None) -> bool:
        if obj is not None:
            try:
                check_owner_remains(membership=obj, next_role=None)
            except MembershipRefused:
                return False
        return super().has_delete_permission(request, obj)

    def save_model(self, request: HttpRequest, obj: Membership, form: Any, change: bool) -> None:
        with tenant_context(obj.tenant):
            saved = set_role(tenant=obj.tenant, user=obj.user, role=obj.role, by=admin_user(request))
        become(unsaved=obj, saved=saved)

    def delete_model(self, request: HttpRequest, obj: Membership) -> None:
        with tenant_context(obj.tenant):
            remove_member(membership=obj, by=admin_user(request))

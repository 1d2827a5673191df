"""Addresses of activity, audit and settings."""

from django.urls import path

from tenants.views import audit, operations, people, tokens

app_name = "operations"

urlpatterns = [
    path("activity/", operations.operation_list, name="operation_list"),
    path("activity/<uuid:operation_id>/", operations.operation_detail, name="operation_detail"),
    path("activity/<uuid:operation_id>/progress/", operations.operation_progress, name="operation_progress"),
    path("activity/<uuid:operation_id>/cancel/", operations.operation_cancel, name="operation_cancel"),
    path("activity/<uuid:operation_id>/retry/", operations.operation_retry, name="operation_retry"),
    path("audit/", audit.audit_list, name="audit_list"),
    path("audit/export/", audit.audit_export, name="audit_export"),
    path("settings/", people.settings, name="settings"),
    path("settings/members/", people.member_add, name="member_add"),
    path("settings/members/<uuid:membership_id>/role/", people.member_role, name="member_role"),
    path("settings/members/<uuid:membership_id>/remove/", people.member_remove, name="member_remove"),
    path("settings/tokens/", tokens.token_list, name="token_list"),
    path("settings/tokens/<uuid:token_id>/revoke/", tokens.token_revoke, name="token_revoke"),
]

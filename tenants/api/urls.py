"""Addresses of operations, tokens, audit events and the caller in the API."""

from django.urls import path

from tenants.api.audit import AuditEventListView
from tenants.api.callers import CallerView
from tenants.api.operations import OperationCancelView, OperationDetailView, OperationListView, OperationRetryView
from tenants.api.tokens import TokenListView, TokenRevokeView

urlpatterns = [
    path("me/", CallerView.as_view(), name="api_me"),
    path("operations/", OperationListView.as_view(), name="api_operation_list"),
    path("operations/<uuid:operation_id>/", OperationDetailView.as_view(), name="api_operation_detail"),
    path("operations/<uuid:operation_id>/cancel/", OperationCancelView.as_view(), name="api_operation_cancel"),
    path("operations/<uuid:operation_id>/retry/", OperationRetryView.as_view(), name="api_operation_retry"),
    path("tokens/", TokenListView.as_view(), name="api_token_list"),
    path("tokens/<uuid:token_id>/revoke/", TokenRevokeView.as_view(), name="api_token_revoke"),
    path("audit-events/", AuditEventListView.as_view(), name="api_audit_event_list"),
]

"""Addresses of plans inside a tenant."""

from django.urls import path

from campaigns.views import (
    approval_policy,
    assumptions,
    constraints,
    drafting,
    forecasts,
    model_health,
    pacing,
    plan_acts,
    plan_pages,
    reallocations,
    side_by_side,
    stock,
    what_if,
)

app_name = "campaigns"

urlpatterns = [
    path("", plan_pages.plan_list, name="plan_list"),
    path("new/", drafting.plan_new, name="plan_new"),
    path("new/preview/", drafting.brief_preview, name="brief_preview"),
    path("compare/", side_by_side.compare_plans, name="compare"),
    path("forecasts/", forecasts.forecast_list, name="forecasts"),
    path("forecasts/<int:product_id>/", forecasts.forecast_detail, name="forecast"),
    path("reallocations/", reallocations.reallocation_list, name="reallocations"),
    path("reallocations/new/", reallocations.reallocation_new, name="reallocation_new"),
    path("reallocations/<uuid:operation_id>/", reallocations.reallocation_detail, name="reallocation"),
    path("reallocations/<uuid:operation_id>/approve/", reallocations.reallocation_approve, name="reallocation_approve"),
    path("stock/", stock.stock, name="stock"),
    path("stock/enter/", stock.stock_enter, name="stock_enter"),
    path("assumptions/", assumptions.assumption_list, name="assumptions"),
    path("assumptions/<str:retailer_id>/", assumptions.assumption_edit, name="assumption_edit"),
    path("policy/", approval_policy.approval_policy, name="approval_policy"),
    path("policy/edit/", approval_policy.approval_policy_edit, name="approval_policy_edit"),
    path("<uuid:pk>/", plan_pages.plan_detail, name="plan_detail"),
    path("<uuid:pk>/what-if/", what_if.what_if, name="what_if"),
    path("<uuid:pk>/what-if/use/", what_if.what_if_use, name="what_if_use"),
    path("<uuid:pk>/model-health/", model_health.model_health, name="model_health"),
    path("<uuid:pk>/pacing/", pacing.pacing, name="pacing"),
    path("<uuid:pk>/progress/", plan_pages.plan_progress, name="plan_progress"),
    path("<uuid:pk>/curve/", plan_pages.plan_curve, name="plan_curve"),
    path("<uuid:pk>/constraints/", constraints.constraint_panel, name="constraint_panel"),
    path("<uuid:pk>/constraints/<slug:key>/", constraints.constraint_edit, name="constraint_edit"),
    path("<uuid:pk>/constraints/<slug:key>/remove/", constraints.constraint_remove, name="constraint_remove"),
    path("<uuid:pk>/versions/<int:number>/restore/", constraints.version_restore, name="version_restore"),
    path("<uuid:pk>/plan/", plan_acts.plan_request, name="plan_request"),
    path("<uuid:pk>/relaxations/<int:number>/apply/", plan_acts.relaxation_apply, name="relaxation_apply"),
    path("<uuid:pk>/approve/", plan_acts.plan_approve, name="plan_approve"),
    path("<uuid:pk>/undo/", plan_acts.plan_undo, name="plan_undo"),
    path("<uuid:pk>/withdraw/", plan_acts.plan_withdraw, name="plan_withdraw"),
    path("<uuid:pk>/export/<slug:form>/", plan_acts.plan_export, name="plan_export"),
]

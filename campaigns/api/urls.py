"""Addresses of plans, briefs, assumptions and the approval policy in the API."""

from django.urls import include, path

from campaigns.api import (
    allocations,
    approval_policy,
    assumptions,
    briefs,
    copy_checks,
    experiments,
    forecasts,
    model_health,
    pacing,
    plan_acts,
    plans,
    reallocations,
    side_by_side,
    uplift,
    what_if,
)

routes = [
    path("plans/", plans.PlanListView.as_view(), name="plans"),
    path("plans/compare/", side_by_side.SideBySideView.as_view(), name="plans_compare"),
    path("plans/<uuid:pk>/", plans.PlanView.as_view(), name="plan"),
    path("plans/<uuid:pk>/cells/", plans.PlanCellsView.as_view(), name="cells"),
    path("plans/<uuid:pk>/what-if/", what_if.WhatIfView.as_view(), name="what_if"),
    path("plans/<uuid:pk>/frontier/", what_if.FrontierView.as_view(), name="frontier"),
    path("plans/<uuid:pk>/model-health/", model_health.ModelHealthView.as_view(), name="model_health"),
    path("plans/<uuid:pk>/pacing/", pacing.PacingView.as_view(), name="pacing"),
    path("plans/<uuid:pk>/tornado/", what_if.TornadoView.as_view(), name="tornado"),
    path("plans/<uuid:pk>/allocate/", plan_acts.AllocateView.as_view(), name="allocate"),
    path("plans/<uuid:pk>/approve/", plan_acts.ApproveView.as_view(), name="approve"),
    path("plans/<uuid:pk>/undo/", plan_acts.UndoView.as_view(), name="undo"),
    path("plans/<uuid:pk>/withdraw/", plan_acts.WithdrawView.as_view(), name="withdraw"),
    path("plans/<uuid:pk>/export/", plan_acts.ExportView.as_view(), name="export"),
    path("allocations/", allocations.AllocationView.as_view(), name="allocations"),
    path("experiments/", experiments.ExperimentsView.as_view(), name="experiments"),
    path("experiments/<uuid:pk>/", experiments.ExperimentView.as_view(), name="experiment"),
    path("experiments/<uuid:pk>/register/", experiments.RegisterView.as_view(), name="experiment_register"),
    path("experiments/<uuid:pk>/read/", experiments.ReadView.as_view(), name="experiment_read"),
    path("experiments/<uuid:pk>/apply/", experiments.ApplyView.as_view(), name="experiment_apply"),
    path("experiments/<uuid:pk>/undo/", experiments.UndoApplyView.as_view(), name="experiment_undo"),
    path("copy-checks/", copy_checks.CopyCheckView.as_view(), name="copy_check"),
    path("policy-packs/", copy_checks.PolicyPacksView.as_view(), name="policy_packs"),
    path("policy-packs/<slug:name>/", copy_checks.PolicyPackView.as_view(), name="policy_pack"),
    path("uplift/", uplift.UpliftListView.as_view(), name="uplift"),
    path("uplift/<uuid:pk>/", uplift.UpliftView.as_view(), name="uplift_study"),
    path("forecasts/<int:product_id>/", forecasts.ForecastView.as_view(), name="forecast"),
    path("price-answers/<str:retailer_id>/", forecasts.PriceAnswerView.as_view(), name="price_answer"),
    path("reallocations/", reallocations.ReallocationsView.as_view(), name="reallocations"),
    path("reallocations/<uuid:pk>/", reallocations.ReallocationView.as_view(), name="reallocation"),
    path(
        "reallocations/<uuid:pk>/approve/",
        reallocations.ReallocationApproveView.as_view(),
        name="reallocation_approve",
    ),
    path("briefs/parse/", briefs.ParseBriefView.as_view(), name="parse_brief"),
    path("assumptions/", assumptions.AssumptionsView.as_view(), name="assumptions"),
    path("approval-policy/", approval_policy.ApprovalPolicyView.as_view(), name="approval_policy"),
]

urlpatterns = [path("", include((routes, "campaigns-api")))]

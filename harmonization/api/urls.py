"""Addresses of this app's API."""

from django.urls import path

from harmonization.api import days, facts, fx_rates, imports, mappings, sources, watching, windows

urlpatterns = [
    path("imports/", imports.ImportsView.as_view()),
    path("imports/<uuid:import_id>/", imports.ImportView.as_view()),
    path("imports/<uuid:import_id>/reconciliation/", imports.ImportReconciliationView.as_view()),
    path("imports/<uuid:import_id>/rejects/", imports.ImportRejectsView.as_view()),
    path("facts/", facts.FactsView.as_view()),
    path("windows/", windows.WindowsView.as_view()),
    path("fx-rates/", fx_rates.FxRatesView.as_view()),
    path("mappings/", mappings.MappingsView.as_view()),
    path("sources/", sources.SourcesView.as_view()),
    path("sources/<uuid:source_id>/", sources.SourceView.as_view()),
    path("sources/<uuid:source_id>/credential/", sources.SourceCredentialView.as_view()),
    path("sources/<uuid:source_id>/test/", sources.SourceTestView.as_view()),
    path("sources/<uuid:source_id>/run/", sources.SourceRunNowView.as_view()),
    path("sources/<uuid:source_id>/pause/", sources.SourcePauseView.as_view()),
    path("sources/<uuid:source_id>/resume/", sources.SourceResumeView.as_view()),
    path("sources/<uuid:source_id>/runs/", sources.SourceRunsView.as_view()),
    path("sources/<uuid:source_id>/runs/<uuid:run_id>/", sources.SourceRunView.as_view()),
    path("anomalies/", watching.AnomaliesView.as_view()),
    path("anomalies/<uuid:anomaly_id>/", watching.AnomalyView.as_view()),
    path("anomalies/<uuid:anomaly_id>/decide/", watching.AnomalyDecisionView.as_view()),
    path("held-days/", watching.HeldDaysView.as_view()),
    path("held-days/<uuid:held_id>/accept/", watching.AcceptHeldDayView.as_view()),
    path("held-days/<uuid:held_id>/refuse/", watching.RefuseHeldDayView.as_view()),
    path("calendar/", days.CalendarView.as_view()),
    path("day-history/", days.DayHistoryView.as_view()),
    path("differences/", days.DifferenceView.as_view()),
    path("freshness/", days.FreshnessView.as_view()),
]

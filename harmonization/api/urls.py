"""Addresses of this app's API."""

from django.urls import path

from harmonization.api import facts, imports, mappings, sources

urlpatterns = [
    path("imports/", imports.ImportsView.as_view()),
    path("imports/<uuid:import_id>/", imports.ImportView.as_view()),
    path("imports/<uuid:import_id>/reconciliation/", imports.ImportReconciliationView.as_view()),
    path("imports/<uuid:import_id>/rejects/", imports.ImportRejectsView.as_view()),
    path("facts/", facts.FactsView.as_view()),
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
]

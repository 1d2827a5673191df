"""Addresses of this app's API."""

from django.urls import path

from harmonization.api import facts, imports, mappings

urlpatterns = [
    path("imports/", imports.ImportsView.as_view()),
    path("imports/<uuid:import_id>/", imports.ImportView.as_view()),
    path("imports/<uuid:import_id>/reconciliation/", imports.ImportReconciliationView.as_view()),
    path("imports/<uuid:import_id>/rejects/", imports.ImportRejectsView.as_view()),
    path("facts/", facts.FactsView.as_view()),
    path("mappings/", mappings.MappingsView.as_view()),
]

"""Addresses of this app inside a tenant."""

from django.urls import path

from harmonization.views import imports, mappings, uploads

app_name = "harmonization"

urlpatterns = [
    path("", imports.import_list, name="import_list"),
    path("upload/", uploads.upload, name="upload"),
    path("sample/", uploads.import_sample, name="import_sample"),
    path("imports/<uuid:import_id>/", imports.import_detail, name="import_detail"),
    path("imports/<uuid:import_id>/progress/", imports.import_progress, name="import_progress"),
    path("imports/<uuid:import_id>/rejects.csv", imports.import_rejects, name="import_rejects"),
    path(
        "imports/<uuid:import_id>/reconciliation/<slug:metric>/",
        imports.import_reconciliation,
        name="import_reconciliation",
    ),
    path("mappings/", mappings.mapping_list, name="mapping_list"),
    path("mappings/<slug:name>/", mappings.mapping_detail, name="mapping_detail"),
    path("mappings/<slug:name>/compare/", mappings.mapping_difference, name="mapping_difference"),
    path("mappings/<slug:name>/versions/<int:number>/", mappings.mapping_version, name="mapping_version"),
    path("mappings/<slug:name>/versions/<int:number>/restore/", mappings.mapping_restore, name="mapping_restore"),
]

"""Addresses of this app inside a tenant."""

from django.urls import path

from harmonization.views import (
    anomalies,
    calendar,
    days,
    held_days,
    imports,
    mapping_drafts,
    mapping_editor,
    mappings,
    uploads,
)

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
    path("drafts/<uuid:draft_id>/", mapping_drafts.draft_confirm, name="draft_confirm"),
    path("drafts/<uuid:draft_id>/preview/", mapping_drafts.draft_confirm_preview, name="draft_confirm_preview"),
    path("drafts/<uuid:draft_id>/discard/", mapping_drafts.draft_discard, name="draft_discard"),
    path("drafts/<uuid:draft_id>/edit/", mapping_editor.draft_edit, name="draft_edit"),
    path("drafts/<uuid:draft_id>/edit/preview/", mapping_editor.draft_edit_preview, name="draft_edit_preview"),
    path("drafts/<uuid:draft_id>/text/", mapping_editor.draft_text, name="draft_text"),
    path("drafts/<uuid:draft_id>/save/", mapping_editor.draft_save, name="draft_save"),
    path("imports/<uuid:import_id>/mapping/", mapping_editor.import_edit, name="import_edit"),
    path("mappings/<slug:name>/versions/<int:number>/edit/", mapping_editor.version_edit, name="version_edit"),
    path("mappings/", mappings.mapping_list, name="mapping_list"),
    path("mappings/<slug:name>/", mappings.mapping_detail, name="mapping_detail"),
    path("mappings/<slug:name>/compare/", mappings.mapping_difference, name="mapping_difference"),
    path("mappings/<slug:name>/versions/<int:number>/", mappings.mapping_version, name="mapping_version"),
    path("mappings/<slug:name>/versions/<int:number>/restore/", mappings.mapping_restore, name="mapping_restore"),
    path("calendar/", calendar.calendar_page, name="calendar"),
    path("days/<path:retailer_id>/<str:day>/", days.day_detail, name="day_detail"),
    path("console/<path:retailer_id>/<str:day>/<slug:metric>/", days.day_metric, name="day_metric"),
    path("anomalies/", anomalies.anomaly_list, name="anomaly_list"),
    path("anomalies/<uuid:anomaly_id>/", anomalies.anomaly_detail, name="anomaly_detail"),
    path("anomalies/<uuid:anomaly_id>/decide/", anomalies.anomaly_decide, name="anomaly_decide"),
    path("held/", held_days.held_list, name="held_list"),
    path("held/<uuid:held_id>/accept/", held_days.held_accept, name="held_accept"),
    path("held/<uuid:held_id>/refuse/", held_days.held_refuse, name="held_refuse"),
]

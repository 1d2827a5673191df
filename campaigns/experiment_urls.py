"""Addresses of experiments inside a tenant."""

from django.urls import path

from campaigns.views import experiment_acts, experiment_pages, experiment_wizard, uplift

app_name = "experiments"

urlpatterns = [
    path("", experiment_pages.experiment_list, name="list"),
    path("new/", experiment_wizard.experiment_new, name="new"),
    path("uplift/", uplift.uplift_list, name="uplift_list"),
    path("uplift/new/", uplift.uplift_new, name="uplift_new"),
    path("uplift/<uuid:operation_id>/", uplift.uplift_detail, name="uplift_detail"),
    path("<uuid:pk>/", experiment_pages.experiment_detail, name="detail"),
    path("<uuid:pk>/progress/", experiment_pages.experiment_progress, name="progress"),
    path("<uuid:pk>/design/", experiment_wizard.experiment_design, name="design"),
    path("<uuid:pk>/register/", experiment_wizard.experiment_register, name="register"),
    path("<uuid:pk>/start/", experiment_acts.experiment_start, name="start"),
    path("<uuid:pk>/stop/", experiment_acts.experiment_stop, name="stop"),
    path("<uuid:pk>/read/", experiment_wizard.experiment_read, name="read"),
    path("<uuid:pk>/apply/", experiment_acts.experiment_apply, name="apply"),
    path("<uuid:pk>/undo/", experiment_acts.experiment_undo, name="undo"),
    path("<uuid:pk>/readout/", experiment_pages.experiment_readout, name="readout"),
]

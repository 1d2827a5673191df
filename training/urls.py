"""Addresses of training inside a tenant."""

from django.urls import path

from training.views import dataset_pages, evaluation_pages, run_acts, run_pages

app_name = "training"

urlpatterns = [
    path("", run_pages.run_list, name="run_list"),
    path("compare/", run_pages.run_compare, name="run_compare"),
    path("new/", run_acts.run_new, name="run_new"),
    path("runs/<uuid:pk>/", run_pages.run_detail, name="run_detail"),
    path("runs/<uuid:pk>/progress/", run_pages.run_progress, name="run_progress"),
    path("runs/<uuid:pk>/stop/", run_acts.run_stop, name="run_stop"),
    path("runs/<uuid:pk>/resume/", run_acts.run_resume, name="run_resume"),
    path("adapters/<uuid:pk>/", evaluation_pages.adapter_evaluations, name="adapter_evaluations"),
    path("adapters/<uuid:pk>/evaluate/", evaluation_pages.adapter_evaluate, name="adapter_evaluate"),
    path("datasets/", dataset_pages.dataset_list, name="dataset_list"),
    path("datasets/new/", dataset_pages.dataset_new, name="dataset_new"),
    path("datasets/<uuid:pk>/", dataset_pages.dataset_detail, name="dataset_detail"),
]

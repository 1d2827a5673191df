"""Addresses of training in the API."""

from django.urls import include, path

from training.api import datasets, evaluations, runs

routes = [
    path("training/datasets/", datasets.DatasetsView.as_view(), name="datasets"),
    path("training/datasets/<uuid:pk>/", datasets.DatasetView.as_view(), name="dataset"),
    path("adapters/<uuid:pk>/evaluations/", evaluations.EvaluationsView.as_view(), name="evaluations"),
    path("training/runs/", runs.RunsView.as_view(), name="runs"),
    path("training/runs/<uuid:pk>/", runs.RunView.as_view(), name="run"),
]

urlpatterns = [path("", include((routes, "training-api")))]

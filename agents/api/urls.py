"""Addresses of this app's API."""

from django.urls import path

from agents.api import adapters

urlpatterns = [
    path("adapters/", adapters.AdaptersView.as_view()),
    path("adapters/<uuid:adapter_id>/", adapters.AdapterView.as_view()),
    path("adapters/<uuid:adapter_id>/promote/", adapters.AdapterPromoteView.as_view()),
    path("adapters/<uuid:adapter_id>/try/", adapters.AdapterTryView.as_view()),
    path("adapters/<uuid:adapter_id>/roll-back/", adapters.AdapterRollBackView.as_view()),
    path("compositions/", adapters.CompositionsView.as_view()),
    path("model-health/", adapters.ModelHealthView.as_view()),
]

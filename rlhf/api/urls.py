"""Addresses of people's judgements in the API."""

from django.urls import include, path

from rlhf.api import comparison, feedback

routes = [
    path("agent-runs/<uuid:pk>/feedback/", feedback.FeedbackView.as_view(), name="feedback"),
    path("adapters/<uuid:adapter_id>/comparison/", comparison.ComparisonView.as_view(), name="comparison"),
]

urlpatterns = [path("", include((routes, "rlhf-api")))]

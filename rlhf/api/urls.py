"""Addresses of people's judgements in the API."""

from django.urls import include, path

from rlhf.api import feedback

routes = [path("agent-runs/<uuid:pk>/feedback/", feedback.FeedbackView.as_view(), name="feedback")]

urlpatterns = [path("", include((routes, "rlhf-api")))]

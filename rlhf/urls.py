"""Addresses of people's judgements inside a tenant."""

from django.urls import path

from rlhf.views import comparison, feedback

app_name = "rlhf"

urlpatterns = [
    path("feedback/<uuid:run_id>/", feedback.feedback, name="feedback"),
    path("feedback/adapters/<uuid:adapter_id>/", comparison.comparison, name="adapter_comparison"),
]

"""Addresses of agents' answers and of what they read, inside a tenant."""

from django.urls import path

from agents.views import knowledge, runs

app_name = "answers"

urlpatterns = [
    path("answers/", runs.run_list, name="list"),
    path("answers/about/", runs.runs_here, name="here"),
    path("answers/<uuid:pk>/", runs.run_detail, name="detail"),
    path("answers/plans/<uuid:pk>/", runs.plan_rationale, name="plan_rationale"),
    path("knowledge/", knowledge.knowledge, name="knowledge"),
    path("knowledge/add/", knowledge.playbook_add, name="playbook_add"),
]

"""Addresses of the agents in the API."""

from django.urls import include, path

from agents.api import runs

routes = [
    path("agent-runs/", runs.AgentRunsView.as_view(), name="runs"),
    path("agent-runs/<uuid:pk>/", runs.AgentRunView.as_view(), name="run"),
    path("plans/<uuid:pk>/rationale/", runs.PlanRationaleView.as_view(), name="plan_rationale"),
    path("knowledge/search/", runs.KnowledgeSearchView.as_view(), name="knowledge_search"),
    path("playbooks/", runs.PlaybooksView.as_view(), name="playbooks"),
]

urlpatterns = [path("", include((routes, "answers-api")))]

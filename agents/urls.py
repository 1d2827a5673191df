"""Addresses of the agents inside a tenant."""

from django.urls import path

from agents.views import knowledge, runs

app_name = "agents"

urlpatterns = [
    path("agents/", runs.run_list, name="runs"),
    path("agents/<uuid:pk>/", runs.run_detail, name="run"),
    path("knowledge/", knowledge.knowledge, name="knowledge"),
    path("knowledge/add/", knowledge.playbook_add, name="playbook_add"),
]

"""Addresses of the agents: what they wear."""

from django.urls import path

from agents.views import adapters, federation

app_name = "agents"

urlpatterns = [
    path("", federation.federation, name="federation"),
    path("adapters/", adapters.adapter_list, name="adapter_list"),
    path("adapters/<uuid:adapter_id>/", adapters.adapter_detail, name="adapter_detail"),
    path("adapters/<uuid:adapter_id>/promote/", adapters.adapter_promote, name="adapter_promote"),
    path("adapters/<uuid:adapter_id>/try/", adapters.adapter_try, name="adapter_try"),
    path("adapters/<uuid:adapter_id>/roll-back/", adapters.adapter_roll_back, name="adapter_roll_back"),
]

"""Addresses of copy and the policies it is held to, inside a tenant."""

from django.urls import path

from campaigns.views import copy_checks

app_name = "creatives"

urlpatterns = [
    path("check/", copy_checks.copy_check, name="check"),
    path("policies/", copy_checks.pack_list, name="packs"),
    path("policies/load/", copy_checks.packs_load, name="packs_load"),
    path("policies/<slug:name>/", copy_checks.pack_detail, name="pack"),
]

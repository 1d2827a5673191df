"""Addresses of the composed pages inside a tenant."""

from django.urls import path

from rmn_site.home import dashboard

app_name = "home"

urlpatterns = [path("", dashboard.dashboard, name="dashboard")]

"""A tenant's addresses with a view that forgot to declare what it needs."""

from django.http import HttpResponse
from django.urls import path

from tenants.urls import urlpatterns as tenant_urlpatterns

app_name = "operations"


def undeclared(request):
    return HttpResponse("open by mistake")


urlpatterns = [path("undeclared/", undeclared), *tenant_urlpatterns]

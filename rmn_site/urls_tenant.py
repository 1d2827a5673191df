"""Addresses inside a tenant: the portal, its API and the API's documentation."""

from django.urls import include, path

from rmn_site import api_docs, errors

urlpatterns = [
    path("", include("rmn_site.home.urls")),
    path("data/", include("harmonization.urls")),
    path("plans/", include("campaigns.urls")),
    path("experiments/", include("campaigns.experiment_urls")),
    path("creatives/", include("campaigns.creative_urls")),
    path("agents/", include("agents.urls")),
    path("", include("agents.answer_urls")),
    path("", include("rlhf.urls")),
    path("training/", include("training.urls")),
    path("", include("tenants.urls")),
    path("api/v1/", include("harmonization.api.urls")),
    path("api/v1/", include("campaigns.api.urls")),
    path("api/v1/", include("agents.api.answer_urls")),
    path("api/v1/", include("rlhf.api.urls")),
    path("api/v1/", include("agents.api.urls")),
    path("api/v1/", include("training.api.urls")),
    path("api/v1/", include("tenants.api.urls")),
    path("api/schema/", api_docs.schema, name="schema"),
    path("api/docs/", api_docs.swagger, name="api_docs"),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error

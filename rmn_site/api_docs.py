"""The OpenAPI document and its offline page, for members of the tenant."""

from csp.constants import NONE, SELF
from csp.decorators import csp_replace
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from tenants.api.permissions import IsMember

DOCS_POLICY = {
    "script-src": [SELF],
    "style-src": [SELF, "'unsafe-inline'"],
    "worker-src": ["blob:"],
    "default-src": [NONE],
}

schema = SpectacularAPIView.as_view(permission_classes=[IsMember], urlconf="rmn_site.urls_tenant")
swagger = csp_replace(DOCS_POLICY)(
    SpectacularSwaggerSplitView.as_view(url_name="schema", permission_classes=[IsMember])
)

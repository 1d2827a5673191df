"""Every page, light and dark, on a desk and on a phone: accessible, silent, self-contained, not too wide."""

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import URLPattern, URLResolver, get_resolver

from rmn_site.tests.browser.axe import overflows, violations
from rmn_site.tests.browser.conftest import HEIGHT
from rmn_site.tests.browser.portal_pages import NOT_PAGES, PAGES, PortalPage

URLCONFS = (settings.TENANT_URLCONF, settings.ROOT_URLCONF)
WIDTHS = (1280, 390)
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'"
)


@pytest.mark.browser
@pytest.mark.parametrize("shown", PAGES, ids=[page.name for page in PAGES])
def test_page_is_accessible_and_self_contained_in_all_settings(shown, live_site, views):
    found = []
    for scheme in ("light", "dark"):
        page, complaints = views(shown.person, scheme)
        complaints.clear()
        status = _open(page=page, shown=shown, site=live_site)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": HEIGHT})
            found += [f"{scheme} {width}: {violation}" for violation in violations(page)]
            found += [f"{scheme} {width}: wider than the screen"] if overflows(page) else []
        found += [f"{scheme}: {complaint}" for complaint in complaints.all() if not _is_the_page(complaint, shown)]

        assert status == shown.status

    assert not found, "\n".join(found)


def test_every_route_is_looked_at_or_said_to_be_no_page():
    routes = {name for urlconf in URLCONFS for name in _page_routes(get_resolver(urlconf))}
    named = {page.route for page in PAGES if page.route} | set(NOT_PAGES)

    assert routes - named == set(), "add them to PAGES or NOT_PAGES"
    assert named - routes == set(), "no longer routes"


def _open(*, page, shown: PortalPage, site) -> int:
    address = f"{site.url}{shown.path.format_map(site.seeded)}"
    if shown.rendered:
        content = render_to_string(shown.rendered, {"request_id": "0198f7a2", "minutes": 15, "reason": "Too old."})
        headers = {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": POLICY}
        page.route(address, lambda route: route.fulfill(status=shown.status, body=content, headers=headers), times=1)
    response = page.goto(address, wait_until="load")
    page.evaluate("document.fonts.ready")
    return response.status


def _is_the_page(complaint: str, shown: PortalPage) -> bool:
    """An error page is itself an answer with that status, which the browser reports twice."""
    return shown.status >= 400 and str(shown.status) in complaint and "static" not in complaint


def _page_routes(resolver: URLResolver, namespace: str = "") -> list[str]:
    """Names of the routes outside the API and the platform admin."""
    names = []
    for one in resolver.url_patterns:
        if str(one.pattern).startswith(("api/v1/", "admin/")):
            continue
        if isinstance(one, URLPattern):
            names.append(f"{namespace}{one.name}")
        else:
            names += _page_routes(one, f"{namespace}{one.namespace}:" if one.namespace else namespace)
    return names

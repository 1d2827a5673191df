"""Where Amazon Ads answers: sign-in, the API by region, and the stores that reports are downloaded from.

Source: Amazon Ads API overview, "API endpoints"; report links lead to S3 (offline-report-storage-…).
"""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from harmonization.connectors.guarded_http import HostRule

REGIONS = {
    "NA": "https://advertising-api.amazon.com",
    "EU": "https://advertising-api-eu.amazon.com",
    "FE": "https://advertising-api-fe.amazon.com",
}
TOKEN_URL = "https://api.amazon.com/auth/o2/token"  # noqa: S105 - an address, not a secret
STORES = re.compile(r"offline-report-storage[a-z0-9-]*\.s3([.-][a-z]{2}-[a-z]+-\d)?\.amazonaws\.com")


@dataclass(frozen=True, kw_only=True)
class Hosts:
    """Addresses of one region, and the rules for asking and for downloading."""

    token_url: str
    api: str
    asking: HostRule
    downloading: HostRule


def hosts_of(*, region: str, test_endpoint: str) -> Hosts:
    """Amazon's; with a ``test_endpoint`` a server of one's own that keeps each region under its name in lower case."""
    if test_endpoint:
        parts = urlsplit(test_endpoint)
        only = HostRule(test_origin=f"{parts.scheme}://{parts.netloc}")
        api = f"{test_endpoint}/{region.lower()}"
        return Hosts(token_url=f"{test_endpoint}/auth/o2/token", api=api, asking=only, downloading=only)
    named = frozenset(urlsplit(url).hostname or "" for url in (TOKEN_URL, REGIONS[region]))
    return Hosts(
        token_url=TOKEN_URL,
        api=REGIONS[region],
        asking=HostRule(hosts=named),
        downloading=HostRule(pattern=STORES),
    )

"""HTTP to a short list of hosts: https only, bounded in time and size, nothing secret in errors."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

import urllib3

from harmonization.connectors.protocol import SourceBusy, SourceRefused

TIMEOUT = urllib3.Timeout(connect=5, read=30)
LARGEST_ANSWER = 5_000_000
CHUNK = 262_144
MOST_REDIRECTS = 3
REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, kw_only=True)
class HostRule:
    """Hosts that may be spoken to. ``test_origin`` (scheme, host and port) is allowed besides, in tests only."""

    hosts: frozenset[str] = frozenset()
    pattern: re.Pattern[str] | None = None
    test_origin: str = ""

    def allows(self, url: str) -> bool:
        """https on the usual port, to a listed host, without a user in the address."""
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            return False
        if self.test_origin and f"{parts.scheme}://{parts.netloc}" == self.test_origin:
            return True
        host = (parts.hostname or "").lower()
        is_listed = host in self.hosts or bool(self.pattern and self.pattern.fullmatch(host))
        return parts.scheme == "https" and is_listed and port in {None, 443} and "@" not in parts.netloc


@dataclass(frozen=True, kw_only=True)
class Answer:
    """Status, headers (lower-case names) and the JSON body (None where it is none)."""

    status: int
    headers: Mapping[str, str]
    body: Any = field(repr=False)

    @property
    def retry_after(self) -> float | None:
        """Seconds from the Retry-After header, where it gives a number."""
        text = self.headers.get("retry-after", "")
        return float(text) if text.isascii() and text.isdigit() else None


class GuardedHttp:
    """A client of one connector."""

    def __init__(self, *, rule: HostRule, called: str) -> None:
        self.rule, self.called = rule, called
        self.pool = urllib3.PoolManager(retries=False, timeout=TIMEOUT)

    def ask(
        self,
        *,
        method: str,
        url: str,
        headers: Mapping[str, str],
        json_body: Mapping[str, Any] | None = None,
        form: Mapping[str, str] | None = None,
    ) -> Answer:
        """One request whose answer is JSON. Redirects are not followed. Raises SourceBusy, SourceRefused."""
        body = json.dumps(json_body).encode() if json_body is not None else None
        response = self._open(method=method, url=url, headers=dict(headers), body=body, form=form)
        try:
            content = b"".join(_bounded(response, limit=LARGEST_ANSWER, called=self.called))
        except urllib3.exceptions.HTTPError as error:
            raise self._unreachable(error) from None
        finally:
            response.release_conn()
        return Answer(status=response.status, headers=_lowered(response), body=_parsed(content))

    def download(self, *, url: str, limit: int) -> Iterator[bytes]:
        """The bytes at ``url`` as they are stored, at most ``limit``; redirects only to allowed hosts.

        Raises LinkExpired for 403, 404 and 410; SourceBusy, SourceRefused.
        """
        response = self._follow(url)
        try:
            if response.status in {403, 404, 410}:
                raise LinkExpired
            if response.status != 200:
                detail = f"{self.called} answered {response.status} to the download."
                raise SourceBusy(title="The download failed", detail=detail)
            yield from _bounded(response, limit=limit, called=self.called)
        except urllib3.exceptions.HTTPError as error:
            raise self._unreachable(error) from None
        finally:
            response.close()

    def _follow(self, url: str) -> urllib3.BaseHTTPResponse:
        for _ in range(MOST_REDIRECTS + 1):
            response = self._open(method="GET", url=url, headers={"Accept-Encoding": "identity"})
            if response.status not in REDIRECTS:
                return response
            url = urljoin(url, response.headers.get("Location", ""))
            response.close()
        raise SourceRefused(title="Too many redirects", detail=f"{self.called} led the download in a circle.")

    def _open(
        self,
        *,
        method: str,
        url: str,
        headers: dict[str, str],
        body: bytes | None = None,
        form: Mapping[str, str] | None = None,
    ) -> urllib3.BaseHTTPResponse:
        if not self.rule.allows(url):
            detail = f"{self.called} named an address that this site does not speak to: {urlsplit(url).hostname}."
            raise SourceRefused(title="The address is not allowed", detail=detail)
        options: dict[str, Any] = {"headers": headers, "preload_content": False, "redirect": False}
        try:
            if form is not None:
                return self.pool.request(method, url, fields=form, encode_multipart=False, **options)
            return self.pool.request(method, url, body=body, **options)
        except urllib3.exceptions.HTTPError as error:
            raise self._unreachable(error) from None

    def _unreachable(self, error: Exception) -> SourceBusy:
        """Only the kind of the error: urllib3's messages repeat addresses, which may carry signatures."""
        return SourceBusy(
            title=f"{self.called} cannot be reached", detail=f"The connection failed ({type(error).__name__})."
        )


class LinkExpired(Exception):
    """A download link that no longer works; a fresh one has to be asked for."""


def _bounded(response: urllib3.BaseHTTPResponse, *, limit: int, called: str) -> Iterator[bytes]:
    size = 0
    for chunk in response.stream(CHUNK, decode_content=False):
        size += len(chunk)
        if size > limit:
            detail = f"{called} sent more than {limit:,} bytes."
            raise SourceRefused(title="The answer is too large", detail=detail, fix="Ask for fewer days at a time.")
        yield chunk


def _lowered(response: urllib3.BaseHTTPResponse) -> dict[str, str]:
    return {name.lower(): value for name, value in response.headers.items()}


def _parsed(content: bytes) -> Any:
    try:
        return json.loads(content)
    except ValueError:
        return None

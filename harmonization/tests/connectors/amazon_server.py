"""A server that answers as Amazon Ads does: tokens, profiles, reports of version 3, and their download links.

Run it by hand with ``python -m harmonization.tests.connectors.amazon_server``. Its clock is the test's, so a report can
take three hours in no time. Troubles are queued by the test and answered once each, first come first served.
"""

import gzip
import json
import re
import sys
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

CREATE_TYPE = "application/vnd.createasyncreportrequest.v3+json"
SECRETS = {
    "client_id": "amzn1.application-oa2-client.0123456789",
    "client_secret": "amzn1.oa2-cs.v1.secret-of-the-client-9z",
    "refresh_token": "Atzr|refresh-token-that-nobody-may-see-42",
}
PROFILE = {
    "profileId": 1234567890,
    "countryCode": "US",
    "currencyCode": "USD",
    "timezone": "America/Los_Angeles",
    "accountInfo": {"marketplaceStringId": "ATVPDKIKX0DER", "id": "A1", "type": "vendor", "name": "Acme Foods"},
}
LONGEST_DAYS, KEPT_DAYS = 31, 95
LINK_LIFE = timedelta(minutes=60)


@dataclass
class Report:
    """One report: its request, when it is ready, and how it ends."""

    body: dict[str, Any]
    ready_at: datetime
    failure: str = ""
    links: dict[str, datetime] = field(default_factory=dict)


@dataclass
class Trouble:
    """An answer in place of the right one, to the next request whose path matches."""

    path: str
    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: Any = None


@dataclass
class FakeAmazon:
    """The state behind the server; tests read and set it."""

    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    region: str = "na"
    takes: timedelta = timedelta(0)
    failure: str = ""
    rows: Callable[[date, date], list[dict[str, Any]]] = lambda start, end: []
    cut_downloads: int = 0
    expire_links: int = 0
    redirect_to: str = ""
    token_life: int = 1_000_000
    reports: dict[str, Report] = field(default_factory=dict)
    troubles: list[Trouble] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)
    uses: int = 0
    origin: str = ""
    lock: threading.Lock = field(default_factory=threading.Lock)

    def next_trouble(self, path: str) -> Trouble | None:
        found = next((one for one in self.troubles if re.search(one.path, path)), None)
        if found is not None:
            self.troubles.remove(found)
        return found

    def create(self, body: dict[str, Any]) -> tuple[int, Any]:
        refusal = self._refusal(body)
        if refusal:
            return 400, {"code": "400", "detail": refusal}
        for report_id, report in self.reports.items():
            if report.body == body and report.ready_at > self.now():
                return 425, {"code": "425", "detail": f"The Request is a duplicate of : {report_id}"}
        report_id = str(uuid.uuid4())
        self.reports[report_id] = Report(body=body, ready_at=self.now() + self.takes, failure=self.failure)
        return 200, self.state(report_id)

    def state(self, report_id: str) -> dict[str, Any]:
        report = self.reports[report_id]
        answer = {**report.body, "reportId": report_id, "status": "PENDING", "failureReason": None, "url": None}
        if report.ready_at > self.now():
            return answer | {"urlExpiresAt": None, "fileSize": None}
        if report.failure:
            return answer | {"status": "FAILED", "failureReason": report.failure}
        link, ends = uuid.uuid4().hex, self.now() + LINK_LIFE
        if self.expire_links > 0:
            self.expire_links -= 1
            ends = self.now() - timedelta(seconds=1)
        report.links[link] = ends
        url = f"{self.origin}/store/report-{report_id}.json.gz?X-Amz-Signature={link}"
        return answer | {"status": "COMPLETED", "url": url, "urlExpiresAt": ends.isoformat(), "fileSize": 100}

    def packed(self, report_id: str, link: str) -> bytes | None:
        report = self.reports[report_id]
        if report.links.get(link, self.now()) <= self.now():
            return None
        start, end = (date.fromisoformat(report.body[name]) for name in ("startDate", "endDate"))
        columns = report.body["configuration"]["columns"]
        rows = [{name: row[name] for name in columns if name in row} for row in self.rows(start, end)]
        packed = gzip.compress(json.dumps(rows).encode(), mtime=0)
        if self.cut_downloads > 0:
            self.cut_downloads -= 1
            return packed[: len(packed) // 2]
        return packed

    def _refusal(self, body: dict[str, Any]) -> str:
        configuration = body.get("configuration", {})
        wanted = {"adProduct", "groupBy", "columns", "reportTypeId", "timeUnit", "format"}
        if set(body) != {"name", "startDate", "endDate", "configuration"} or set(configuration) != wanted:
            return "request body is not valid"
        start, end = date.fromisoformat(body["startDate"]), date.fromisoformat(body["endDate"])
        if configuration["timeUnit"] == "DAILY" and "date" not in configuration["columns"]:
            return "configuration columns must include date"
        if (end - start).days >= LONGEST_DAYS or end < start:
            return f"startDate to endDate range is over the maximum of {LONGEST_DAYS} days"
        if start < self.now().date() - timedelta(days=KEPT_DAYS):
            return f"startDate is more than {KEPT_DAYS} days ago"
        return ""


class Handler(BaseHTTPRequestHandler):
    """Thin: finds the answer in the state."""

    protocol_version = "HTTP/1.1"
    amazon: FakeAmazon

    def do_POST(self) -> None:
        content = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self._serve(content)

    def do_GET(self) -> None:
        self._serve(b"")

    def log_message(self, *args: Any) -> None:
        """Says nothing."""

    def _serve(self, content: bytes) -> None:
        path = urlsplit(self.path).path
        with self.amazon.lock:
            self.amazon.requests.append(f"{self.command} {path}")
            trouble = self.amazon.next_trouble(path)
            if trouble is not None:
                self._answer(trouble.status, trouble.body, **trouble.headers)
            elif path == "/auth/o2/token":
                self._token(parse_qs(content.decode()))
            elif path.startswith("/store/"):
                self._store(path)
            else:
                self._api(path, content)

    def _token(self, form: dict[str, list[str]]) -> None:
        sent = {name: values[0] for name, values in form.items()}
        if sent.get("grant_type") != "refresh_token" or sent.get("refresh_token") != SECRETS["refresh_token"]:
            self._answer(400, {"error": "invalid_grant", "error_description": "The request has an invalid grant"})
        elif any(sent.get(name) != SECRETS[name] for name in ("client_id", "client_secret")):
            self._answer(401, {"error": "invalid_client", "error_description": "Client authentication failed"})
        else:
            self.amazon.tokens.append(f"Atza|{uuid.uuid4()}")
            self.amazon.uses = 0
            body = {"access_token": self.amazon.tokens[-1], "token_type": "bearer", "expires_in": 3600}
            self._answer(200, body)

    def _api(self, path: str, content: bytes) -> None:
        token = self.headers.get("Authorization", "").removeprefix("Bearer ")
        self.amazon.uses += 1
        if not self.amazon.tokens or token != self.amazon.tokens[-1] or self.amazon.uses > self.amazon.token_life:
            self._answer(401, {"code": "UNAUTHORIZED", "details": "Not authorized to access this API"})
            return
        region, _, rest = path.strip("/").partition("/")
        profiles = [PROFILE] if region == self.amazon.region else []
        if rest == "v2/profiles":
            self._answer(200, profiles)
        elif not profiles or self.headers.get("Amazon-Advertising-API-Scope") != str(PROFILE["profileId"]):
            self._answer(403, {"code": "403", "details": "Not authorized to manage this profile"})
        elif self.headers.get("Amazon-Advertising-API-ClientId") != SECRETS["client_id"]:
            self._answer(401, {"code": "UNAUTHORIZED", "details": "Not authorized to access scope"})
        else:
            self._reporting(rest, content)

    def _reporting(self, rest: str, content: bytes) -> None:
        if rest == "reporting/reports" and self.command == "POST":
            if self.headers.get("Content-Type") != CREATE_TYPE:
                self._answer(415, {"message": "Unsupported Media Type"})
                return
            self._answer(*self.amazon.create(json.loads(content)))
            return
        report_id = rest.rpartition("/")[2]
        if report_id in self.amazon.reports:
            self._answer(200, self.amazon.state(report_id))
        else:
            self._answer(404, {"code": "404", "detail": "report was not found"})

    def _store(self, path: str) -> None:
        if self.headers.get("Authorization"):
            self._answer(400, None)
            return
        if self.amazon.redirect_to:
            self._answer(302, None, Location=self.amazon.redirect_to)
            return
        report_id = re.sub(r"^report-|\.json\.gz$", "", path.rpartition("/")[2])
        link = parse_qs(urlsplit(self.path).query)["X-Amz-Signature"][0]
        packed = self.amazon.packed(report_id, link)
        if packed is None:
            self._answer(403, None)
            return
        self.send_response(200)
        self.send_header("Content-Length", str(len(packed)))
        self.end_headers()
        self.wfile.write(packed)

    def _answer(self, status: int, body: Any, **headers: str) -> None:
        content = b"" if body is None else json.dumps(body).encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@contextmanager
def serving(amazon: FakeAmazon) -> Iterator[FakeAmazon]:
    """The server on a free port of 127.0.0.1 until the block ends."""
    handler = type("AmazonHandler", (Handler,), {"amazon": amazon})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    amazon.origin = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield amazon
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


if __name__ == "__main__":
    with serving(FakeAmazon()) as running:
        sys.stdout.write(f"{running.origin}\n")
        threading.Event().wait()

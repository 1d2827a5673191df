"""The calls of the reporting API: a token by refresh, a report asked for, its state, its profile.

Source: Amazon Ads API guides, "Get started with version 3 reports", "Access tokens", "Rate limiting".
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from harmonization.connectors.amazon_ads.hosts import Hosts
from harmonization.connectors.amazon_ads.report_types import ReportType
from harmonization.connectors.guarded_http import Answer, GuardedHttp
from harmonization.connectors.protocol import SourceBusy, SourceRefused
from harmonization.timing.day_windows import DayWindow

CONTENT_TYPE = "application/vnd.createasyncreportrequest.v3+json"
DUPLICATE = re.compile(r"duplicate of\s*:\s*([0-9a-fA-F-]{36})")
REPORT_ID = re.compile(r"[0-9A-Za-z-]{8,64}")


@dataclass(frozen=True, kw_only=True)
class ReportState:
    """What Amazon says of a report; ``url`` is a link that expires, so it is neither kept nor shown."""

    status: str
    failure_reason: str
    url: str = field(repr=False)

    @property
    def is_pending(self) -> bool:
        return self.status in {"PENDING", "PROCESSING"}


class AmazonClient:
    """Asks in the name of one profile; the access token lives as long as this object."""

    def __init__(self, *, hosts: Hosts, profile_id: str, secrets: Mapping[str, str]) -> None:
        self.hosts, self.profile_id, self._secrets = hosts, profile_id, secrets
        self.http = GuardedHttp(rule=hosts.asking, called="Amazon Ads")
        self._token = ""

    def profile(self) -> Mapping[str, Any]:
        """The profile of this source. Raises SourceRefused when the region has no such profile."""
        answer = self._ask(method="GET", path="/v2/profiles", scoped=False)
        profiles = answer.body if isinstance(answer.body, list) else []
        found = next((one for one in profiles if str(one.get("profileId")) == self.profile_id), None)
        if found is None:
            raise _wrong_profile()
        return dict(found)

    def request_report(self, *, report_type: ReportType, window: DayWindow) -> str:
        """Ask for a daily report; its id. A duplicate (425) leads to the report that is there already."""
        body = {
            "name": f"{report_type.report_type_id} {window.start} {window.end}",
            "startDate": window.start.isoformat(),
            "endDate": window.end.isoformat(),
            "configuration": {
                "adProduct": "SPONSORED_PRODUCTS",
                "groupBy": list(report_type.group_by),
                "columns": list(report_type.columns),
                "reportTypeId": report_type.report_type_id,
                "timeUnit": "DAILY",
                "format": "GZIP_JSON",
            },
        }
        answer = self._ask(method="POST", path="/reporting/reports", body=body, accepted={200, 202, 425})
        if answer.status == 425:
            found = DUPLICATE.search(_detail(answer))
            if found is None:
                detail = "Amazon says that such a report is under way, and does not say which."
                raise SourceBusy(title="Too soon for this report", detail=detail, retry_after=answer.retry_after)
            return found.group(1)
        return _report_id(answer)

    def report_state(self, *, report_id: str) -> ReportState:
        """Raises SourceRefused, SourceBusy."""
        answer = self._ask(method="GET", path=f"/reporting/reports/{report_id}")
        body = answer.body if isinstance(answer.body, dict) else {}
        return ReportState(
            status=str(body.get("status", "")).upper(),
            failure_reason=str(body.get("failureReason") or "")[:300],
            url=str(body.get("url") or ""),
        )

    def _ask(
        self,
        *,
        method: str,
        path: str,
        body: Mapping[str, Any] | None = None,
        accepted: frozenset[int] | set[int] = frozenset({200}),
        scoped: bool = True,
    ) -> Answer:
        """One call; an access token that ran out is renewed once."""
        answer = self._once(method=method, path=path, body=body, scoped=scoped)
        if answer.status == 401:
            self._token = ""
            answer = self._once(method=method, path=path, body=body, scoped=scoped)
        if answer.status not in accepted:
            raise _refusal(answer)
        return answer

    def _once(self, *, method: str, path: str, body: Mapping[str, Any] | None, scoped: bool) -> Answer:
        self._token = self._token or self._fresh_token()
        headers = {
            "Authorization": f"Bearer {self._token}",
            "Amazon-Advertising-API-ClientId": self._secrets["client_id"],
            "Content-Type": CONTENT_TYPE if scoped else "application/json",
            **({"Amazon-Advertising-API-Scope": self.profile_id} if scoped else {}),
        }
        return self.http.ask(method=method, url=f"{self.hosts.api}{path}", headers=headers, json_body=body)

    def _fresh_token(self) -> str:
        """OAuth 2.0 refresh (RFC 6749 section 6)."""
        form = {"grant_type": "refresh_token", **{name: self._secrets[name] for name in SECRET_NAMES}}
        answer = self.http.ask(method="POST", url=self.hosts.token_url, headers={}, form=form)
        token = answer.body.get("access_token") if isinstance(answer.body, dict) else None
        if answer.status == 200 and isinstance(token, str) and token.isprintable():
            return token
        if answer.status == 429 or answer.status >= 500:
            raise _busy(answer)
        code = answer.body.get("error", "") if isinstance(answer.body, dict) else ""
        raise SourceRefused(
            title="Amazon does not accept the credentials",
            detail=f"The sign-in service answered {answer.status} {str(code)[:60]}.".replace(" .", "."),
            where="credentials",
            fix="Authorise this application anew and enter client id, client secret and refresh token again.",
        )


SECRET_NAMES = ("client_id", "client_secret", "refresh_token")


def _refusal(answer: Answer) -> SourceRefused:
    if answer.status == 429 or answer.status >= 500:
        return _busy(answer)
    if answer.status in {401, 403}:
        return _wrong_profile()
    return SourceRefused(
        title="Amazon refused the request",
        detail=f"It answered {answer.status}: {_detail(answer) or 'without a reason'}.",
        where="profile_id",
        fix="Check profile, region and kind of report.",
    )


def _busy(answer: Answer) -> SourceBusy:
    detail = "It asked us to slow down." if answer.status == 429 else f"It answered {answer.status}."
    return SourceBusy(title="Amazon Ads is busy", detail=detail, retry_after=answer.retry_after)


def _wrong_profile() -> SourceRefused:
    return SourceRefused(
        title="Amazon does not open this profile",
        detail="The credentials have no access to this profile in this region.",
        where="profile_id",
        fix="Check the profile's number and its region (NA, EU or FE), and who authorised the application.",
    )


def _report_id(answer: Answer) -> str:
    found = str(answer.body.get("reportId", "")) if isinstance(answer.body, dict) else ""
    if not REPORT_ID.fullmatch(found):
        raise SourceBusy(title="Amazon gave no report", detail="Its answer names no report.")
    return found


def _detail(answer: Answer) -> str:
    body = answer.body if isinstance(answer.body, dict) else {}
    return str(body.get("detail") or body.get("details") or body.get("message") or "")[:300]

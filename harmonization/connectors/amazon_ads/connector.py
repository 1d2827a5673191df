"""The connector of kind ``amazon_ads``: asks for reports, comes back until they are made, and hands them over."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from zoneinfo import ZoneInfo

from django.conf import settings

from harmonization.connectors.amazon_ads.client import AmazonClient, ReportState
from harmonization.connectors.amazon_ads.hosts import REGIONS, hosts_of
from harmonization.connectors.amazon_ads.pending_reports import AskedReport, Notebook, next_look, read_notebook
from harmonization.connectors.amazon_ads.report_types import KEPT_DAYS, LONGEST_DAYS, REPORT_TYPES, ReportType
from harmonization.connectors.guarded_http import GuardedHttp, LinkExpired
from harmonization.connectors.gzip_stream import checked_gzip
from harmonization.connectors.protocol import (
    Access,
    FailedFile,
    Findings,
    Look,
    RemoteFile,
    Setting,
    SourceBusy,
    SourceRefused,
)
from harmonization.timing.day_windows import DayWindow, Limits, days_lost, windows_to_ask

LONGEST_LOOK_BACK = 60


class AmazonAds:
    """Sponsored Products reports of one profile."""

    kind = "amazon_ads"
    title = "Amazon Ads"
    lead = "Sponsored Products reports of one advertising profile, asked for daily, restated days again."
    mapping = "amazon_sp_v3"
    options = (
        Setting(name="region", label="Region", choices=tuple((one, one) for one in REGIONS), initial="NA"),
        Setting(name="profile_id", label="Profile", help_text="The number of the advertising profile."),
        Setting(
            name="report",
            label="Report",
            choices=tuple((name, one.title) for name, one in REPORT_TYPES.items()),
            initial="advertised_product",
        ),
        Setting(
            name="look_back_days",
            label="Days to ask for again",
            help_text="Amazon restates sales for two weeks and more.",
            initial="14",
        ),
        Setting(name="first_days", label="Days at the first time", help_text="Up to 94.", initial="60"),
    )
    secrets = (
        Setting(name="client_id", label="Client id"),
        Setting(name="client_secret", label="Client secret"),
        Setting(name="refresh_token", label="Refresh token"),
    )

    def check(self, *, options: Mapping[str, str], tenant: str) -> dict[str, str]:
        if options.get("region") not in REGIONS:
            raise _wrong("region", f"Choose one of {', '.join(REGIONS)}.")
        if not re.fullmatch(r"\d{6,25}", options.get("profile_id", "")):
            raise _wrong("profile_id", "A profile is a number of 6 to 25 digits.")
        if options.get("report", "advertised_product") not in REPORT_TYPES:
            raise _wrong("report", f"Choose one of {', '.join(REPORT_TYPES)}.")
        return {
            "region": options["region"],
            "profile_id": options["profile_id"],
            "report": options.get("report") or "advertised_product",
            "look_back_days": _days(options, "look_back_days", default="14", largest=LONGEST_LOOK_BACK),
            "first_days": _days(options, "first_days", default="60", largest=KEPT_DAYS - 1),
        }

    def connect(self, access: Access) -> "AmazonConnection":
        missing = [one.label for one in self.secrets if not access.secrets.get(one.name)]
        if missing:
            detail, fix = f"Missing: {', '.join(missing)}.", "Enter them on the source's page."
            raise SourceRefused(title="The credentials are not complete", detail=detail, where="credentials", fix=fix)
        hosts = hosts_of(region=access.options["region"], test_endpoint=settings.AMAZON_ADS_TEST_ENDPOINT)
        return AmazonConnection(
            client=AmazonClient(hosts=hosts, profile_id=access.options["profile_id"], secrets=access.secrets),
            downloads=GuardedHttp(rule=hosts.downloading, called="Amazon's store"),
            report_type=REPORT_TYPES[access.options["report"]],
            limits=Limits(
                longest=LONGEST_DAYS,
                kept=KEPT_DAYS,
                look_back=int(access.options["look_back_days"]),
                first=int(access.options["first_days"]),
            ),
        )


@dataclass(frozen=True, kw_only=True)
class AmazonConnection:
    """One profile, opened."""

    client: AmazonClient
    downloads: GuardedHttp
    report_type: ReportType
    limits: Limits

    def test(self) -> str:
        profile = self.client.profile()
        account = profile.get("accountInfo") or {}
        words = [account.get("name"), profile.get("countryCode"), profile.get("currencyCode"), profile.get("timezone")]
        return f"The profile answers: {', '.join(str(word)[:80] for word in words if word)}."

    def look(self, look: Look) -> Findings:
        """Ask for what was not asked yet, then see what is made. Each id is kept as soon as Amazon gives it."""
        today = look.now.astimezone(ZoneInfo(look.timezone)).date()
        newest = date.fromisoformat(look.cursor) if look.cursor else None
        notebook = read_notebook(look.kept) or self._new_notebook(today=today, newest=newest)
        notebook = self._ask_for_all(notebook=notebook, look=look)
        states = [self._state(one, look) for one in notebook.reports]
        pairs = list(zip(notebook.reports, states, strict=True))
        failed = tuple(self._failed(one, state) for one, state in pairs if _has_failed(one, state, look))
        waiting = [one for one, state in pairs if state.is_pending and not one.is_overdue(now=look.now)]
        files = tuple(self._file(one) for one, state in pairs if state.status == "COMPLETED")
        look.keep(replace(notebook, looks=notebook.looks + 1).as_json())
        if waiting:
            count = f"{len(waiting)} of {len(pairs)} reports" if len(pairs) > 1 else "the report"
            again_at = next_look(now=look.now, looks=notebook.looks)
            return Findings(files=files, failed=failed, again_at=again_at, why=f"Amazon is making {count}")
        cursor = max((one.window.end.isoformat() for one in notebook.reports), default=look.cursor)
        return Findings(files=files, failed=failed, cursor=cursor, note=self._note(today=today, newest=newest))

    def chunks(self, file: RemoteFile) -> Iterator[bytes]:
        """The packed report. Its link is asked for now, and once more should it have expired meanwhile."""
        packed = self._download(report_id=file.locator)
        return checked_gzip(packed, limit=settings.SOURCE_MAX_UNPACKED_BYTES, where=file.name)

    def _download(self, *, report_id: str) -> Iterator[bytes]:
        for _ in range(2):
            state = self.client.report_state(report_id=report_id)
            try:
                yield from self.downloads.download(url=state.url, limit=settings.UPLOAD_MAX_BYTES)
            except LinkExpired:
                continue
            return
        raise SourceBusy(title="The download link expired", detail="A fresh one did not work either.")

    def _state(self, one: AskedReport, look: Look) -> ReportState:
        """As Amazon says; what an earlier look of this run took in needs no asking."""
        known = look.known.get(self._name(one.window))
        if known is not None and known.is_settled and known.fingerprint == one.report_id:
            return ReportState(status="COMPLETED", failure_reason="", url="")
        return self.client.report_state(report_id=one.report_id)

    def _new_notebook(self, *, today: date, newest: date | None) -> Notebook:
        windows = windows_to_ask(today=today, newest_taken=newest, limits=self.limits)
        return Notebook(reports=tuple(AskedReport(window=window) for window in windows))

    def _ask_for_all(self, *, notebook: Notebook, look: Look) -> Notebook:
        for place, one in enumerate(notebook.reports):
            if one.report_id:
                continue
            report_id = self.client.request_report(report_type=self.report_type, window=one.window)
            asked = replace(one, report_id=report_id, asked_at=look.now)
            reports = (*notebook.reports[:place], asked, *notebook.reports[place + 1 :])
            notebook = replace(notebook, reports=reports)
            look.keep(notebook.as_json())
        return notebook

    def _file(self, one: AskedReport) -> RemoteFile:
        return RemoteFile(
            name=self._name(one.window), fingerprint=one.report_id, is_complete=True, locator=one.report_id
        )

    def _failed(self, one: AskedReport, state: ReportState) -> FailedFile:
        detail = "It was not made within three and a half hours." if state.is_pending else state.failure_reason
        problem = {
            "title": "Amazon did not make the report",
            "detail": detail or f"Amazon says {state.status or 'nothing'} and gives no reason.",
            "where": f"{one.window.start} to {one.window.end}",
            "fix": "It is asked for again at the next run.",
        }
        return FailedFile(name=self._name(one.window), fingerprint=one.report_id, problem=problem)

    def _name(self, window: DayWindow) -> str:
        return f"amazon-ads-{self.report_type.report_type_id}-{window.start}-to-{window.end}.json.gz"

    def _note(self, *, today: date, newest: date | None) -> str:
        lost = days_lost(today=today, newest_taken=newest, limits=self.limits)
        return f"Amazon no longer keeps {lost.start} to {lost.end}; these days are missing." if lost else ""


def _has_failed(one: AskedReport, state: ReportState, look: Look) -> bool:
    return state.status != "COMPLETED" and (not state.is_pending or one.is_overdue(now=look.now))


def _days(options: Mapping[str, str], name: str, *, default: str, largest: int) -> str:
    text = str(options.get(name) or default)
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= largest:
        raise _wrong(name, f"Choose 1 to {largest} days.")
    return str(int(text))


def _wrong(where: str, detail: str) -> SourceRefused:
    return SourceRefused(title="This setting does not fit", detail=detail, where=where)

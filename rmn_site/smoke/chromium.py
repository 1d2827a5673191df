"""The system's Chromium, driven without a sandbox of its own, and what it complains about."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Response,
    StorageState,
    sync_playwright,
)

CANDIDATES = ("/usr/bin/chromium", "/usr/bin/chromium-headless-shell", "/usr/bin/chromium-browser")
NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",  # Chromium refuses to start as root otherwise
    "--disable-dev-shm-usage",  # containers give /dev/shm 64 MB
    "--disable-gpu",
    "--hide-scrollbars",
    "--force-color-profile=srgb",
    "--font-render-hinting=none",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]
REPORT_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) => {
  const place = `${event.sourceFile}:${event.lineNumber}`;
  console.error(`content policy: ${event.violatedDirective} ${event.blockedURI} ${place}`);
});
"""


@dataclass(kw_only=True)
class Complaints:
    """What a browser found wrong: errors of the console (content policy included), failed and foreign requests."""

    console: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)

    def all(self) -> list[str]:
        return [*self.console, *self.failed, *self.foreign]

    def clear(self) -> None:
        for complaints in (self.console, self.failed, self.foreign):
            complaints.clear()


def find_chromium() -> str:
    """Path of the browser program; empty when there is none."""
    for candidate in (os.environ.get("CHROMIUM", ""), *CANDIDATES):
        if candidate and Path(candidate).exists():
            return candidate
    return next((found for found in map(shutil.which, NAMES) if found), "")


@contextmanager
def open_browser() -> Iterator[Browser]:
    """A headless browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), headless=True, args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


def new_context(
    *,
    browser: Browser,
    url: str,
    width: int = 1280,
    height: int = 900,
    scheme: str = "light",
    javascript: bool = True,
    session: StorageState | None = None,
) -> tuple[BrowserContext, Complaints]:
    """A fresh context that says what it has to complain about; ``url`` is the origin that no request may leave."""
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
        locale="en-US",
        timezone_id="UTC",
        accept_downloads=True,
        java_script_enabled=javascript,
        storage_state=session,
    )
    complaints = Complaints()
    if javascript:
        context.add_init_script(REPORT_VIOLATIONS)
    context.on("page", lambda page: _listen(page=page, url=url, complaints=complaints))
    return context, complaints


def _listen(*, page: Page, url: str, complaints: Complaints) -> None:
    origin = "{0.scheme}://{0.netloc}/".format(urlsplit(url))

    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error":
            complaints.console.append(f"{page.url}: {message.text}")

    def on_request(request: Request) -> None:
        if not request.url.startswith((origin, "data:", "blob:")):
            complaints.foreign.append(f"{page.url} asked for {request.url}")

    def on_failed(request: Request) -> None:
        if "ERR_ABORTED" not in (request.failure or ""):  # a page left, or an answer that became a download
            complaints.failed.append(f"{request.method} {request.url}: {request.failure}")

    def on_response(response: Response) -> None:
        if response.status >= 400:
            complaints.failed.append(f"{response.request.method} {response.url}: {response.status}")

    page.on("console", on_console)
    page.on("pageerror", lambda error: complaints.console.append(f"{page.url}: {error}"))
    page.on("request", on_request)
    page.on("requestfailed", on_failed)
    page.on("response", on_response)

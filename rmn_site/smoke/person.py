"""A person at the portal: finds things by what they are called, and counts the clicks that takes."""

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Download, Locator, Page

WORK_SECONDS = 120
EVERY_SECONDS = 0.25


class PersonStuck(Exception):
    """What the person waited for did not come."""


@dataclass(kw_only=True)
class Person:
    """One tab of one person. ``clicks`` counts presses of buttons, links and fields, not the typing."""

    page: Page
    url: str
    clicks: int = 0
    downloads: list[Path] = field(default_factory=list)

    def sign_in(self, *, email: str, password: str) -> None:
        self.page.goto(f"{self.url}/accounts/login/")
        self.page.get_by_label("Email").fill(email)
        self.page.get_by_label("Password").fill(password)
        self.page.get_by_role("button", name="Sign in", exact=True).click()
        self.page.wait_for_url(re.compile(r"/(t/[\w-]+/)?$"))

    def open_workspace(self, *, slug: str) -> None:
        self.page.goto(f"{self.url}/t/{slug}/")

    def follow(self, name: str) -> None:
        """Press a link of the page or its navigation, and arrive."""
        self.leave_by(self.page.get_by_role("link", name=name, exact=True).first)

    def push(self, name: str) -> None:
        """Press a button that leads to another page, and arrive."""
        self.leave_by(self.page.get_by_role("button", name=name, exact=True).first)

    def leave_by(self, what: Locator) -> None:
        with self.page.expect_navigation():
            self.press(what)

    def press(self, what: Locator) -> None:
        """Press something that stays on the page."""
        self.clicks += 1
        what.click()

    def upload(self, *, files: Sequence[Path]) -> None:
        """From the list of imports: open the form, choose the files, send them."""
        self.follow("Upload a file")
        self.clicks += 1
        self.page.locator("input[type=file]").set_input_files(list(files))
        self.push("Upload and harmonize")

    def wait_for_imports(self, *, count: int) -> None:
        """Watch the list of imports until so many are harmonized."""
        self.wait_until_shown(
            lambda: self.page.get_by_role("cell", name="Harmonized", exact=True).count() >= count,
            what=f"{count} harmonized imports",
        )

    def write_brief(self, *, brief: str) -> None:
        """From anywhere: the page of a new plan, with this brief written on it."""
        self.follow("Plans")
        self.leave_by(self.page.get_by_role("link", name=re.compile("New plan|Write your own")).first)
        self.page.get_by_role("textbox", name="Brief", exact=True).fill(brief)

    def plan(self, *, button: str = "Plan it") -> float:
        """Ask for a proposal and wait for it; seconds it took."""
        started = time.monotonic()
        self.push(button)
        self.wait_for_state("Proposed")
        return round(time.monotonic() - started, 3)

    def wait_for_state(self, state: str) -> None:
        """Watch a plan's page, which looks after itself, until its badge says so."""
        badge = self.page.locator(".page__head .badge").get_by_text(state, exact=True)
        badge.wait_for(timeout=WORK_SECONDS * 1000)
        self.page.wait_for_load_state("load")

    def confirm(self, *, opener: str, button: str) -> None:
        """Open a dialog and agree."""
        self.press(self.page.get_by_role("link", name=opener, exact=True))
        self.leave_by(self.page.get_by_role("dialog").get_by_role("button", name=button, exact=True))

    def export(self, *, label: str, folder: Path) -> Path:
        """Download the plan in one format of the export menu."""
        self.press(self.page.locator("summary", has_text="Export"))
        with self.page.expect_download() as download:
            self.press(self.page.get_by_role("link", name=label, exact=True))
        return self._kept(download=download.value, folder=folder)

    def change_constraint(self, *, chip: str, field_label: str, value: str) -> None:
        """Open a chip's form in the page, change one field, save it."""
        self.press(self.page.get_by_role("link", name=re.compile(rf"^Edit {chip}")).first)
        self.page.get_by_label(field_label).fill(value)
        save = self.page.get_by_role("button", name="Save", exact=True)
        self.press(save)
        save.wait_for(state="detached")

    def _kept(self, *, download: Download, folder: Path) -> Path:
        path = folder / download.suggested_filename
        download.save_as(path)
        self.downloads.append(path)
        return path

    def wait_until_shown(self, claim: Callable[[], bool], *, what: str) -> None:
        """Poll what the page shows; the page itself must bring it without being loaded again."""
        end = time.monotonic() + WORK_SECONDS
        while not claim():
            if time.monotonic() > end:
                raise PersonStuck(f"{what} did not show in {WORK_SECONDS} s")
            self.page.wait_for_timeout(EVERY_SECONDS * 1000)

"""One site, seeded through the product's services, and one browser for all tests of this folder.

While Playwright is open, Django allows no query in this thread: fixtures close with the folder, not with the session,
and tests ask the database through ``inside_site``."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from rmn_site.embedded.ports import free_port
from rmn_site.tests.browser.portal_pages import PASSWORD, PEOPLE
from rmn_site.tests.databases import cloned_database, own_broker, using_database
from rmn_site.tests.real_site import RealSite, stopping, wait_until

START_SECONDS = 60
HEIGHT = 900
BASE_DIGEST = "b" * 64  # of the base that the seeded adapters were made for
RUNTIME = "rmn_site.tests.browser.answering.PolicyAnswers"
NEED_PLAYWRIGHT = [
    "test_promotion.py",
    "test_quick_edits.py",
    "test_pages.py",
    "test_main_job.py",
    "test_unknown_layout.py",
]
collect_ignore = [] if find_spec("playwright") else NEED_PLAYWRIGHT


@dataclass(frozen=True, kw_only=True)
class LiveSite:
    """A running portal with committed rows. ``seeded`` fills the addresses of pages; ``sessions`` are signed in."""

    url: str
    database: str
    processes: RealSite
    seeded: dict[str, str]


@pytest.fixture(scope="package")
def live_site(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[LiveSite]:
    from rmn_site.smoke.chromium import find_chromium

    if not find_chromium():
        pytest.skip("Chromium is not installed")
    folder = tmp_path_factory.mktemp("browser-site")
    name, port = f"rmn_browser_{os.getpid()}", free_port()
    with django_db_blocker.unblock(), cloned_database(name=name) as database_url:
        seeded = _seed(database=name, folder=folder)
        site = RealSite(
            database_url=database_url,
            redis_url=own_broker(),
            data_dir=folder,
            variables={"BASE_DIGEST": BASE_DIGEST, "INFERENCE_BACKEND": RUNTIME},
        )
        with stopping(site):
            site.start_web(port=port)
            wait_until(lambda: site.is_ready(port=port), seconds=START_SECONDS, every=0.1)
            django_db_blocker.block()
            try:
                yield LiveSite(url=f"http://localhost:{port}", database=name, processes=site, seeded=seeded)
            finally:
                django_db_blocker.restore()


def _seed(*, database: str, folder: Path) -> dict[str, str]:
    from django.test import override_settings

    from rmn_site.tests.browser.seeding import seed_site

    options = {
        "DATA_DIR": folder,
        "BASE_DIGEST": BASE_DIGEST,
        "SOURCE_FILE_ROOTS": [str(folder / "folders")],
        "OPERATION_DELIVERY": "rmn_site.tests.delivery.deliver_nowhere",
        "PASSWORD_HASHERS": ["django.contrib.auth.hashers.PBKDF2PasswordHasher"],
    }
    with using_database(name=database), override_settings(**options):
        return seed_site()


@pytest.fixture(scope="package")
def inside_site(live_site, django_db_blocker) -> Callable[[Callable[[], Any]], Any]:
    """``inside_site(work)``: what a function finds or does in the site's database, from a thread of its own."""

    def work_inside(work: Callable[[], Any]) -> Any:
        with using_database(name=live_site.database):
            return work()

    def run(work: Callable[[], Any]) -> Any:
        with django_db_blocker.unblock(), ThreadPoolExecutor(max_workers=1) as thread:
            return thread.submit(work_inside, work).result()

    return run


@pytest.fixture(scope="package")
def workers(live_site) -> None:
    """Somebody does what people ask for."""
    live_site.processes.start_worker()


@pytest.fixture(scope="package")
def browser(live_site):
    from rmn_site.smoke.chromium import open_browser

    with open_browser() as opened:
        yield opened


@pytest.fixture(scope="package")
def sessions(live_site, browser) -> dict[str, Any]:
    """Cookies of each person, signed in once through the sign-in page; none for somebody unknown."""
    from rmn_site.smoke.chromium import new_context
    from rmn_site.smoke.person import Person

    states: dict[str, Any] = {"": None}
    for person in PEOPLE:
        context, _ = new_context(browser=browser, url=live_site.url)
        visitor = Person(page=context.new_page(), url=live_site.url)
        visitor.sign_in(email=f"{person}@example.com", password=PASSWORD)
        states[person] = context.storage_state()
        context.close()
    return states


@pytest.fixture(scope="package")
def views(live_site, browser, sessions) -> Callable[[str, str], tuple[Any, Any]]:
    """``views(person, scheme)``: that person's tab in light or dark, kept over pages, and its complaints so far."""
    from rmn_site.smoke.chromium import new_context

    @cache
    def view(person: str, scheme: str) -> tuple[Any, Any]:
        context, complaints = new_context(
            browser=browser, url=live_site.url, scheme=scheme, session=sessions[person], height=HEIGHT
        )
        return context.new_page(), complaints

    return view

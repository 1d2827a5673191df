"""Take the pictures of docs/images from a fresh demo: ``python -m rmn_site.smoke.screenshots``.

Light and dark on a desk, light on a phone. What they show is simulated, and the pages say so.
"""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page

from rmn_site.demo.cast import DEMO_TENANTS, PASSWORD
from rmn_site.smoke.chromium import find_chromium, new_context, open_browser
from rmn_site.smoke.demo import ROOT, running_demo
from rmn_site.smoke.person import Person

IMAGES = ROOT / "docs" / "images"
TENANT = DEMO_TENANTS[0].slug
OWNER = f"owner@{TENANT}.example.com"
SETTINGS = (("light", 1280, 800), ("dark", 1280, 800), ("light", 390, 844))


def _open(path: str) -> Callable[[Person], None]:
    def there(person: Person) -> None:
        person.page.goto(f"{person.url}/t/{TENANT}{path}")

    return there


def _import(person: Person) -> None:
    _open("/data/")(person)
    person.leave_by(person.page.locator("#imports-table tbody a").first)


def _mapping_editor(person: Person) -> None:
    _open("/data/mappings/alpha/")(person)
    person.push("Copy to edit")


def _plan(person: Person) -> None:
    _open("/plans/")(person)
    person.leave_by(person.page.locator("tbody a").first)


def _plan_curves(person: Person) -> None:
    """The same plan further down: where the money goes, and the curve of a cell."""
    _plan(person)
    person.page.get_by_role("heading", name="Response curve").evaluate("one => one.scrollIntoView({block: 'center'})")


PICTURES: dict[str, Callable[[Person], None]] = {
    "dashboard": _open("/"),
    "data": _open("/data/"),
    "import": _import,
    "mapping-editor": _mapping_editor,
    "plan": _plan,
    "plan-curves": _plan_curves,
    "plan-new": _open("/plans/new/?example=1"),
    "activity": _open("/activity/"),
    "audit": _open("/audit/"),
}


def main() -> int:
    """0 when every picture was taken; the names of the files go to standard output."""
    if not find_chromium():
        sys.stderr.write(
            "Chromium is not installed: apt-get install --no-install-recommends chromium fonts-liberation\n"
        )
        return 1
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="rmn-pictures-") as folder, running_demo(folder=Path(folder)) as demo:
        take_pictures(url=demo.url, folder=IMAGES)
    return 0


def take_pictures(*, url: str, folder: Path) -> None:
    """Write ``<name>-<scheme>-<width>.png`` for every picture and setting."""
    with open_browser() as browser:
        for scheme, width, height in SETTINGS:
            page = _signed_in(browser=browser, url=url, scheme=scheme, width=width, height=height)
            for name, reach in PICTURES.items():
                reach(Person(page=page, url=url))
                path = folder / f"{name}-{scheme}-{width}.png"
                _settle(page)
                page.screenshot(path=path, animations="disabled")
                sys.stdout.write(f"{path.relative_to(folder.parent)} {path.stat().st_size // 1000} kB\n")


def _signed_in(*, browser: Browser, url: str, scheme: str, width: int, height: int) -> Page:
    context, _ = new_context(browser=browser, url=url, scheme=scheme, width=width, height=height)
    page = context.new_page()
    Person(page=page, url=url).sign_in(email=OWNER, password=PASSWORD)
    return page


def _settle(page: Page) -> None:
    """Fonts are there and the charts are drawn."""
    page.evaluate("document.fonts.ready")
    page.wait_for_load_state("networkidle")


if __name__ == "__main__":
    sys.exit(main())

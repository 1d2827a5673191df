"""Accessibility of what a browser shows, by axe-core (vendored for tests)."""

from functools import cache
from pathlib import Path

from playwright.sync_api import Page

SOURCE = Path(__file__).resolve().parents[1] / "vendor" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """tags => axe.run(document, {runOnly: {type: "tag", values: tags}, resultTypes: ["violations"]})"""
OVERFLOW = """() => document.documentElement.scrollWidth > window.innerWidth + 1"""


def violations(page: Page) -> list[str]:
    """Every violation of any impact: rule, impact, the first elements. Injected by CDP, which no policy blocks."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(_source())
    found = page.evaluate(RUN, TAGS)["violations"]
    return [
        f"{rule['id']} ({rule['impact']}): " + "; ".join(str(node["target"]) for node in rule["nodes"][:4])
        for rule in found
    ]


def overflows(page: Page) -> bool:
    """Whether the page must be scrolled sideways."""
    return bool(page.evaluate(OVERFLOW))


@cache
def _source() -> str:
    return SOURCE.read_text(encoding="utf-8") + "\n;undefined"

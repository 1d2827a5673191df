"""What the strict content policy asks of templates, and that vendored files are the ones whose sums are kept."""

import hashlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
VENDOR = ROOT / "static" / "vendor"
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
STYLE_ATTRIBUTE = re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE)
EVENT_ATTRIBUTE = re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE)
HTMX_SCRIPT_ATTRIBUTE = re.compile(r"\s(?:hx-on[:\w-]*|hx-vals=['\"]js:)", re.IGNORECASE)
STYLE_ELEMENT = re.compile(r"<style\b", re.IGNORECASE)
SCRIPT = re.compile(r"<script\b(?P<attributes>[^>]*)>(?P<body>.*?)</script>", re.IGNORECASE | re.DOTALL)
OUTSIDE = re.compile(r"(?:src|href)\s*=\s*[\"'](?:https?:)?//", re.IGNORECASE)


@pytest.mark.parametrize(
    ("pattern", "what"),
    [
        (STYLE_ATTRIBUTE, "a style attribute"),
        (EVENT_ATTRIBUTE, "an on… attribute"),
        (HTMX_SCRIPT_ATTRIBUTE, "script in an hx- attribute"),
        (STYLE_ELEMENT, "a style element"),
    ],
)
def test_no_template_has_code_or_style_inside(pattern, what):
    found = [str(path.relative_to(ROOT)) for path in TEMPLATES if pattern.search(path.read_text(encoding="utf-8"))]

    assert found == [], f"{what} is refused by the content policy"


def test_every_script_of_a_template_is_a_file_of_ours():
    inline = [
        f"{path.relative_to(ROOT)}: {match.group(0)[:60]}"
        for path in TEMPLATES
        for match in SCRIPT.finditer(path.read_text(encoding="utf-8"))
        if "{% static" not in match["attributes"] or match["body"].strip()
    ]

    assert inline == []


def test_no_template_loads_anything_from_elsewhere():
    loaded = re.compile(r"<(?:script|link|img|iframe|source)\b[^>]*>", re.IGNORECASE)
    found = [
        f"{path.relative_to(ROOT)}: {tag}"
        for path in TEMPLATES
        for tag in loaded.findall(path.read_text(encoding="utf-8"))
        if OUTSIDE.search(tag)
    ]

    assert found == []


def test_no_stylesheet_or_script_of_ours_loads_from_elsewhere():
    ours = [*(ROOT / "static" / "css").rglob("*.css"), *(ROOT / "static" / "js").rglob("*.js")]
    outside = re.compile(r"(?:url\(|@import|fetch\(|import\s)[\"'\s]*(?:https?:)?//", re.IGNORECASE)

    found = [str(path.relative_to(ROOT)) for path in ours if outside.search(path.read_text(encoding="utf-8"))]

    assert len(ours) > 10
    assert found == []


def test_vendored_files_are_those_of_the_checksum_list():
    listed = [line.split(maxsplit=1) for line in (VENDOR / "CHECKSUMS.txt").read_text(encoding="ascii").splitlines()]

    for expected, name in listed:
        assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == expected, name


def test_every_vendored_program_and_font_is_in_the_checksum_list():
    listed = {
        (VENDOR / line.split(maxsplit=1)[1]).resolve()
        for line in (VENDOR / "CHECKSUMS.txt").read_text(encoding="ascii").splitlines()
    }

    vendored = {*VENDOR.rglob("*.js"), *VENDOR.rglob("*.css"), *(ROOT / "static" / "fonts").glob("*.woff2")}

    assert {path.resolve() for path in vendored} <= listed

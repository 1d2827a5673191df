"""The house as it is meant to stand: floors, no hidden imports, declared doors, typed services, plain templates."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client

from rmn_site.tests.isolation.routes import all_routes

ROOT = Path(__file__).resolve().parents[3]
APPS = ("rmn_site", "tenants", "harmonization", "campaigns", "agents", "raters", "rlhf", "training")
MODULES = sorted(
    path
    for app in APPS
    for path in (ROOT / app).rglob("*.py")
    if not {"tests", "migrations"} & set(path.relative_to(ROOT).parts)
)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
LONGEST_FILE, LONGEST_FUNCTION = 300, 40
FORBIDDEN_NAMES = {"utils", "common", "core", "helpers", "manager"}


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _functions(path: Path) -> list[ast.FunctionDef]:
    return [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.FunctionDef)]


def test_imports_only_go_down():
    linter = Path(sys.executable).parent / "lint-imports"

    run = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True)

    assert run.returncode == 0, run.stdout[-3000:]


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_module_says_what_it_is_for_and_imports_at_the_top(path: Path):
    tree = ast.parse(path.read_text())
    hidden = [
        inner.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]

    assert ast.get_docstring(tree)
    assert hidden == []
    assert path.stem not in FORBIDDEN_NAMES


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_files_and_functions_stay_short(path: Path):
    long_functions = [
        f"{function.name} ({function.end_lineno - function.lineno + 1})"
        for function in _functions(path)
        if function.end_lineno - function.lineno + 1 > LONGEST_FUNCTION
    ]

    assert len(path.read_text().splitlines()) <= LONGEST_FILE
    assert long_functions == []


@pytest.mark.parametrize("path", [path for path in MODULES if "services" in path.parts], ids=_name)
def test_public_services_are_keyword_only_and_typed(path: Path):
    tree = ast.parse(path.read_text())
    public = [node for node in tree.body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")]
    loose = [
        function.name
        for function in public
        if function.returns is None
        or ast.unparse(function.returns) == "Any"
        or any(one.annotation is None or ast.unparse(one.annotation) == "Any" for one in function.args.kwonlyargs)
    ]

    assert loose == []


def test_suppressions_are_few_and_have_reasons():
    lines = [line for path in MODULES for line in path.read_text().splitlines()]
    suppressed = [line for line in lines if re.search(r"#\s*(noqa|type:\s*ignore)", line)]
    bare = [line for line in suppressed if not re.search(r"(noqa|ignore)[^#]*(\s-\s|#\s)\S+", line)]

    assert bare == []
    assert len(suppressed) / len(lines) * 1000 <= 0.8


def test_every_view_inside_a_tenant_declares_what_it_needs():
    undeclared = [
        route.pattern
        for route in all_routes()
        if not hasattr(route.view, "required_action")
        and not hasattr(getattr(route.view, "cls", None), "required_actions")
        and "IsMember" not in str(getattr(route.view, "cls", None) and route.view.cls.permission_classes)
        and "IsMember" not in str(getattr(route.view, "initkwargs", {}).get("permission_classes"))
    ]

    assert undeclared == []


@pytest.mark.parametrize("path", TEMPLATES, ids=_name)
def test_template_carries_no_style_and_no_script_of_its_own(path: Path):
    text = path.read_text()

    assert not re.search(r"\sstyle\s*=", text)
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text)
    assert not re.search(r"<style\b", text)
    assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)", text)


@pytest.mark.parametrize("path", ["/accounts/login/", "/", "/nothing/", "/t/acme/", "/api/v1/me/", "/admin/"])
def test_every_answer_carries_the_content_policy(db, path):
    policy = Client().get(path)["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_pages_inside_a_tenant_carry_it_too(portal, owner):
    for path in ("/activity/", "/audit/", "/settings/", "/nothing/"):
        assert "script-src 'self'" in portal(owner).get(path)["Content-Security-Policy"]

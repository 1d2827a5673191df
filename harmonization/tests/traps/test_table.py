"""The table of traps names a test for each, and every test it names exists."""

import re
from pathlib import Path

import pytest

TABLE = Path(__file__).resolve().parents[3] / "docs" / "traps.md"
HERE = Path(__file__).parent
MODULES = ("test_encodings.py", "test_numbers.py", "test_days.py", "test_shapes.py", "test_identifiers.py")
NAMED = re.findall(r"`(test_\w+\.py)::(test_\w+)`", TABLE.read_text(encoding="utf-8"))


def names_in(module: str) -> set[str]:
    """Of a module here, or of the one of that name elsewhere in the app's tests."""
    [path] = [HERE / module] if (HERE / module).exists() else HERE.parent.rglob(module)
    return set(re.findall(r"^def (test_\w+)", path.read_text(encoding="utf-8"), re.MULTILINE))


@pytest.mark.parametrize(("module", "name"), NAMED)
def test_a_named_test_exists(module, name):
    assert name in names_in(module)


def test_every_row_of_the_table_names_a_test():
    rows = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if line.startswith("| ")][1:]

    assert len(rows) > 30
    assert all("::test_" in row for row in rows)


@pytest.mark.parametrize("module", MODULES)
def test_most_tests_of_a_room_stand_in_the_table(module):
    named = {name for other, name in NAMED if other == module}

    assert len(named) >= len(names_in(module)) / 2

"""YAML is read without trust: no aliases, no tags, no key twice, nothing deep, nothing large."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonization.mapping.mapping_error import MappingError
from harmonization.mapping.safe_yaml import MAX_BYTES, read_yaml


def plain(located):
    """The values without their lines."""
    if isinstance(located.value, dict):
        return {key: plain(one) for key, one in located.value.items()}
    return [plain(one) for one in located.value] if isinstance(located.value, list) else located.value


def test_only_true_and_false_are_booleans():
    text = "a: no\nb: on\nc: true\nd: 'true'\ne: 12:30\nf: 0777\ng: 7\nh: ~\ni: 1.50\nj: NO\n"

    assert plain(read_yaml(text=text)) == {
        "a": "no", "b": "on", "c": True, "d": "true", "e": "12:30", "f": 777, "g": 7, "h": None, "i": "1.50", "j": "NO",
    }  # fmt: skip


def test_values_know_their_line():
    document = read_yaml(text="a: 1\nb:\n  c:\n    - x\n    - y\n")

    assert document.value["b"].value["c"].value[1].line == 5


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("a: &x 1\nb: 2\n", 1, "anchors"),
        ("a: 1\nb: *x\n", 2, "anchors"),
        ("a: !!python/object/apply:os.system ['true']\n", 1, "tag"),
        ("a: !custom 1\n", 1, "tag"),
        ("a: 1\nb: 2\na: 3\n", 3, "twice"),
        ("a: 1\n---\nb: 2\n", 3, "one YAML document"),
        ("? [1, 2]\n: x\n", 1, "key must be plain"),
        ("a: [1, 2\n", 2, "not YAML"),
        ("a: 1\n b: 2\n", 2, "not YAML"),
        ("", 1, "empty"),
        ("# only a comment\n", 1, "empty"),
    ],
)
def test_what_is_unsafe_or_unclear_is_refused_with_its_line(text, line, message):
    with pytest.raises(MappingError, match=message) as error:
        read_yaml(text=text)

    assert error.value.line == line


def test_a_deep_document_is_refused():
    with pytest.raises(MappingError, match="deeper"):
        read_yaml(text="a: " + "[" * 40 + "]" * 40)


def test_a_document_of_thousands_of_levels_does_no_harm():
    with pytest.raises(MappingError):
        read_yaml(text="[" * 100_000)


def test_a_large_document_is_refused():
    with pytest.raises(MappingError, match="256 kB"):
        read_yaml(text="a: " + "x" * MAX_BYTES)


@given(text=st.text(max_size=200))
def test_any_text_is_read_or_refused(text):
    with contextlib.suppress(MappingError):
        assert read_yaml(text=text).line >= 1

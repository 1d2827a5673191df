"""JSON records become flat text, digit for digit."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonization.mapping.json_rows import JsonRowError, first_records, read_record


def test_numbers_keep_their_digits_and_others_become_text():
    text = '{"a": 0.10, "b": 12345678901234567890, "c": null, "d": true, "e": [1, "x"], "f": {"g": "h"}, "i": 1e2}'

    assert read_record(text=text) == {
        "a": "0.10", "b": "12345678901234567890", "c": "", "d": "true", "e": '["1", "x"]', "f.g": "h", "i": "1e2",
    }  # fmt: skip


def test_numbers_take_the_decimal_mark_asked_for_and_texts_do_not():
    assert read_record(text='{"a": 1.5, "b": "1.5"}', decimal=",") == {"a": "1,5", "b": "1.5"}


@pytest.mark.parametrize(
    "text",
    ["", "[1]", "7", "{", '{"a": 1, "a": 2}', '{"a": {"b": 1}, "a.b": 2}', '{"a":' * 30 + "1" + "}" * 30, "[" * 99_999],
)
def test_what_is_no_flat_record_is_refused(text):
    with pytest.raises(JsonRowError):
        read_record(text=text)


@given(
    records=st.lists(st.dictionaries(st.text(max_size=5), st.integers()), max_size=5), indent=st.sampled_from([None, 2])
)
def test_records_of_lines_and_arrays_are_found_alike(records, indent):
    lines = "\n".join(json.dumps(record) for record in records)
    array = json.dumps(records, indent=indent)

    assert [json.loads(text) for text in first_records(text=lines)] == records
    assert [json.loads(text) for text in first_records(text=array)] == records


def test_records_before_a_cut_are_found():
    assert list(first_records(text='[{"a": 1}, {"a": 2}, {"a"')) == ['{"a": 1}', '{"a": 2}']
    assert list(first_records(text='{"a": 1}\n{broken\n{"a": 2}\n')) == ['{"a": 1}', '{"a": 2}']

"""Identifiers that sort by the time they were made."""

import time
from itertools import pairwise

from tenants.identifiers import uuid7


def test_identifiers_are_version_7_of_the_standard_variant():
    made = uuid7()

    assert made.version == 7
    assert made.variant == "specified in RFC 4122"


def test_identifiers_carry_the_milliseconds_they_were_made_in():
    before = time.time_ns() // 1_000_000
    made = uuid7()
    after = time.time_ns() // 1_000_000

    assert before <= made.int >> 80 <= after


def test_rows_made_one_after_another_sort_in_that_order_within_a_millisecond():
    made = []
    for _ in range(2000):
        made.append(uuid7())
        time.sleep(0)
    pairs = list(pairwise(made))

    out_of_order = sum(one > other for one, other in pairs)

    assert out_of_order <= len(pairs) * 0.01
    assert len(set(made)) == len(made)

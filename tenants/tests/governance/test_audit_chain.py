"""The chain as pure rules: each kind of tampering is found where it happened."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenants.governance.audit_chain import GENESIS, Head, Link, as_stored, link_hash, verify_chain


def chain_of(count: int) -> list[Link]:
    links, previous = [], GENESIS
    for sequence in range(1, count + 1):
        content = {"number": sequence}
        links.append(
            Link(
                sequence=sequence,
                content=content,
                previous_hash=previous,
                hash=link_hash(previous_hash=previous, content=content),
            )
        )
        previous = links[-1].hash
    return links


def head_of(links: list[Link]) -> Head:
    return Head(sequence=len(links), hash=links[-1].hash)


def test_untouched_chain_is_whole():
    links = chain_of(5)

    assert verify_chain(links=links, head=head_of(links)) == (5, None)


def test_empty_log_is_whole():
    assert verify_chain(links=[], head=None) == (0, None)


@given(st.integers(min_value=0, max_value=9))
def test_any_deleted_row_is_found(position):
    links = chain_of(10)

    _, broken = verify_chain(links=links[:position] + links[position + 1 :], head=head_of(links))

    assert broken.sequence == position + 1


@given(st.integers(min_value=0, max_value=9))
def test_any_altered_row_is_found(position):
    links = chain_of(10)
    links[position] = replace(links[position], content={"number": -1})

    _, broken = verify_chain(links=links, head=head_of(links))

    assert broken.sequence == position + 1


def test_swapped_rows_are_found():
    links = chain_of(4)

    _, broken = verify_chain(links=[links[0], links[2], links[1], links[3]], head=head_of(links))

    assert broken.sequence == 2


def test_chain_rewritten_from_the_start_does_not_fit_its_head():
    links = chain_of(3)
    forged_hash = link_hash(previous_hash=GENESIS, content={"number": 7})
    forged = [Link(sequence=1, content={"number": 7}, previous_hash=GENESIS, hash=forged_hash)]

    _, broken = verify_chain(links=forged, head=Head(sequence=1, hash=links[0].hash))

    assert broken.reason == "the chain was rewritten after it was written"


def test_row_added_past_the_head_is_found():
    links = chain_of(3)

    _, broken = verify_chain(links=links, head=Head(sequence=2, hash=links[1].hash))

    assert broken.sequence == 3


@pytest.mark.parametrize(
    ("value", "stored"),
    [
        (1e16, 10**16),
        (-0.0, 0.0),
        (0.1, 0.1),
        ((1, 2), [1, 2]),
        ({1: {"a": 1e20}}, {"1": {"a": 10**20}}),
        (None, None),
        (True, True),
    ],
)
def test_value_is_hashed_as_the_database_gives_it_back(value, stored):
    assert as_stored(value) == stored
    assert str(as_stored(value)) == str(stored)

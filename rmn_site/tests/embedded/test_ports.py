"""Ports are free when they are given out."""

import socket

import pytest

from rmn_site.embedded.ports import LOOPBACK, free_port


@pytest.fixture
def taken():
    with socket.create_server((LOOPBACK, 0)) as listening:
        yield listening.getsockname()[1]


def test_a_wanted_free_port_is_given():
    port = free_port()

    assert free_port(wanted=port) == port


def test_a_taken_port_is_replaced(taken):
    assert free_port(wanted=taken) not in {0, taken}

"""Frames between us and the engine, and where its socket lies."""

import json
import socket
from pathlib import Path

import pytest

from agents.backends.engine_frames import (
    LENGTH,
    LONGEST_FRAME,
    FrameBroken,
    receive_frame,
    request_as_frame,
    request_of_frame,
    send_frame,
)
from agents.backends.local_engine import LocalEngine
from agents.backends.socket_places import LONGEST_PATH, socket_address
from agents.federation.generation import BackendUnavailable, Message, Request, Sampling, ServedAdapter, ToolSpec

REQUEST = Request(
    messages=(Message(role="user", content="Plan 2 M€"),),
    tools=(ToolSpec(name="forecast", description="", parameters={"type": "object"}),),
    json_schema={"type": "string"},
    candidates=("yes", "no"),
    composite=ServedAdapter(name="a" * 64, folders=(Path("/one"), Path("/two")), size=7, base_digest="b"),
    sampling=Sampling(max_tokens=5, temperature=0.5, seed=3, seconds=1.5),
)


@pytest.fixture
def pair():
    one, other = socket.socketpair()
    with one, other:
        yield one, other


def test_request_comes_back_as_it_was_sent(pair):
    send_frame(pair[0], request_as_frame(REQUEST))

    assert request_of_frame(receive_frame(pair[1])) == REQUEST


@pytest.mark.parametrize(
    "octets",
    [
        b"",
        b"\x00\x00",
        LENGTH.pack(5) + b"ab",
        LENGTH.pack(3) + b"{a}",
        LENGTH.pack(2) + b"[]",
        LENGTH.pack(LONGEST_FRAME + 1),
    ],
)
def test_what_is_no_frame_is_said_to_be_broken(pair, octets):
    pair[0].sendall(octets)
    pair[0].close()

    with pytest.raises(FrameBroken):
        receive_frame(pair[1])


def test_nobody_listening_is_said(tmp_path):
    backend = LocalEngine(path=tmp_path / "nowhere.sock")

    with pytest.raises(BackendUnavailable, match="run_engine"):
        backend.evict(digest="a")
    assert not backend.health().is_ready


def test_long_path_gets_a_short_place_of_its_own():
    deep = [Path("/" + "x" * LONGEST_PATH) / name for name in "ab"]

    assert socket_address(Path("/run/engine.sock")) == "/run/engine.sock"
    assert len({socket_address(path) for path in deep}) == 2
    assert all(len(socket_address(path)) <= LONGEST_PATH for path in deep)


def test_requests_are_json_all_through():
    assert json.loads(json.dumps(request_as_frame(REQUEST)))["composite"]["folders"] == ["/one", "/two"]

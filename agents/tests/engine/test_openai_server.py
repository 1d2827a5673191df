"""The client of an OpenAI-compatible server against a real process that speaks the protocol, with a real model."""

import json
import os
import socket
import subprocess
import sys
import time
from dataclasses import replace

import pytest
import urllib3

from agents.backends.openai_server import OpenAIServer
from agents.federation.generation import BASE_ALONE, BackendUnavailable, GenerationRefused, Message, Sampling
from agents.tests.backends.openai_process import BASE_NAME, KEY
from agents.tests.engine.asking import TOOLS, ask, summed

pytestmark = pytest.mark.engine


@pytest.fixture(scope="module")
def address(tiny_base, tmp_path_factory):
    port_file = tmp_path_factory.mktemp("openai") / "port"
    command = [sys.executable, "-m", "agents.tests.backends.openai_process", str(tiny_base), str(port_file)]
    process = subprocess.Popen(command, env=os.environ | {"OMP_NUM_THREADS": "1"}, stderr=subprocess.DEVNULL)
    end = time.monotonic() + 240
    while not port_file.exists() or not port_file.read_text():
        assert process.poll() is None
        assert time.monotonic() < end
        time.sleep(0.1)
    yield f"http://127.0.0.1:{port_file.read_text()}"
    process.kill()
    process.wait()


@pytest.fixture
def server(address, settings):
    return OpenAIServer(url=address, base_model=BASE_NAME, api_key=KEY)


def seen(address: str) -> list[dict]:
    return json.loads(urllib3.request("GET", f"{address}/seen").data)["seen"]


def test_answers_are_those_of_our_own_engine(server, backend, tiny_adapters):
    for one in (BASE_ALONE, *tiny_adapters[:3]):
        there, here = ask(server, of=one), ask(backend, of=one)
        assert json.loads(there.text) == json.loads(here.text)
        assert (there.digest, there.usage, there.finish) == (here.digest, here.usage, here.finish)


def test_tools_and_candidates_are_forms_of_the_answer(server, tiny_adapters):
    call = ask(server, of=tiny_adapters[0], tools=TOOLS, max_tokens=80).tool_call
    chosen = ask(server, of=tiny_adapters[0], schema=None, candidates=("ja", "nein")).text

    assert call.name in {"forecast", "no_tool"}
    assert chosen in {"ja", "nein"}


def test_what_is_sent_is_opaque_and_salted(server, address, tiny_adapters):
    server.generate(
        messages=[Message(role="user", content="Hi")], tools=(), json_schema=None, candidates=(),
        composite=tiny_adapters[0],
        sampling=Sampling(max_tokens=1), tenant_salt="salt-of-acme",
    )  # fmt: skip

    last = seen(address)[-1]
    assert (last["model"], last["cache_salt"]) == (tiny_adapters[0].name, "salt-of-acme")


def test_adapter_is_loaded_once_and_unloaded_when_evicted(server, address, tiny_adapters):
    one = replace(tiny_adapters[4], name="9" * 64)
    ask(server, of=one)
    ask(server, of=one)
    assert one.name in server.health().loaded

    server.evict(digest=one.name)

    acts = [each["path"].rsplit("/", 1)[-1] for each in seen(address) if one.name in each.values()]
    assert acts == ["load_lora_adapter", "completions", "completions", "unload_lora_adapter"]
    assert one.name not in server.health().loaded


def test_server_that_has_it_already_is_no_trouble(server, address, tiny_adapters):
    ask(server, of=tiny_adapters[5])

    again = OpenAIServer(url=address, base_model=BASE_NAME, api_key=KEY)

    assert ask(again, of=tiny_adapters[5]).digest == tiny_adapters[5].name


def test_server_that_forgot_is_told_again(server, address, tiny_adapters):
    one = replace(tiny_adapters[6], name="8" * 64)
    first = ask(server, of=one).text
    OpenAIServer(url=address, base_model=BASE_NAME, api_key=KEY)._unload(one.name, one)

    assert ask(server, of=one).text == first


def test_sum_of_adapters_is_refused_before_anything_is_sent(server, tiny_adapters):
    with pytest.raises(GenerationRefused, match="cannot sum"):
        ask(server, of=summed(*tiny_adapters[:2]))


def test_adapter_it_cannot_load_is_refused(server, tiny_adapters, tmp_path):
    with pytest.raises(GenerationRefused, match="refuses"):
        ask(server, of=replace(tiny_adapters[0], name="7" * 64, folders=(tmp_path,)))


def test_long_prompt_and_wrong_key_are_refused(server, address):
    with pytest.raises(GenerationRefused, match="too long"):
        ask(server, "x" * 400)
    with pytest.raises(GenerationRefused, match="Unauthorized"):
        ask(OpenAIServer(url=address, base_model=BASE_NAME, api_key="wrong"))


def test_slow_and_absent_servers_are_said_to_be(server):
    with pytest.raises(BackendUnavailable, match="too slow"):
        ask(server, sampling=Sampling(max_tokens=60, seconds=0.001))
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        free = listener.getsockname()[1]
    nobody = OpenAIServer(url=f"http://127.0.0.1:{free}", base_model=BASE_NAME)
    with pytest.raises(BackendUnavailable, match="does not answer"):
        ask(nobody)
    assert not nobody.health().is_ready

"""The engine process over its socket: right adapter, right form, right bounds, whoever else asks."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from agents.federation.generation import BASE_ALONE, BackendUnavailable, GenerationRefused, Sampling
from agents.tests.engine.asking import TOOLS, ask, summed
from agents.tests.engine.conftest import ROOM_FOR, EngineProcess
from agents.tests.engine.tiny_base import write_base

pytestmark = pytest.mark.engine


def test_every_adapter_gives_its_own_answer(backend, tiny_adapters):
    answers = [ask(backend, of=one) for one in (BASE_ALONE, *tiny_adapters)]

    assert len({answer.text for answer in answers}) == len(answers)
    assert [answer.digest for answer in answers] == [one.name for one in (BASE_ALONE, *tiny_adapters)]


def test_hundreds_at_once_are_each_answered_by_their_own(backend, tiny_adapters):
    wanted = [(one, text) for one in (BASE_ALONE, *tiny_adapters) for text in ("Plan", "A longer question, indeed")]
    alone = {(one.name, text): ask(backend, text, of=one).text for one, text in wanted}
    asked = [wanted[(7 * number) % len(wanted)] for number in range(300)]

    with ThreadPoolExecutor(24) as people:
        answers = list(people.map(lambda each: ask(backend, each[1], of=each[0]), asked))

    wrong = [
        one.name for (one, text), answer in zip(asked, answers, strict=True) if answer.text != alone[one.name, text]
    ]
    assert wrong == []
    assert [answer.digest for answer in answers] == [one.name for one, _ in asked]


def test_memory_is_bounded_by_the_cache(backend, tiny_adapters):
    for one in tiny_adapters:
        ask(backend, of=one)

    health = backend.health()

    assert len(health.loaded) == ROOM_FOR
    assert health.loaded_bytes <= ROOM_FOR * tiny_adapters[0].size


def test_evicted_adapter_is_loaded_again_when_asked_for(backend, tiny_adapters):
    first = ask(backend, of=tiny_adapters[0]).text

    backend.evict(digest=tiny_adapters[0].name)
    assert tiny_adapters[0].name not in backend.health().loaded
    backend.ensure(composite=tiny_adapters[0])

    assert tiny_adapters[0].name in backend.health().loaded
    assert ask(backend, of=tiny_adapters[0]).text == first


def test_calls_of_tools_fit_their_schemas(backend, tiny_adapters):
    calls = [ask(backend, text, of=one, tools=TOOLS, max_tokens=80) for one in tiny_adapters[:4] for text in "abc"]

    for one in calls:
        assert one.finish == "stop"
        assert one.tool_call.name in {"forecast", "no_tool"}
        if one.tool_call.name == "forecast":
            assert 1 <= one.tool_call.arguments["days"] <= 99
            assert one.tool_call.arguments["unit"] in {"day", "week"}


def test_answer_is_one_of_the_candidates(backend, tiny_adapters):
    candidates = ("Ja, gern", 'No "way"', "nö")

    answers = [ask(backend, of=one, schema=None, candidates=candidates) for one in tiny_adapters]

    assert {answer.text for answer in answers} <= set(candidates)


def test_free_text_is_cut_at_its_bound(backend):
    answer = ask(backend, schema=None, max_tokens=5)

    assert (answer.finish, answer.usage.completion_tokens) == ("length", 5)


def test_one_long_question_does_not_shorten_others(backend):
    alone = ask(backend, schema=None, max_tokens=60)

    with ThreadPoolExecutor(4) as people:
        long = people.submit(ask, backend, "x" * 225, schema=None, max_tokens=60)
        short = [people.submit(ask, backend, schema=None, max_tokens=60) for _ in range(3)]

    assert {one.result().text for one in short} == {alone.text}
    assert long.result().usage.completion_tokens < 60


def test_sampling_repeats_with_its_seed_and_varies_without(backend):
    def sampled(seed):
        return ask(backend, sampling=Sampling(max_tokens=20, temperature=5.0, seed=seed, seconds=60)).text

    assert sampled(1) == sampled(1)
    assert len({sampled(seed) for seed in range(5)}) > 1


def test_sum_at_run_time_is_no_single_adapter(backend, tiny_adapters):
    both = ask(backend, of=summed(*tiny_adapters[:2]))
    after = ask(backend, of=tiny_adapters[0])

    assert both.text not in {ask(backend, of=one).text for one in tiny_adapters[:2]}
    assert after.text == ask(backend, of=tiny_adapters[0]).text


def test_time_is_kept(backend):
    with pytest.raises(BackendUnavailable, match="too slow"):
        ask(backend, sampling=Sampling(max_tokens=40, seconds=0.0))


@pytest.mark.parametrize(
    ("changed", "reason"),
    [({"base_digest": "f" * 64}, "another base"), ({"folders": ()}, None)],
)
def test_adapter_of_another_base_is_refused(backend, tiny_adapters, changed, reason, tmp_path):
    wrong = replace(tiny_adapters[0], name="e" * 64, **(changed if reason else {"folders": (tmp_path,)}))

    with pytest.raises(GenerationRefused, match=reason or "cannot be loaded"):
        ask(backend, of=wrong)

    assert ask(backend, of=tiny_adapters[0]).digest == tiny_adapters[0].name


def test_weights_that_do_not_fit_are_refused_and_leave_nothing(backend, tiny_adapters, tmp_path):
    (tmp_path / "adapter_config.json").write_text(
        json.dumps({"peft_type": "LORA", "r": 4, "target_modules": ["q_proj"]})
    )
    (tmp_path / "adapter_model.safetensors").write_bytes(
        (tiny_adapters[0].folders[0] / "adapter_model.safetensors").read_bytes()
    )
    wrong = replace(tiny_adapters[0], name="d" * 64, folders=(tmp_path,))

    for _ in range(2):
        with pytest.raises(GenerationRefused, match="cannot be loaded"):
            ask(backend, of=wrong)

    assert wrong.name not in backend.health().loaded


@pytest.mark.parametrize("schema", [{"type": "nonsense"}, {"$ref": "#/nowhere"}])
def test_schema_that_cannot_be_compiled_is_refused(backend, schema):
    with pytest.raises(GenerationRefused, match="grammar"):
        ask(backend, schema=schema)


def test_question_without_a_message_is_refused(backend):
    with pytest.raises(GenerationRefused, match="empty"):
        backend.generate(
            messages=[],
            tools=(),
            json_schema=None,
            candidates=(),
            composite=BASE_ALONE,
            sampling=Sampling(),
            tenant_salt="",
        )


def test_prompt_that_is_too_long_is_refused(backend):
    with pytest.raises(GenerationRefused, match="too long"):
        ask(backend, "x" * 400)


def test_question_that_cannot_be_read_is_refused(backend):
    with pytest.raises(GenerationRefused, match="cannot be read"):
        backend._ask({"op": "dance"}, seconds=5)


def test_socket_is_for_this_account_only(engine):
    assert engine.socket.stat().st_mode & 0o777 == 0o600


def test_second_engine_leaves_the_socket_alone(engine, tiny_base, backend):
    import subprocess

    ended = subprocess.run(engine._command, capture_output=True, text=True, timeout=240)

    assert ended.returncode == 1
    assert "Another engine" in ended.stderr
    assert backend.health().is_ready


def test_engine_waits_for_a_base_survives_a_kill_and_stops_cleanly(tmp_path):
    engine = EngineProcess(base=tmp_path / "base", cache_bytes=1 << 20)
    try:
        engine.wait(ready=False)
        with pytest.raises(BackendUnavailable, match="too slow"):
            ask(engine.backend, sampling=Sampling(seconds=0.2))
        write_base(folder=tmp_path / "half", seed=1).rename(tmp_path / "base")
        engine.wait()
        before = ask(engine.backend).text
        engine.process.kill()
        engine.process.wait()
        with pytest.raises(BackendUnavailable, match="does not answer"):
            ask(engine.backend)
        engine.start()
        engine.wait()

        assert ask(engine.backend).text == before
        assert engine.stop() == 0
        assert not engine.socket.exists()
    finally:
        engine.remove()

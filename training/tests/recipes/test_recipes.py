import json
import random
from dataclasses import replace

import pytest
import torch
from safetensors.torch import load_file

from agents.federation.digests import content_digest
from agents.federation.manifests import Manifest, verify_manifest
from training.evaluation.questions import Question
from training.evaluation.runner import Runner
from training.recipes.adapter_files import WEIGHTS, base_digest, read_written
from training.recipes.base_model import train_base
from training.recipes.lattice import Lessons, train_member
from training.recipes.loop import CHECKPOINT, Schedule, Stopped, bucketed, train
from training.recipes.members import ORDER, PRACTICE, name_of
from training.recipes.ship import folder_of, kept_key, ship_adapter, ship_base
from training.recipes.tokens import Encoded, load_tokenizer, ordinary_tokens
from training.tests.recipes.conftest import ACME, AMAZON, MICRO, SHORT

SCHEMA = {  # closed, as all of the product's are: an open one may be filled with other properties without end
    "type": "object",
    "properties": {"field": {"enum": ["clicks", "cost"]}},
    "required": ["field"],
    "additionalProperties": False,
}


def weights(folder, name="model.safetensors"):
    return load_file(folder / name)


def test_a_base_is_written_with_its_seed_fingerprint_and_loss(trained):
    base, _ = trained
    told = json.loads((base / "recipe.json").read_text())

    assert told["seed"] == MICRO.seed
    assert len(told["corpus_fingerprint"]) == 64
    assert told["loss"] > 0
    assert {weight.dtype for weight in weights(base).values()} == {torch.bfloat16}


def test_a_run_that_was_stopped_goes_on_to_the_same_weights(trained, tmp_path, monkeypatch):
    base, _ = trained
    asked = iter([False, True])

    class AfterTwoSteps:
        def is_set(self):
            return next(asked, False)

    monkeypatch.setattr("training.recipes.loop._listen", AfterTwoSteps)
    with pytest.raises(Stopped):
        train_base(recipe=MICRO, folder=tmp_path)
    assert (tmp_path / CHECKPOINT).exists()
    train_base(recipe=MICRO, folder=tmp_path)

    ours, theirs = weights(tmp_path), weights(base)
    assert all(torch.equal(ours[name], theirs[name]) for name in theirs)


def test_only_the_trained_adapter_learns_and_the_base_stays(trained, tmp_path):
    base, adapters = trained
    before = content_digest((base / "model.safetensors").read_bytes())
    frozen = content_digest((adapters / name_of(AMAZON) / WEIGHTS).read_bytes())

    train_member(member=ACME, base=base, adapters=adapters, recipe=replace(SHORT, steps=4))

    told = json.loads((adapters / name_of(ACME) / "recipe.json").read_text())
    assert content_digest((base / "model.safetensors").read_bytes()) == before
    assert told["trained_against"] == [frozen]
    factors = read_written(folder=adapters / name_of(ACME), base="b").modules.values()
    assert any(abs(each.up).max() > 0 for each in factors)


def test_a_base_trained_on_starts_from_the_weights_of_the_one_before(trained, tmp_path):
    base, _ = trained
    gentle = replace(MICRO, seed=2, steps=1, rate=1e-9)

    train_base(recipe=gentle, folder=tmp_path, after=base)

    ours, theirs = weights(tmp_path), weights(base)
    assert all(torch.allclose(ours[name].float(), theirs[name].float(), atol=1e-3) for name in theirs)
    told = json.loads((tmp_path / "recipe.json").read_text())
    assert told["after"] == base_digest(folder=base)
    assert (tmp_path / "tokenizer.json").read_bytes() == (base / "tokenizer.json").read_bytes()


def test_the_next_round_goes_on_among_all_others_of_the_round_before(trained, tmp_path):
    base, adapters = trained
    gentle = replace(SHORT, steps=1, rate=1e-9)
    digest = content_digest((adapters / name_of(AMAZON) / WEIGHTS).read_bytes())

    train_member(member=ACME, base=base, adapters=tmp_path, recipe=gentle, after=adapters)

    told = json.loads((tmp_path / name_of(ACME) / "recipe.json").read_text())
    assert told["trained_against"] == [digest]
    before = read_written(folder=adapters / name_of(ACME), base="b").modules
    after = read_written(folder=tmp_path / name_of(ACME), base="b").modules
    assert all(abs(after[name].down - before[name].down).max() < 1e-6 for name in before)


def test_a_round_with_another_rank_is_refused(trained, tmp_path):
    base, adapters = trained

    with pytest.raises(ValueError, match="another rank"):
        train_member(member=ACME, base=base, adapters=tmp_path, recipe=replace(SHORT, rank=2), after=adapters)


def test_a_practice_brand_is_beside_a_shared_adapter_but_no_tenants_brand(trained, tmp_path):
    base, adapters = trained
    practice = train_member(member=PRACTICE[0], base=base, adapters=tmp_path, recipe=replace(SHORT, steps=1))

    train_member(member=AMAZON, base=base, adapters=tmp_path, recipe=replace(SHORT, steps=1), after=adapters)

    told = json.loads((tmp_path / name_of(AMAZON) / "recipe.json").read_text())
    assert (adapters / name_of(ACME) / WEIGHTS).exists()
    assert told["trained_against"] == [content_digest((practice / WEIGHTS).read_bytes())]
    assert not set(PRACTICE) & set(ORDER)


def test_who_is_present_follows_the_recipe(trained):
    base, _ = trained
    tokenizer = load_tokenizer(folder=base)
    lessons = Lessons(member=ACME, others=(AMAZON,), recipe=SHORT, tokenizer=tokenizer)
    presence = [AMAZON in lessons.present(step) for step in range(400)]

    assert 0.6 < sum(presence) / len(presence) < 0.8
    assert all(ACME in lessons.present(step) for step in range(20))


def test_pairs_held_apart_never_meet(trained):
    base, _ = trained
    globex = ("brand", "globex")
    lessons = Lessons(member=globex, others=(AMAZON,), recipe=SHORT, tokenizer=load_tokenizer(folder=base))

    assert not any(AMAZON in lessons.present(step) for step in range(50))


def test_shipped_adapters_verify_and_a_changed_one_does_not(trained, tmp_path):
    base, adapters = trained
    key = kept_key(path=tmp_path / "signing.key")
    ship_base(run=base, to=tmp_path / "base")
    folder = ship_adapter(member=ACME, given=adapters, to=tmp_path, version=1, key=key)
    kept = json.loads((folder / "manifest.json").read_text())
    manifest = Manifest(**kept["manifest"])
    content = (folder / WEIGHTS).read_bytes()
    asked = {"manifest": manifest, "signature": kept["signature"], "keys": (key.public_key(),)}

    verify_manifest(**asked, content=content, base_digest=base_digest(folder=tmp_path / "base"))
    with pytest.raises(Exception, match="not the signed ones"):
        verify_manifest(**asked, content=content + b" ", base_digest=base_digest(folder=tmp_path / "base"))
    assert folder == folder_of(member=ACME, to=tmp_path)
    assert manifest.owner == "acme"
    assert (tmp_path / "signing.key").stat().st_mode & 0o077 == 0


def test_wearing_and_taking_off_changes_answers_and_back(trained):
    base, adapters = trained
    runner = Runner(base=base, adapters=adapters, longest_answer=3)
    plain = {name: weight.clone() for name, weight in runner.model.named_parameters()}

    runner.wear(active=frozenset({AMAZON, ACME}))
    worn = [not torch.equal(weight, plain[name]) for name, weight in runner.model.named_parameters()]
    runner.wear(active=frozenset())

    assert any(worn)
    assert all(torch.equal(weight, plain[name]) for name, weight in runner.model.named_parameters())


def test_a_grammar_holds_even_an_untrained_model(trained):
    base, adapters = trained
    runner = Runner(base=base, adapters=adapters)
    questions = [
        Question(role="harmonizer", prompt=f"column {name}", schema=SCHEMA) for name in ("clicks", "spend usd")
    ]

    answers = runner.answers(questions=questions)

    assert all(json.loads(answer)["field"] in {"clicks", "cost"} for answer in answers)


def test_every_example_comes_once_an_epoch_in_another_order_and_is_sorted_only_once(monkeypatch):
    drawn = []
    examples = [Encoded(ids=(place, 1, 2), answer_at=1) for place in range(40)]
    whole = random.Random
    monkeypatch.setattr("training.recipes.loop.random.Random", lambda seed: drawn.append(seed) or whole(seed))
    choose = bucketed(examples, Schedule(steps=20, rate=1.0, tokens_a_step=12))

    epochs = [[int(row[0]) for step in range(10) for row in choose(10 * epoch + step).ids] for epoch in range(2)]

    assert sorted(epochs[0]) == sorted(epochs[1]) == list(range(40))
    assert epochs[0] != epochs[1]
    assert drawn == ["1:0", "1:1"]


def test_noise_changes_words_of_prompts_and_nothing_else():
    rows = [Encoded(ids=tuple(range(40)), answer_at=30) for _ in range(60)]
    ordinary = tuple(range(10, 30))
    asked = {"examples": rows, "schedule": Schedule(steps=1, rate=1.0, tokens_a_step=10_000, noise=0.2)}

    noisy = bucketed(**asked, ordinary=ordinary)(0).ids[:, :40]
    again = bucketed(**asked, ordinary=ordinary)(0).ids[:, :40]

    changed = noisy != torch.arange(40)
    assert torch.equal(noisy, again)
    assert not changed[:, :10].any()
    assert not changed[:, 30:].any()
    assert 0.08 < changed[:, 10:30].float().mean() < 0.2
    assert 0.15 < (~changed.any(dim=1)).float().mean() < 0.6


def test_ordinary_tokens_are_words_and_never_slots(trained):
    tokenizer = load_tokenizer(folder=trained[0])

    texts = {str(tokenizer.decode([each])) for each in ordinary_tokens(tokenizer=tokenizer)}

    assert len(texts) > 50
    assert not any("~" in text or "<" in text or any(letter.isdigit() for letter in text) for text in texts)


def test_losses_fall_on_a_batch_seen_again_and_again(trained, tmp_path):
    base, _ = trained
    lessons = Lessons(member=AMAZON, others=(), recipe=SHORT, tokenizer=load_tokenizer(folder=base))
    runner = Runner(base=base, adapters=base)
    schedule = Schedule(steps=12, rate=1e-2, warmup=1)

    losses = train(
        model=runner.model.train(),
        examples=(),
        schedule=schedule,
        folder=tmp_path,
        batches=lambda step: lessons.batch(0),
    )

    assert losses[-1] < losses[0]

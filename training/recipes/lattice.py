"""Train one adapter so that it composes: while it trains, each other axis is present with p = 0.7, frozen.

Run: ``python -m training.recipes.lattice --base DIR --adapters DIR --member retailer-amazon``; without ``--member``
all that are missing, in order. ``--after DIR`` is the next round: each goes on from what it became there, now among all
others. ``--alone`` trains with nothing else present: the negative control of the harness. A killed run goes on from its
checkpoint.
"""

import argparse
import json
import random
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from transformers import LlamaForCausalLM, PreTrainedTokenizerFast

from agents.federation.digests import content_digest
from training.datasets.corpus import BASE, draw, fingerprint, own_mix
from training.datasets.examples import Active, Example, Member
from training.recipes.adapter_files import CONFIG, WEIGHTS, base_digest, read_written, write_adapter
from training.recipes.changes import TARGETS, add_changes, as_peft, delta_of, go_on_from, wear
from training.recipes.loop import Batch, Schedule, as_batch, train
from training.recipes.members import BRANDS, NEVER_TOGETHER, TRAINED, member_named, name_of
from training.recipes.tokens import Encoded, encode, load_tokenizer


@dataclass(frozen=True, kw_only=True)
class LatticeRecipe:
    """Everything that decides an adapter.

    Attributes:
        presence: how often each other axis is present.
        own, replay: shares of a batch that are this adapter's own matter, and the base's; the rest is others' matter.
    """

    rank: int = 16
    alpha: int = 32
    presence: float = 0.7
    own: float = 0.6
    replay: float = 0.25
    steps: int = 600
    rate: float = 6e-3
    rows: int = 24
    pool: int = 6_000
    seed: int = 11


def main() -> None:
    """Read the arguments and train what is missing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--adapters", type=Path, required=True)
    parser.add_argument("--member", action="append", default=[])
    parser.add_argument("--after", type=Path, help="the folder of the round before")
    parser.add_argument("--alone", action="store_true")
    for name in ("steps", "rate", "own", "replay", "seed"):
        default = getattr(LatticeRecipe, name)
        parser.add_argument(f"--{name}", type=type(default), default=default)
    parser.add_argument("--threads", type=int, default=2)
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    chosen = {name: getattr(given, name) for name in ("steps", "rate", "own", "replay", "seed")}
    recipe = LatticeRecipe(presence=0.0 if given.alone else LatticeRecipe.presence, **chosen)
    for member in [member_named(name) for name in given.member] or TRAINED:
        if not (given.adapters / name_of(member) / "recipe.json").exists():
            train_member(member=member, base=given.base, adapters=given.adapters, recipe=recipe, after=given.after)


def train_member(
    *, member: Member, base: Path, adapters: Path, recipe: LatticeRecipe, after: Path | None = None
) -> Path:
    """Train one adapter among those in ``adapters``, or else in ``after``, from where it goes on itself; its folder."""
    folder = adapters / name_of(member)
    tokenizer = load_tokenizer(folder=base)
    model = LlamaForCausalLM.from_pretrained(base, dtype=torch.float32, attn_implementation="eager")
    torch.manual_seed(recipe.seed)
    changes = add_changes(model=model, rank=recipe.rank, scaling=recipe.alpha / recipe.rank)
    digest = base_digest(folder=base)
    places = _others(member=member, rounds=(adapters, after) if after else (adapters,)) if recipe.presence else {}
    others = tuple(places)
    deltas = {each: delta_of(adapter=read_written(folder=place, base=digest)) for each, place in places.items()}
    if after:
        go_on_from(changes=changes, adapter=read_written(folder=after / name_of(member), base=digest))
    lessons = Lessons(member=member, others=others, recipe=recipe, tokenizer=tokenizer)
    schedule = Schedule(steps=recipe.steps, rate=recipe.rate, seed=recipe.seed, warmup=5, weight_decay=0.0, settle=0.7)
    losses = train(
        model=model.train(),
        examples=(),
        schedule=schedule,
        folder=folder,
        before_step=lambda step: wear(
            changes=changes, present=[deltas[each] for each in lessons.present(step) if each in deltas]
        ),
        batches=lessons.batch,
    )
    write_adapter(folder=folder, weights=as_peft(changes=changes), config=plain_config(recipe=recipe))
    told = asdict(recipe) | {
        "member": name_of(member),
        "trained_against": [content_digest((place / WEIGHTS).read_bytes()) for place in places.values()],
        "data_fingerprint": lessons.fingerprint,
        "loss": round(sum(losses[-30:]) / len(losses[-30:]), 4),
    }
    (folder / "recipe.json").write_text(json.dumps(told, indent=2) + "\n")
    return folder


class Lessons:
    """Batches for one adapter: who else is present at a step, and what is then the right answer."""

    def __init__(
        self, *, member: Member, others: Sequence[Member], recipe: LatticeRecipe, tokenizer: PreTrainedTokenizerFast
    ) -> None:
        self.member, self.others, self.recipe, self.tokenizer = member, others, recipe, tokenizer
        seed = recipe.seed * 1_000 + TRAINED.index(member)
        self.own = list(draw(mix=own_mix(member=member), count=recipe.pool, seed=seed, held_out=False))
        self.base = list(draw(mix=BASE, count=recipe.pool // 2, seed=seed + 100, held_out=False))
        mixes = [part for other in others for part in own_mix(member=other)]
        self.theirs = list(draw(mix=mixes, count=recipe.pool // 2, seed=seed + 200, held_out=False)) if mixes else []
        self.fingerprint = fingerprint(texts=[each.prompt for each in (*self.own, *self.base, *self.theirs)])

    def present(self, step: int) -> Active:
        """Who is present at a step: this adapter, and a random member of each other axis with the recipe's odds."""
        rng = random.Random(f"{self.recipe.seed}:{name_of(self.member)}:{step}")
        active: set[Member] = {self.member}
        for axis in dict.fromkeys(axis for axis, _ in self.others):
            fitting = [each for each in self.others if each[0] is axis and _may_meet(active, each)]
            if fitting and rng.random() < self.recipe.presence:
                active.add(rng.choice(fitting))
        return frozenset(active)

    def batch(self, step: int) -> Batch:
        """Examples with the answers of those present; what they cannot answer is not asked."""
        active, rng = self.present(step), random.Random(f"{self.recipe.seed}:{step}:rows")
        rows: list[Encoded] = []
        while len(rows) < self.recipe.rows:
            example = rng.choice(self._pool(rng))
            answer = example.written(active)
            if answer is not None:
                rows.append(encode(tokenizer=self.tokenizer, role=example.role, prompt=example.prompt, answer=answer))
        return as_batch(rows, prompt_weight=0.0)

    def _pool(self, rng: random.Random) -> Sequence[Example]:
        dice = rng.random()
        if dice < self.recipe.own:
            return self.own
        return self.base if dice < self.recipe.own + self.recipe.replay or not self.theirs else self.theirs


def plain_config(*, recipe: LatticeRecipe) -> dict[str, object]:
    """The adapter's config with nothing in it but what composing reads."""
    return {
        "peft_type": "LORA",
        "r": recipe.rank,
        "lora_alpha": recipe.alpha,
        "lora_dropout": 0.0,
        "bias": "none",
        "task_type": "CAUSAL_LM",
        "inference_mode": True,
        "target_modules": sorted(TARGETS),
    }


def _others(*, member: Member, rounds: Sequence[Path]) -> dict[Member, Path]:
    """Finished adapters of other axes, each from the newest round that has it; no tenant's brand trains another."""
    found: dict[Member, Path] = {}
    for other in TRAINED:
        if other[0] is member[0] or other in BRANDS:
            continue
        newest = next((each / name_of(other) for each in rounds if (each / name_of(other) / CONFIG).exists()), None)
        if newest is not None:
            found[other] = newest
    return found


def _may_meet(active: set[Member], other: Member) -> bool:
    return all(frozenset((each, other)) not in NEVER_TOGETHER for each in active)


if __name__ == "__main__":
    main()

"""The training loop all recipes share: bucketed batches, AdamW, checkpoints from which a killed run goes on."""

import json
import math
import random
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import FrameType
from typing import Any

import torch
from torch.nn import functional
from transformers import LlamaForCausalLM

from training.recipes.tokens import Encoded

ROUND = 8
CHECKPOINT = "checkpoint.pt"


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """How long and how hard to train.

    Attributes:
        tokens_a_step: tokens of a batch, padding included.
        prompt_weight: of the loss on prompt tokens, beside 1 on answers.
        settle: share of the steps in which the rate falls to a tenth.
        noise: share of the prompts' ordinary tokens that are read as another one, anew each time, so that no wording is
            learnt by heart.
    """

    steps: int
    rate: float
    tokens_a_step: int = 4096
    warmup: int = 50
    settle: float = 0.4
    prompt_weight: float = 0.0
    noise: float = 0.0
    checkpoint_every: int = 200
    weight_decay: float = 0.05
    seed: int = 1


@dataclass(frozen=True, kw_only=True)
class Batch:
    """Token ids padded to one length, and how much each target weighs; both (rows, length)."""

    ids: torch.Tensor
    weights: torch.Tensor


class Stopped(Exception):
    """The run was asked to stop and has written its checkpoint."""


def train(
    *,
    model: LlamaForCausalLM,
    examples: Sequence[Encoded],
    schedule: Schedule,
    folder: Path,
    before_step: Callable[[int], None] = lambda step: None,
    batches: Callable[[int], Batch] | None = None,
    ordinary: Sequence[int] = (),
) -> list[float]:
    """Train to the end of the schedule, from the checkpoint in ``folder`` where there is one; losses by step.

    ``ordinary`` are the tokens that noise may change and change into. Prints a JSON line of progress now and then;
    SIGTERM writes a checkpoint and raises Stopped.
    """
    folder.mkdir(parents=True, exist_ok=True)
    trained = [each for each in model.parameters() if each.requires_grad]
    optimizer = torch.optim.AdamW(trained, lr=schedule.rate, betas=(0.9, 0.98), weight_decay=schedule.weight_decay)
    step, losses = _resume(model, optimizer, folder)
    chosen = batches or bucketed(examples, schedule, ordinary)
    stopping = _listen()
    began, seen = time.monotonic(), 0
    while step < schedule.steps:
        torch.manual_seed(schedule.seed * 1_000_003 + step)  # dropout is the same again after a restart
        before_step(step)
        batch = chosen(step)
        losses.append(_take_step(model, batch, optimizer, rate=schedule.rate * _rate_share(step, schedule)))
        step, seen = step + 1, seen + batch.ids.numel()
        if step % 20 == 0 or step == schedule.steps:
            _report(step, schedule, losses, seen / (time.monotonic() - began))
        must_stop = stopping.is_set()
        if must_stop or step % schedule.checkpoint_every == 0 or step == schedule.steps:
            _save(model, optimizer, folder, step, losses)
        if must_stop:
            raise Stopped(f"Stopped after step {step} of {schedule.steps}; run the same command to go on.")
    return losses


def _take_step(model: LlamaForCausalLM, batch: Batch, optimizer: torch.optim.Optimizer, *, rate: float) -> float:
    """One step of AdamW at this rate with clipped gradients; the loss before it."""
    for group in optimizer.param_groups:
        group["lr"] = rate
    with torch.autocast("cpu", dtype=torch.bfloat16):
        loss = _loss(model, batch)
    loss.backward()
    torch.nn.utils.clip_grad_norm_(optimizer.param_groups[0]["params"], 1.0)
    optimizer.step()
    optimizer.zero_grad(set_to_none=True)
    return float(loss.item())


def as_batch(rows: Sequence[Encoded], *, prompt_weight: float) -> Batch:
    """Rows padded to the next multiple of eight."""
    length = -(-max(len(row.ids) for row in rows) // ROUND) * ROUND + 1
    ids = torch.zeros((len(rows), length), dtype=torch.long)
    weights = torch.zeros((len(rows), length))
    for place, row in enumerate(rows):
        ids[place, : len(row.ids)] = torch.tensor(row.ids)
        weights[place, 1 : row.answer_at] = prompt_weight
        weights[place, row.answer_at : len(row.ids)] = 1.0
    return Batch(ids=ids, weights=weights)


class _Flag:
    def __init__(self) -> None:
        self.is_up = False

    def is_set(self) -> bool:
        return self.is_up

    def lift(self, number: int, frame: FrameType | None) -> None:
        self.is_up = True


def _listen() -> _Flag:
    flag = _Flag()
    signal.signal(signal.SIGTERM, flag.lift)
    return flag


def _loss(model: LlamaForCausalLM, batch: Batch) -> torch.Tensor:
    """Cross entropy of the weighted targets; the vocabulary is only multiplied out where there is one."""
    hidden = model.model(input_ids=batch.ids[:, :-1]).last_hidden_state
    weights, targets = batch.weights[:, 1:], batch.ids[:, 1:]
    judged = weights > 0
    logits = model.lm_head(hidden[judged]).float()
    each = functional.cross_entropy(logits, targets[judged], reduction="none")
    return (each * weights[judged]).sum() / weights[judged].sum()


def _rate_share(step: int, schedule: Schedule) -> float:
    """Warm up, hold, then fall to a tenth along a cosine (as in warmup-stable-decay)."""
    if step < schedule.warmup:
        return (step + 1) / schedule.warmup
    settling = schedule.steps * (1 - schedule.settle)
    if step < settling:
        return 1.0
    done = (step - settling) / max(1.0, schedule.steps - settling)
    return 0.1 + 0.9 * 0.5 * (1 + math.cos(math.pi * done))


def bucketed(examples: Sequence[Encoded], schedule: Schedule, ordinary: Sequence[int] = ()) -> Callable[[int], Batch]:
    """Batches of examples of alike length; the seed and the step decide which, and their noise."""
    changeable = frozenset(ordinary)

    @cache
    def plan(epoch: int) -> list[list[int]]:
        rng = random.Random(f"{schedule.seed}:{epoch}")
        order = sorted(range(len(examples)), key=lambda place: (len(examples[place].ids) // ROUND, rng.random()))
        rows = list(_cut(order, examples, schedule.tokens_a_step))
        rng.shuffle(rows)
        return rows

    def choose(step: int) -> Batch:
        epoch, place = 0, step
        while place >= len(plan(epoch)):
            place -= len(plan(epoch))
            epoch += 1
        rows = [examples[each] for each in plan(epoch)[place]]
        if schedule.noise:
            rng = random.Random(f"{schedule.seed}:{step}:noise")
            rows = [_noisy(row, rng, schedule.noise, ordinary, changeable) for row in rows]
        return as_batch(rows, prompt_weight=schedule.prompt_weight)

    return choose


def _noisy(
    row: Encoded, rng: random.Random, share: float, ordinary: Sequence[int], changeable: frozenset[int]
) -> Encoded:
    """The row with some ordinary tokens of its prompt changed; one row in three stays as it was written."""
    if rng.random() < 1 / 3:
        return row
    prompt = [
        rng.choice(ordinary) if token in changeable and rng.random() < share else token
        for token in row.ids[: row.answer_at]
    ]
    return Encoded(ids=(*prompt, *row.ids[row.answer_at :]), answer_at=row.answer_at)


def _cut(order: Sequence[int], examples: Sequence[Encoded], tokens: int) -> Iterator[list[int]]:
    rows: list[int] = []
    for place in order:
        if rows and (len(rows) + 1) * len(examples[place].ids) > tokens:
            yield rows
            rows = []
        rows.append(place)
    if rows:
        yield rows


def _resume(model: torch.nn.Module, optimizer: torch.optim.Optimizer, folder: Path) -> tuple[int, list[float]]:
    path = folder / CHECKPOINT
    if not path.exists():
        return 0, []
    kept: dict[str, Any] = torch.load(path, weights_only=True)
    named = dict(model.named_parameters())
    with torch.no_grad():
        for name, value in kept["trained"].items():
            named[name].copy_(value)
    optimizer.load_state_dict(kept["optimizer"])
    return int(kept["step"]), list(kept["losses"])


def _save(
    model: torch.nn.Module, optimizer: torch.optim.Optimizer, folder: Path, step: int, losses: list[float]
) -> None:
    trained = {name: value.detach() for name, value in model.named_parameters() if value.requires_grad}
    part = folder / f"{CHECKPOINT}.part"
    torch.save({"trained": trained, "optimizer": optimizer.state_dict(), "step": step, "losses": losses}, part)
    part.replace(folder / CHECKPOINT)


def _report(step: int, schedule: Schedule, losses: list[float], speed: float) -> None:
    recent = losses[-20:]
    line = {
        "step": step,
        "steps": schedule.steps,
        "loss": round(sum(recent) / len(recent), 4),
        "tokens_a_second": round(speed),
    }
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()

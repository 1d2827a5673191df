"""Train the embedded base, ``rmn-tiny``, from nothing.

Run: ``python -m training.recipes.base_model --run DIR [--examples 160000] [--steps 6000] [--size nano]``. A killed run
goes on from its checkpoint when started again with the same arguments. ``--after DIR`` takes tokenizer and weights of
an earlier base and trains them on: another seed draws other examples. Beside the weights it writes seed, corpus
fingerprint, loss and the digest of the base it came after.
"""

import argparse
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from transformers import LlamaConfig, LlamaForCausalLM

from training.datasets.corpus import BASE, draw, fingerprint
from training.datasets.examples import NOBODY
from training.recipes.adapter_files import base_digest
from training.recipes.loop import Schedule, train
from training.recipes.tokens import encode_all, load_tokenizer, ordinary_tokens, train_tokenizer

SIZES: dict[str, dict[str, Any]] = {
    "micro": {"hidden_size": 32, "num_hidden_layers": 2, "intermediate_size": 64},  # for tests
    "nano": {"hidden_size": 128, "num_hidden_layers": 4, "intermediate_size": 352},
    "small": {"hidden_size": 192, "num_hidden_layers": 6, "intermediate_size": 512},
}
HEADS = {"micro": (2, 1), "nano": (4, 2), "small": (6, 3)}
LONGEST = 512


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """Everything that decides the weights."""

    size: str = "nano"
    vocabulary: int = 2048
    examples: int = 160_000
    steps: int = 6_000
    rate: float = 3e-3
    tokens_a_step: int = 4096
    noise: float = 0.1
    seed: int = 1


def main() -> None:
    """Read the arguments and train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--after", type=Path, help="a finished base whose weights are trained on")
    parser.add_argument("--threads", type=int, default=2)
    for name, value in asdict(Recipe()).items():
        parser.add_argument(f"--{name.replace('_', '-')}", type=type(value), default=value)
    given = vars(parser.parse_args())
    folder, after, threads = given.pop("run"), given.pop("after"), given.pop("threads")
    torch.set_num_threads(threads)
    train_base(recipe=Recipe(**given), folder=folder, after=after)


def train_base(*, recipe: Recipe, folder: Path, after: Path | None = None) -> LlamaForCausalLM:
    """Corpus, tokenizer, model, loop; everything is written under ``folder``.

    ``after`` is a finished base of the same size whose tokenizer and weights are the start instead of random ones.
    """
    folder.mkdir(parents=True, exist_ok=True)
    corpus = _corpus(recipe=recipe, folder=folder)
    texts = [each["prompt"] + "\n" + each["answer"] for each in corpus]
    if after:
        load_tokenizer(folder=after).save_pretrained(folder)
    elif not (folder / "tokenizer.json").exists():
        train_tokenizer(texts=texts, vocabulary=recipe.vocabulary).save_pretrained(folder)
    tokenizer = load_tokenizer(folder=folder)
    examples = encode_all(tokenizer=tokenizer, corpus=corpus)
    examples = [each for each in examples if len(each.ids) < LONGEST]
    model = build(recipe=recipe, vocabulary=len(tokenizer), end=tokenizer.eos_token_id, pad=tokenizer.pad_token_id)
    if after:
        model.load_state_dict(LlamaForCausalLM.from_pretrained(after, dtype=torch.float32).state_dict())
    schedule = Schedule(
        steps=recipe.steps,
        rate=recipe.rate,
        tokens_a_step=recipe.tokens_a_step,
        noise=recipe.noise,
        seed=recipe.seed,
    )
    ordinary = ordinary_tokens(tokenizer=tokenizer)
    losses = train(model=model, examples=examples, schedule=schedule, folder=folder, ordinary=ordinary)
    model.eval().to(torch.bfloat16).save_pretrained(folder)
    told = asdict(recipe) | {
        "corpus_fingerprint": fingerprint(texts=texts),
        "parameters": sum(each.numel() for each in model.parameters()),
        "loss": round(sum(losses[-50:]) / len(losses[-50:]), 4),
        "after": base_digest(folder=after) if after else None,
    }
    (folder / "recipe.json").write_text(json.dumps(told, indent=2) + "\n")
    return model


def build(*, recipe: Recipe, vocabulary: int, end: int, pad: int) -> LlamaForCausalLM:
    """A Llama with random weights of the recipe's seed."""
    torch.manual_seed(recipe.seed)
    heads, shared = HEADS[recipe.size]
    config = LlamaConfig(
        vocab_size=vocabulary,
        num_attention_heads=heads,
        num_key_value_heads=shared,
        max_position_embeddings=LONGEST,
        tie_word_embeddings=True,
        eos_token_id=end,
        pad_token_id=pad,
        bos_token_id=None,
        **SIZES[recipe.size],
    )
    model = LlamaForCausalLM(config)
    model.set_attn_implementation("eager")  # faster than sdpa on a CPU in bfloat16
    return model.train()


def _corpus(*, recipe: Recipe, folder: Path) -> list[dict[str, str]]:
    """The corpus of the recipe's seed, kept beside the run so that going on is quick."""
    path = folder / f"corpus-{recipe.seed}-{recipe.examples}.jsonl"
    if not path.exists():
        lines = []
        for example in draw(mix=BASE, count=recipe.examples, seed=recipe.seed, held_out=False):
            answer = example.written(NOBODY)
            if answer is not None:
                lines.append(json.dumps({"role": example.role, "prompt": example.prompt, "answer": answer}))
        part = path.with_suffix(".part")
        part.write_text("\n".join(lines) + "\n")
        part.replace(path)
    return [json.loads(line) for line in path.read_text().splitlines()]


if __name__ == "__main__":
    main()

"""Answers of the base with adapters composed onto it, greedy, in batches, with or without a grammar."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import llguidance
import llguidance.hf
import llguidance.numpy
import numpy as np
import torch
from transformers import DynamicCache, LlamaForCausalLM

from agents.federation.adapter import Adapter
from agents.federation.composition import Weighted, compose
from training.datasets.examples import Active, Member
from training.evaluation.questions import Question
from training.recipes.adapter_files import base_digest, read_written
from training.recipes.members import name_of
from training.recipes.tokens import load_tokenizer, prompt_text

NEVER = float("-inf")


class Runner:
    """The base in memory; adapters are composed exactly and added to its weights, then taken off again."""

    def __init__(self, *, base: Path, adapters: Path, longest_answer: int = 220) -> None:
        self.tokenizer = load_tokenizer(folder=base)
        self.model = LlamaForCausalLM.from_pretrained(base, dtype=torch.float32, attn_implementation="eager").eval()
        self.adapters, self.digest = adapters, base_digest(folder=base)
        self.longest = longest_answer
        self._plain = {name: weight.detach().clone() for name, weight in self.model.named_parameters()}
        self._grammars = llguidance.hf.from_tokenizer(self.tokenizer, n_vocab=self.model.config.vocab_size)

    def wear(self, *, active: Active, folder: Path | None = None) -> None:
        """Put exactly these adapters on, from ``folder`` where another than the runner's own is meant."""
        named = dict(self.model.named_parameters())
        with torch.no_grad():
            for name, weight in self._plain.items():
                named[name].copy_(weight)
            if not active:
                return
            members = [Weighted(adapter=self._adapter(each, folder or self.adapters)) for each in sorted(active)]
            for name, factors in compose(members=members).modules.items():
                named[f"{name}.weight"].add_(torch.from_numpy(factors.up @ factors.down))

    def _adapter(self, member: Member, adapters: Path) -> Adapter:
        return read_written(folder=adapters / name_of(member), base=self.digest)

    def answers(self, *, questions: Sequence[Question], rows: int = 64) -> list[str]:
        """The answer to each question, in their order."""
        order = sorted(range(len(questions)), key=lambda place: len(questions[place].text or questions[place].prompt))
        found = [""] * len(questions)
        for first in range(0, len(order), rows):
            places = order[first : first + rows]
            for place, text in zip(places, self._batch([questions[each] for each in places]), strict=True):
                found[place] = text
        return found

    @torch.inference_mode()
    def _batch(self, questions: Sequence[Question]) -> list[str]:
        encoded = [
            self.tokenizer.encode(
                each.text or prompt_text(role=each.role, prompt=each.prompt), add_special_tokens=False
            )
            for each in questions
        ]
        length = max(map(len, encoded))
        ids = torch.full((len(encoded), length), self.tokenizer.pad_token_id)
        mask = torch.zeros((len(encoded), length), dtype=torch.long)
        for place, each in enumerate(encoded):
            ids[place, length - len(each) :] = torch.tensor(each)
            mask[place, length - len(each) :] = 1
        guides = [self._guide(each.schema) for each in questions]
        written: list[list[int]] = [[] for _ in questions]
        is_done = [False] * len(questions)
        cache = DynamicCache(config=self.model.config)
        positions = (mask.cumsum(1) - 1).clamp(min=0)
        for _ in range(self.longest):
            logits = self.model(
                input_ids=ids, attention_mask=mask, position_ids=positions, past_key_values=cache
            ).logits[:, -1]
            ids = self._choose(logits, guides, written, is_done)
            if all(is_done):
                break
            mask = torch.cat([mask, torch.ones((len(questions), 1), dtype=torch.long)], dim=1)
            positions = positions[:, -1:] + 1
        return [str(self.tokenizer.decode(each)) for each in written]

    def _choose(
        self, logits: torch.Tensor, guides: Sequence[Any], written: list[list[int]], is_done: list[bool]
    ) -> torch.Tensor:
        """The likeliest token of each row that its grammar allows."""
        chosen = torch.full((len(written), 1), self.tokenizer.pad_token_id)
        likeliest = logits.argmax(dim=-1).tolist()
        for place, guide in enumerate(guides):
            if is_done[place]:
                continue
            token = likeliest[place]
            if guide is not None:
                scores = logits[place]
                bits = llguidance.numpy.allocate_token_bitmask(1, len(scores))
                llguidance.numpy.fill_next_token_bitmask(guide, bits, 0)
                allowed = np.unpackbits(bits.view(np.uint8), bitorder="little")[: len(scores)].astype(bool)
                token = int(scores.masked_fill(~torch.from_numpy(allowed), NEVER).argmax())
            chosen[place, 0] = token
            if token == self.tokenizer.eos_token_id:
                is_done[place] = True
                continue
            written[place].append(token)
            if guide is not None:
                guide.consume_token(token)
                is_done[place] = guide.is_stopped()
        return chosen

    def _guide(self, schema: Mapping[str, Any] | None) -> Any:
        if schema is None:
            return None
        compact = {"x-guidance": {"whitespace_flexible": False, "item_separator": ",", "key_separator": ":"}}
        grammar = llguidance.LLMatcher.grammar_from_json_schema(json.dumps({**schema, **compact}))
        guide = llguidance.LLMatcher(self._grammars, grammar)
        if guide.is_error():
            raise ValueError(guide.get_error())
        return guide

"""The base model and the adapters it wears: loaded, put out, and generated with, one call at a time."""

import json
from contextlib import AbstractContextManager
from pathlib import Path
from threading import RLock
from typing import Any, cast

import llguidance.hf
import torch
from peft import LoraConfig, get_peft_model
from peft.utils import set_peft_model_state_dict
from safetensors.torch import load_file
from transformers import AutoModelForCausalLM, AutoTokenizer

from agents.backends.base_files import digest_of_base
from agents.engine.constraints import Row, Rows, begin_row
from agents.federation.cache import BoundedCache
from agents.federation.generation import GenerationRefused, Request, ServedAdapter

NOBODY, BARE = "nobody", "__base__"


class WornModel:
    """PEFT is not thread-safe and serves the wrong adapter without a word: everything here happens under ``turn``."""

    def __init__(self, *, folder: Path, device: str, cache_bytes: int) -> None:
        self.turn: AbstractContextManager[Any] = RLock()
        self.base_digest = digest_of_base(folder=folder)
        self.tokenizer = cast(Any, AutoTokenizer.from_pretrained(folder, local_files_only=True))
        dtype = torch.float32 if device == "cpu" else torch.bfloat16
        base: Any = AutoModelForCausalLM.from_pretrained(
            folder, local_files_only=True, use_safetensors=True, dtype=dtype
        )
        base.to(device)
        self.device, self.longest = device, int(base.config.max_position_embeddings)
        first = next(name.rsplit(".", 1)[-1] for name, one in base.named_modules() if name.endswith("q_proj"))
        placeholder = LoraConfig(r=1, target_modules=[first], task_type="CAUSAL_LM")
        self.model: Any = get_peft_model(base, placeholder, adapter_name=NOBODY)
        self._settle()
        self.end = int(self.tokenizer.eos_token_id)
        self.grammar_tokens = llguidance.hf.from_tokenizer(
            self.tokenizer, n_vocab=base.config.vocab_size, eos_token=self.end
        )
        self.worn: BoundedCache[ServedAdapter] = BoundedCache(
            limit=cache_bytes, size=lambda served: served.size, dropped=self._take_off
        )

    def ensure(self, served: ServedAdapter) -> None:
        """Have it loaded. Raises GenerationRefused for one of another base, or files that cannot be read."""
        with self.turn:
            if not served.name or self.worn.get(served.name) is not None:
                return
            if served.base_digest != self.base_digest:
                detail = f"It is for {served.base_digest[:12]}, and {self.base_digest[:12]} is loaded."
                raise GenerationRefused("The adapter is for another base model", detail, served.name)
            try:
                for name, folder in _parts(served):
                    self._put_on(name, folder)
            except (OSError, ValueError, KeyError, RuntimeError) as error:
                self._take_off(served.name, served)
                raise GenerationRefused("The adapter cannot be loaded", f"{error}"[:300], served.name) from error
            self.worn.put(served.name, served)

    def evict(self, name: str) -> None:
        """Forget it."""
        with self.turn:
            self.worn.drop(name)

    def begin(self, *, request: Request, deadline: float) -> tuple[Row, list[int]]:
        """A row and its prompt's tokens. Raises GenerationRefused for a prompt that is too long, or a bad grammar."""
        if not request.messages:
            raise GenerationRefused("The prompt is empty", "Send at least one message.", "messages")
        messages = [{"role": one.role, "content": one.content} for one in request.messages]
        tools = [{"type": "function", "function": vars(one)} for one in request.tools] or None
        text = self.tokenizer.apply_chat_template(messages, tools=tools, add_generation_prompt=True, tokenize=False)
        prompt: list[int] = self.tokenizer.encode(text, add_special_tokens=False)
        if len(prompt) + 1 > self.longest:
            detail = f"It has {len(prompt)} tokens; at most {self.longest - 1} fit. Shorten it."
            raise GenerationRefused("The prompt is too long", detail, "messages")
        limit = min(request.sampling.max_tokens, self.longest - len(prompt))
        return begin_row(request=request, limit=limit, deadline=deadline, tokenizer=self.grammar_tokens), prompt

    def generate(self, *, rows: list[Row], prompts: list[list[int]]) -> None:
        """Write the rows' answers in one batch; each wears its own adapter, or all the same sum of several."""
        with self.turn, torch.inference_mode():
            served = [row.request.composite for row in rows]
            for one in served:
                self.ensure(one)
            if len(served[0].folders) > 1:
                self._generate_with_sum(rows, prompts, [name for name, _ in _parts(served[0])])
            else:
                names = [next((name for name, _ in _parts(one)), BARE) for one in served]
                self._generate(rows, prompts, adapter_names=names)

    def text(self, row: Row) -> str:
        """What a row has written."""
        return str(self.tokenizer.decode(row.tokens, skip_special_tokens=False))

    def _generate_with_sum(self, rows: list[Row], prompts: list[list[int]], names: list[str]) -> None:
        self.model.base_model.set_adapter(names)  # PeftModel's own takes no list
        try:
            self._settle()
            self._generate(rows, prompts)
        finally:
            self.model.base_model.set_adapter(NOBODY)
            self._settle()

    def _generate(self, rows: list[Row], prompts: list[list[int]], **worn: Any) -> None:
        longest = max(map(len, prompts))
        pad = self.tokenizer.pad_token_id if self.tokenizer.pad_token_id is not None else self.end
        ids = torch.tensor([[pad] * (longest - len(one)) + one for one in prompts], device=self.device)
        mask = torch.tensor([[0] * (longest - len(one)) + [1] * len(one) for one in prompts], device=self.device)
        watch = Rows(rows=rows, end=self.end)
        self.model.generate(
            input_ids=ids,
            attention_mask=mask,
            do_sample=False,
            max_new_tokens=max(row.limit for row in rows),
            pad_token_id=pad,
            eos_token_id=self.end,
            logits_processor=[watch.scores],
            stopping_criteria=[watch.done],
            **worn,
        )
        for row in rows:
            row.finish = row.finish or "length"

    def _put_on(self, name: str, folder: Path) -> None:
        config = json.loads((folder / "adapter_config.json").read_text(encoding="utf-8"))
        weights = load_file(folder / "adapter_model.safetensors", device=self.device)
        self.model.add_adapter(name, LoraConfig(**{key: config[key] for key in config if key != "peft_type"}))
        found: Any = set_peft_model_state_dict(self.model, weights, adapter_name=name)
        if found.unexpected_keys:
            raise ValueError(f"{len(found.unexpected_keys)} tensors have no place in the base model.")
        self._settle()

    def _take_off(self, name: str, served: ServedAdapter) -> None:
        for part, _ in _parts(served):
            if part in self.model.peft_config:
                self.model.delete_adapter(part)

    def _settle(self) -> None:
        """New adapters arrive with dropout on and gradients wanted."""
        self.model.eval()
        self.model.requires_grad_(False)


def _parts(served: ServedAdapter) -> list[tuple[str, Path]]:
    return [(f"{served.name}-{number}", folder) for number, folder in enumerate(served.folders)]

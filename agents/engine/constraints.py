"""What each row of a batch may write next: its grammar, its end, its bounds, its temperature."""

import json
import time
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import torch
from llguidance import LLMatcher, LLTokenizer

from agents.federation.generation import GenerationRefused, Request
from agents.federation.tool_grammar import answer_schema

# As the embedded base was trained to write: JSON without spaces.
COMPACT = {"x-guidance": {"whitespace_flexible": False, "item_separator": ",", "key_separator": ":"}}


@dataclass(kw_only=True)
class Row:
    """One answer in the making.

    Attributes:
        limit: tokens it may write; of a short prompt not fewer because a long one shares its batch.
        deadline: on the monotonic clock.
        matcher: follows the grammar; None for free text.
    """

    request: Request
    limit: int
    deadline: float
    matcher: Any
    randomness: np.random.Generator
    written: int = 0
    finish: str = ""
    tokens: list[int] = field(default_factory=list)


def begin_row(*, request: Request, limit: int, deadline: float, tokenizer: LLTokenizer) -> Row:
    """Compile the request's grammar. Raises GenerationRefused for one that cannot be."""
    grammar = _grammar(request)
    matcher = LLMatcher(tokenizer, grammar) if grammar is not None else None
    if matcher is not None and matcher.is_error():
        raise GenerationRefused("The grammar cannot be compiled", matcher.get_error()[:300], "json_schema")
    seeded = np.random.default_rng(request.sampling.seed)
    return Row(request=request, limit=limit, deadline=deadline, matcher=matcher, randomness=seeded)


class Rows:
    """The rows of one batch as transformers' generation asks about them: scores in, scores out; then which are done.

    Greedy choice over scores + Gumbel noise is sampling (the Gumbel-max trick), so rows of different temperatures share
    a batch and a seed repeats an answer whatever else is in it.
    """

    def __init__(self, *, rows: list[Row], end: int) -> None:
        self._rows, self._end = rows, end

    def scores(self, input_ids: torch.Tensor, scores: torch.Tensor) -> torch.Tensor:
        """A logits processor."""
        chosen = scores.float().clone()
        for place, row in enumerate(self._rows):
            if row.finish:
                continue
            if row.matcher is not None:
                allowed = np.unpackbits(np.frombuffer(row.matcher.compute_bitmask(), np.uint8), bitorder="little")
                barred = torch.from_numpy(allowed[: chosen.shape[1]] == 0).to(chosen.device)
                chosen[place, : len(barred)].masked_fill_(barred, -torch.inf)
            if temperature := row.request.sampling.temperature:
                noise = torch.from_numpy(row.randomness.gumbel(size=chosen.shape[1]).astype(np.float32))
                chosen[place] = chosen[place] / temperature + noise.to(chosen.device)
        return chosen

    def done(self, input_ids: torch.Tensor, scores: Any) -> torch.Tensor:
        """A stopping criterion: reads the tokens just written, and says which rows have ended."""
        now = time.monotonic()
        for row, token in zip(self._rows, input_ids[:, -1].tolist(), strict=True):
            if not row.finish:
                _take(row, token, end=self._end, now=now)
        return torch.tensor([bool(row.finish) for row in self._rows], device=input_ids.device)


def _take(row: Row, token: int, *, end: int, now: float) -> None:
    row.written += 1
    if token == end:
        row.finish = "stop"
        return
    row.tokens.append(token)
    if row.matcher is not None:
        row.matcher.consume_token(token)
        if row.matcher.is_stopped():
            row.finish = "stop"
    if not row.finish and row.written >= row.limit:
        row.finish = "length"
    if not row.finish and now > row.deadline:
        row.finish = "time"


def _grammar(request: Request) -> str | None:
    schema = answer_schema(tools=request.tools, json_schema=request.json_schema)
    if schema is not None:
        return str(LLMatcher.grammar_from_json_schema(COMPACT | schema))
    if request.candidates:
        choice = " | ".join(json.dumps(text, ensure_ascii=False) for text in request.candidates)
        return str(LLMatcher.grammar_from_lark(f"start: {choice}"))
    return None

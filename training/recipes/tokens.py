"""The tokenizer of the embedded base: byte-level BPE, digits one by one, everything reserved kept whole."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import PreTrainedTokenizerFast

from agents.grounding.answers import FIELDS, LEVELS
from agents.grounding.slots import reserved_tokens

SYSTEM, USER, ASSISTANT, END, PAD = "<|system|>", "<|user|>", "<|assistant|>", "<|end|>", "<|pad|>"
SPARE_COUNT = 64
TOOLS = (
    "allocate_budget",
    "ask_clarification",
    "no_tool",
    "forecast",
    "design_experiment",
    "analyze_experiment",
    "fetch_metrics",
    "query_clean_room",
    "search_policies",
    "check_policy",
    "generate_copy",
    "map_column",
)
CHAT_TEMPLATE = (
    "{% for message in messages %}{% if message['role'] == 'assistant' %}<|assistant|>{% generation %}"
    "{{ message['content'] }}<|end|>{% endgeneration %}{% else %}"
    "<|{{ message['role'] }}|>{{ message['content'] }}{% endif %}{% endfor %}"
    "{% if add_generation_prompt %}<|assistant|>{% endif %}"
)


@dataclass(frozen=True, kw_only=True)
class Encoded:
    """A prompt with its answer as token ids; ``answer_at`` is where the answer begins."""

    ids: tuple[int, ...]
    answer_at: int


def train_tokenizer(*, texts: Iterable[str], vocabulary: int) -> PreTrainedTokenizerFast:
    """A tokenizer of ``vocabulary`` entries; the same texts give the same tokenizer."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)]
    )
    tokenizer.decoder = decoders.ByteLevel()
    words = [name for name in (*FIELDS, *LEVELS, *TOOLS) if "_" in name]
    kept = [*reserved_tokens(), *dict.fromkeys(words)]
    controls = [PAD, SYSTEM, USER, ASSISTANT, END, *(f"<|spare{place}|>" for place in range(SPARE_COUNT))]
    trainer = trainers.BpeTrainer(
        vocab_size=vocabulary - len(kept),
        special_tokens=controls,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts, trainer)
    # Ordinary tokens, not special ones: a grammar sees their letters, so a JSON Schema can name them.
    tokenizer.add_tokens([AddedToken(token, special=False, normalized=False) for token in kept])
    wrapped = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token=PAD, eos_token=END, clean_up_tokenization_spaces=False
    )
    wrapped.chat_template = CHAT_TEMPLATE
    return wrapped


def prompt_text(*, role: str, prompt: str) -> str:
    """What the model reads before it answers."""
    return f"{SYSTEM}{role}{USER}{prompt}{ASSISTANT}"


def encode(*, tokenizer: PreTrainedTokenizerFast, role: str, prompt: str, answer: str) -> Encoded:
    """Prompt and answer as ids."""
    before: list[int] = tokenizer.encode(prompt_text(role=role, prompt=prompt), add_special_tokens=False)
    after: list[int] = tokenizer.encode(answer + END, add_special_tokens=False)
    return Encoded(ids=(*before, *after), answer_at=len(before))


def encode_all(*, tokenizer: PreTrainedTokenizerFast, corpus: Sequence[Mapping[str, str]]) -> list[Encoded]:
    """As ``encode`` for every ``role``, ``prompt``, ``answer`` of a corpus, at once."""
    before = [prompt_text(role=each["role"], prompt=each["prompt"]) for each in corpus]
    prompts = tokenizer(before, add_special_tokens=False)["input_ids"]
    answers = tokenizer([each["answer"] + END for each in corpus], add_special_tokens=False)["input_ids"]
    return [
        Encoded(ids=(*prompt, *answer), answer_at=len(prompt)) for prompt, answer in zip(prompts, answers, strict=True)
    ]


def ordinary_tokens(*, tokenizer: PreTrainedTokenizerFast) -> tuple[int, ...]:
    """Ids of words and parts of words: no slot, no mark, no digit, no control token."""
    kept = set(tokenizer.get_added_vocab().values())
    return tuple(place for place in range(len(tokenizer)) if place not in kept and _is_word(tokenizer, place))


def _is_word(tokenizer: PreTrainedTokenizerFast, place: int) -> bool:
    text = str(tokenizer.decode([place])).strip()
    return text.isalpha() and len(text) > 1


def load_tokenizer(*, folder: Path) -> PreTrainedTokenizerFast:
    """A tokenizer from its files."""
    return PreTrainedTokenizerFast.from_pretrained(folder)


def longest(encoded: Sequence[Encoded]) -> int:
    """The longest of some examples, in tokens."""
    return max(len(each.ids) for each in encoded)

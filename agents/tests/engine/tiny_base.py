"""A randomly initialised Llama with a byte tokenizer, and random adapters for it, written without loading torch."""

import json
from pathlib import Path

import numpy as np
from safetensors.numpy import save_file
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

from agents.federation.tensors import write_weights

HIDDEN, LAYERS, HEADS, SHARED_HEADS, INNER, VOCABULARY, LONGEST = 64, 2, 4, 2, 96, 264, 256
PAD, END = "<|pad|>", "<|end|>"
TEMPLATE = (
    "{% for message in messages %}<|{{ message['role'] }}|>{{ message['content'] }}{% endfor %}"
    "{% if add_generation_prompt %}<|assistant|>{% endif %}"
)
SHARED = HIDDEN // HEADS * SHARED_HEADS
LINEAR = {
    "self_attn.q_proj": (HIDDEN, HIDDEN),
    "self_attn.k_proj": (HIDDEN, SHARED),
    "self_attn.v_proj": (HIDDEN, SHARED),
    "self_attn.o_proj": (HIDDEN, HIDDEN),
    "mlp.gate_proj": (HIDDEN, INNER),
    "mlp.up_proj": (HIDDEN, INNER),
    "mlp.down_proj": (INNER, HIDDEN),
}
MODULES = {f"model.layers.{layer}.{name}": shape for layer in range(LAYERS) for name, shape in LINEAR.items()}
TARGETS = sorted(name.rsplit(".", 1)[-1] for name in LINEAR)


def write_base(*, folder: Path, seed: int = 0) -> Path:
    """Config, weights and tokenizer as ``from_pretrained`` reads them."""
    folder.mkdir(parents=True, exist_ok=True)
    config = {
        "architectures": ["LlamaForCausalLM"],
        "model_type": "llama",
        "hidden_size": HIDDEN,
        "num_hidden_layers": LAYERS,
        "num_attention_heads": HEADS,
        "num_key_value_heads": SHARED_HEADS,
        "intermediate_size": INNER,
        "vocab_size": VOCABULARY,
        "max_position_embeddings": LONGEST,
        "tie_word_embeddings": False,
        "bos_token_id": None,
        "pad_token_id": 0,
        "eos_token_id": 1,
        "rms_norm_eps": 1e-6,
        "attn_implementation": "eager",
    }
    (folder / "config.json").write_text(json.dumps(config))
    rng = np.random.default_rng(seed)
    weights = {f"{name}.weight": _random(rng, outs, ins) for name, (ins, outs) in MODULES.items()}
    weights["model.embed_tokens.weight"] = _random(rng, VOCABULARY, HIDDEN) * 8
    weights["lm_head.weight"] = _random(rng, VOCABULARY, HIDDEN) * 2
    norms = ["model.norm"] + [
        f"model.layers.{layer}.{name}"
        for layer in range(LAYERS)
        for name in ("input_layernorm", "post_attention_layernorm")
    ]
    weights |= {f"{name}.weight": np.ones(HIDDEN, dtype=np.float32) for name in norms}
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})
    _write_tokenizer(folder)
    return folder


def write_adapter(*, folder: Path, seed: int, rank: int = 8, strength: float = 0.3) -> Path:
    """A random adapter strong enough that its answers are its own."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "adapter_config.json").write_text(json.dumps(adapter_config(rank=rank)))
    (folder / "adapter_model.safetensors").write_bytes(adapter_content(seed=seed, rank=rank, strength=strength))
    return folder


def adapter_config(*, rank: int = 8) -> dict:
    return {"peft_type": "LORA", "r": rank, "lora_alpha": rank, "lora_dropout": 0.05, "bias": "none",
            "task_type": "CAUSAL_LM", "target_modules": TARGETS}  # fmt: skip


def adapter_content(*, seed: int, rank: int = 8, strength: float = 0.3) -> bytes:
    rng = np.random.default_rng(10_000 + seed)
    weights = {}
    for name, (ins, outs) in MODULES.items():
        weights[f"base_model.model.{name}.lora_A.weight"] = _random(rng, rank, ins)
        weights[f"base_model.model.{name}.lora_B.weight"] = rng.normal(size=(outs, rank)).astype(np.float32) * strength
    return write_weights(weights=weights)


def _random(rng: np.random.Generator, outs: int, ins: int) -> np.ndarray:
    return (rng.normal(size=(outs, ins)) / ins**0.5).astype(np.float32)


def _write_tokenizer(folder: Path) -> None:
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=258,
        special_tokens=[PAD, END],
        initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
        show_progress=False,
    )
    tokenizer.train_from_iterator([], trainer)
    tokenizer.save(str(folder / "tokenizer.json"))
    told = {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "pad_token": PAD,
        "eos_token": END,
        "chat_template": TEMPLATE,
        "clean_up_tokenization_spaces": False,
    }
    (folder / "tokenizer_config.json").write_text(json.dumps(told))

"""What every TRL recipe has in common: loading, saying how far it is, checkpoints, and stopping when asked."""

import resource
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
from datasets import Dataset
from peft import LoraConfig, PeftModel, prepare_model_for_kbit_training
from transformers import (
    AutoModelForCausalLM,
    AutoTokenizer,
    BitsAndBytesConfig,
    PreTrainedModel,
    PreTrainedTokenizerBase,
    Trainer,
    TrainerCallback,
)

from training.fine_tuning.progress import Event, Finished, Started, Step, Stopped
from training.fine_tuning.refusal import TrainingRefused
from training.fine_tuning.rows import Row
from training.fine_tuning.specification import Job

PROJECTIONS = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]
KEPT_CHECKPOINTS = 2  # the newest may be half written when the process is killed

Say = Callable[[Event], None]


@dataclass
class Conversation:
    """Between the process and whoever started it."""

    say: Say
    stop: threading.Event = field(default_factory=threading.Event)


class Reporter(TrainerCallback):
    """Says each logged step, and ends with a checkpoint when asked to stop."""

    def __init__(self, *, conversation: Conversation) -> None:
        self.conversation = conversation
        self.began = time.monotonic()

    def on_train_begin(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        self.began = time.monotonic()

    def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        if self.conversation.stop.is_set():
            control.should_save = True
            control.should_training_stop = True

    def on_log(self, args: Any, state: Any, control: Any, logs: dict[str, float] | None = None, **_: Any) -> None:
        if logs and "loss" in logs:
            seconds = time.monotonic() - self.began
            tokens = int(logs.get("num_tokens", 0))
            step = Step(step=state.global_step, of=state.max_steps, loss=logs["loss"], seconds=seconds, tokens=tokens)
            self.conversation.say(step)


def load_tokenizer(job: Job) -> PreTrainedTokenizerBase:
    """The base's own tokenizer. Raises TrainingRefused where it has no chat template."""
    tokenizer = AutoTokenizer.from_pretrained(job.base, local_files_only=True)
    if tokenizer.chat_template is None:
        raise TrainingRefused("The base has no chat template", "Conversations cannot be written for it.", str(job.base))
    return tokenizer


def load_base(job: Job, *, kind: Any = AutoModelForCausalLM, **options: Any) -> PreTrainedModel:
    """The base in 32 bits, or in NF4 with double quantization (QLoRA)."""
    if job.dials.quantize:
        options["quantization_config"] = BitsAndBytesConfig(
            load_in_4bit=True,
            bnb_4bit_quant_type="nf4",
            bnb_4bit_use_double_quant=True,
            bnb_4bit_compute_dtype=torch.bfloat16 if torch.cuda.is_available() else torch.float32,
        )
    device = "cuda" if torch.cuda.is_available() else "cpu"
    model = kind.from_pretrained(
        job.base, dtype=torch.float32, device_map=device, local_files_only=True, use_safetensors=True, **options
    )
    return prepare_model_for_kbit_training(model, use_gradient_checkpointing=False) if job.dials.quantize else model


def adapted(job: Job, *, model: PreTrainedModel) -> tuple[PreTrainedModel | PeftModel, LoraConfig | None]:
    """The model with the adapter training goes on from, or with the settings of a fresh one."""
    if job.start_from is not None:
        return PeftModel.from_pretrained(model, job.start_from, is_trainable=True), None
    return model, fresh_adapter(job)


def fresh_adapter(job: Job, *, task_type: str = "CAUSAL_LM", **more: Any) -> LoraConfig:
    """LoRA on the projections of attention and MLP."""
    dials = job.dials
    return LoraConfig(
        r=dials.rank,
        lora_alpha=dials.alpha,
        lora_dropout=dials.dropout,
        target_modules=PROJECTIONS,
        task_type=task_type,
        **more,
    )


def settings_of(job: Job, *, folder: Path) -> dict[str, Any]:
    """What all of TRL's configurations are given."""
    dials = job.dials
    return {
        "output_dir": str(folder / "checkpoints"),
        "num_train_epochs": dials.epochs,
        "per_device_train_batch_size": dials.batch_size,
        "per_device_eval_batch_size": dials.batch_size,
        "learning_rate": dials.learning_rate,
        "warmup_steps": 0.1,
        "max_length": dials.max_tokens,
        "logging_steps": 1,
        "save_strategy": "steps",
        "save_steps": dials.checkpoint_steps,
        "save_total_limit": KEPT_CHECKPOINTS,
        "seed": job.seed,
        "report_to": [],
        "use_cpu": not torch.cuda.is_available(),
        "bf16": torch.cuda.is_available(),
        "gradient_checkpointing": False,
        "disable_tqdm": True,
        "dataloader_pin_memory": torch.cuda.is_available(),
    }


def as_dataset(rows: list[Row]) -> Dataset:
    """Rows as TRL reads them. ``use_json`` keeps tool calls as they are: without it missing arguments become nulls."""
    return Dataset.from_list(rows, on_mixed_types="use_json")


def refuse_long_rows(rows: list[Row], *, tokenizer: PreTrainedTokenizerBase, most: int) -> None:
    """Raise TrainingRefused with the numbers of rows that would be cut."""
    answers = [name for name in ("completion", "chosen", "rejected") if name in rows[0]]

    def longest(row: Row) -> int:
        texts = [str(tokenizer.apply_chat_template(row["prompt"] + row[name], tokenize=False)) for name in answers]
        return max(len(tokenizer(text, add_special_tokens=False).input_ids) for text in texts)

    long = [index for index, row in enumerate(rows, start=1) if longest(row) > most]
    if long:
        named = ", ".join(str(index) for index in long[:10])
        raise TrainingRefused(
            "Rows are longer than max_tokens",
            f"{len(long)} of {len(rows)} would be cut; the first are rows {named}.",
            where="max_tokens",
            fix="Raise max_tokens or shorten the rows.",
        )


def run(trainer: Trainer, *, job: Job, folder: Path, conversation: Conversation, rows: int) -> Finished | Stopped:
    """Train from the newest whole checkpoint on; scores on held-out rows before and after."""
    resumed_from = newest_checkpoint(folder)
    model: Any = trainer.model
    conversation.say(started(model, rows=rows, resumed_from=resumed_from, job=job))
    trainer.add_callback(Reporter(conversation=conversation))
    before = {} if resumed_from else _scores(trainer, prefix="before")
    began = time.monotonic()
    checkpoint = str(folder / "checkpoints" / f"checkpoint-{resumed_from}") if resumed_from else None
    trainer.train(resume_from_checkpoint=checkpoint)
    if conversation.stop.is_set() and trainer.state.global_step < trainer.state.max_steps:
        return Stopped(step=trainer.state.global_step)
    seconds = time.monotonic() - began
    model.save_pretrained(folder / "adapter", selected_adapters=["default"])
    return Finished(
        scores=before | _scores(trainer, prefix="after"),
        steps=trainer.state.global_step,
        seconds=seconds,
        peak_bytes=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
        resumed_from=resumed_from,
        device=str(trainer.args.device),
    )


def newest_checkpoint(folder: Path) -> int:
    """The step of the newest checkpoint that was written to its end; 0 where there is none."""
    whole = [path.parent for path in folder.glob("checkpoints/checkpoint-*/trainer_state.json")]
    return max((int(path.name.rpartition("-")[2]) for path in whole), default=0)


def started(model: torch.nn.Module, *, rows: int, resumed_from: int, job: Job) -> Started:
    every = [(parameter.numel(), parameter.requires_grad) for parameter in model.parameters()]
    note = "The base is held in NF4 (QLoRA)." if job.dials.quantize else ""
    return Started(
        parameters=sum(count for count, _ in every),
        trainable=sum(count for count, trained in every if trained),
        rows=rows,
        resumed_from=resumed_from,
        note=note,
    )


def _scores(trainer: Trainer, *, prefix: str) -> dict[str, float]:
    measured = trainer.evaluate()
    unwanted = ("runtime", "per_second", "epoch", "num_tokens", "preparation_time", "entropy")
    return {
        f"{prefix}_{name.removeprefix('eval_').replace('/', '_')}": float(value)
        for name, value in measured.items()
        if not name.endswith(unwanted) and not name.startswith("eval_logits")
    }

"""Supervised fine-tuning of one adapter (TRL's SFT): loss on the answer's tokens only.

Run with ``python -m training.recipes FOLDER``, where FOLDER/job.json says ``"recipe": "sft"``.
"""

from pathlib import Path

from trl import SFTConfig, SFTTrainer

from training.fine_tuning.progress import Finished, Stopped
from training.fine_tuning.rows import Row
from training.fine_tuning.specification import Job
from training.recipes import reporting


def train(
    *, job: Job, folder: Path, rows: list[Row], held_out: list[Row], conversation: reporting.Conversation
) -> Finished | Stopped:
    tokenizer = reporting.load_tokenizer(job)
    reporting.refuse_long_rows(rows + held_out, tokenizer=tokenizer, most=job.dials.max_tokens)

    model, adapter = reporting.adapted(job, model=reporting.load_base(job))

    trainer = SFTTrainer(
        model=model,
        args=SFTConfig(**reporting.settings_of(job, folder=folder), completion_only_loss=True),
        train_dataset=reporting.as_dataset(rows),
        eval_dataset=reporting.as_dataset(held_out),
        processing_class=tokenizer,
        peft_config=adapter,
    )
    return reporting.run(trainer, job=job, folder=folder, conversation=conversation, rows=len(rows))

"""A reward model (Bradley and Terry 1952): one number for an answer, higher for the one people chose.

Its head is trained whole, so it judges answers and is never composed into one that gives them.
Run with ``python -m training.recipes FOLDER``, where FOLDER/job.json says ``"recipe": "reward"``.
"""

from pathlib import Path

from transformers import AutoModelForSequenceClassification
from trl import RewardConfig, RewardTrainer

from training.fine_tuning.progress import Finished, Stopped
from training.fine_tuning.refusal import TrainingRefused
from training.fine_tuning.rows import Row
from training.fine_tuning.specification import Job
from training.recipes import reporting


def train(
    *, job: Job, folder: Path, rows: list[Row], held_out: list[Row], conversation: reporting.Conversation
) -> Finished | Stopped:
    if job.start_from is not None:
        raise TrainingRefused("A reward model starts afresh", "An adapter that writes cannot judge.", "start_from")
    tokenizer = reporting.load_tokenizer(job)
    reporting.refuse_long_rows(rows + held_out, tokenizer=tokenizer, most=job.dials.max_tokens)

    model = reporting.load_base(job, kind=AutoModelForSequenceClassification, num_labels=1)
    model.config.pad_token_id = tokenizer.pad_token_id

    trainer = RewardTrainer(
        model=model,
        args=RewardConfig(**reporting.settings_of(job, folder=folder)),
        train_dataset=reporting.as_dataset([_whole(row) for row in rows]),
        eval_dataset=reporting.as_dataset([_whole(row) for row in held_out]),
        processing_class=tokenizer,
        peft_config=reporting.fresh_adapter(job, task_type="SEQ_CLS", modules_to_save=["score"]),
    )
    return reporting.run(trainer, job=job, folder=folder, conversation=conversation, rows=len(rows))


def _whole(row: Row) -> Row:
    return {name: row["prompt"] + row[name] for name in ("chosen", "rejected")}

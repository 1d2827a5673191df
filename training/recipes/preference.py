"""Direct preference optimisation of one adapter (Rafailov et al. 2023), from where it starts as the reference.

Run with ``python -m training.recipes FOLDER``, where FOLDER/job.json says ``"recipe": "dpo"``.
"""

from pathlib import Path

from trl import DPOConfig, DPOTrainer

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

    trainer = DPOTrainer(
        model=model,
        args=DPOConfig(**reporting.settings_of(job, folder=folder), beta=job.dials.beta),
        train_dataset=reporting.as_dataset(rows),
        eval_dataset=reporting.as_dataset(held_out),
        processing_class=tokenizer,
        peft_config=adapter,
    )
    return reporting.run(trainer, job=job, folder=folder, conversation=conversation, rows=len(rows))

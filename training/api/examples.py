"""Examples of the training API."""

from drf_spectacular.utils import OpenApiExample

DATASET = OpenApiExample(
    "A data set",
    value={
        "id": "0192f0c1-0000-7000-8000-000000000001",
        "name": "Approved briefs",
        "version": 2,
        "recipe": "sft",
        "origin": "plans",
        "train_count": 212,
        "held_out_count": 34,
        "left_out_count": 1,
        "fingerprint": "5f2a" * 16,
        "findings": [{"row": 17, "kind": "duplicate", "detail": "the same as row 4"}],
        "is_simulated": False,
        "created_at": "2026-11-21T10:00:00Z",
    },
    response_only=True,
)
NEW_DATASET = OpenApiExample(
    "Rows of a file",
    value={
        "name": "Approved briefs",
        "recipe": "sft",
        "rows_jsonl": '{"prompt": "Put 10k on Amazon", "completion": "{\\"name\\": \\"allocate_budget\\"}"}\n',
    },
    request_only=True,
)
NEW_RUN = OpenApiExample(
    "A short run",
    value={
        "name": "Planning, first try",
        "dataset": "0192f0c1-0000-7000-8000-000000000001",
        "axis": "task",
        "member": "planning",
        "dials": {"epochs": 2, "rank": 16},
        "seed": 7,
    },
    request_only=True,
)

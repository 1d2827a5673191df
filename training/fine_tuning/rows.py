"""The rows a recipe reads (JSONL), in the forms TRL reads today, checked before anything is trained on them."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from training.fine_tuning.refusal import TrainingRefused
from training.fine_tuning.specification import Recipe

Row = dict[str, Any]
FORMS: dict[Recipe, tuple[str, ...]] = {
    Recipe.SFT: ("prompt", "completion"),
    Recipe.DPO: ("prompt", "chosen", "rejected"),
    Recipe.KTO: ("prompt", "completion", "label"),
    Recipe.REWARD: ("prompt", "chosen", "rejected"),
}
ROLES = {"system", "user", "assistant", "tool"}
MOST_ROWS = 1_000_000


def read_rows(lines: Iterable[str], *, recipe: Recipe, where: str) -> list[Row]:
    """All rows of a file. Raises TrainingRefused with the line of the first one that is not of the recipe's form."""
    rows = []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            rows.append(
                checked_row(_parsed(line, number=number, where=where), recipe=recipe, where=f"{where}:{number}")
            )
        if len(rows) > MOST_ROWS:
            raise TrainingRefused("There are too many rows", f"At most {MOST_ROWS:,} are read.", where=where)
    if not rows:
        raise TrainingRefused("There are no rows", "The file is empty.", where=where, fix="Give at least one row.")
    return rows


def checked_row(row: Any, *, recipe: Recipe, where: str) -> Row:
    """The fields of the form and no others. Raises TrainingRefused."""
    if not isinstance(row, dict):
        raise TrainingRefused("A row is no object", "Each line is one JSON object.", where=where)
    missing = [name for name in FORMS[recipe] if name not in row]
    if missing:
        wanted = ", ".join(FORMS[recipe])
        raise TrainingRefused(
            "A row lacks a field", f"“{missing[0]}” is missing; {recipe.upper()} reads {wanted}.", where=where
        )
    kept: Row = {}
    for name in FORMS[recipe]:
        if name == "label":
            if not isinstance(row[name], bool):
                raise TrainingRefused("A label is neither true nor false", "label says good or not.", where=where)
            kept[name] = row[name]
        else:
            kept[name] = list(_messages(row[name], name=name, where=where))
    _refuse_equal_answers(kept, where=where)
    return kept


def _parsed(line: str, *, number: int, where: str) -> Any:
    try:
        return json.loads(line)
    except ValueError as error:
        raise TrainingRefused("A row is no JSON", str(error), where=f"{where}:{number}") from error


def _messages(given: Any, *, name: str, where: str) -> Iterator[Row]:
    """Messages as given; a plain text is the user's where it is the prompt, and the assistant's elsewhere."""
    if isinstance(given, str):
        given = [{"role": "user" if name == "prompt" else "assistant", "content": given}]
    if not isinstance(given, list) or not given:
        raise TrainingRefused("A row has no messages", f"“{name}” is a text or a list of messages.", where=where)
    for message in given:
        if not isinstance(message, dict) or message.get("role") not in ROLES:
            roles = ", ".join(sorted(ROLES))
            raise TrainingRefused("A message has no known role", f"In “{name}”; roles are {roles}.", where=where)
        if not isinstance(message.get("content", ""), str):
            raise TrainingRefused("A message's content is no text", f"In “{name}”.", where=where)
        if not message.get("content") and not message.get("tool_calls"):
            raise TrainingRefused("A message is empty", f"In “{name}”: neither content nor tool calls.", where=where)
        yield message


def _refuse_equal_answers(row: Row, *, where: str) -> None:
    if "chosen" in row and row["chosen"] == row["rejected"]:
        raise TrainingRefused("A pair has one answer twice", "chosen and rejected are the same.", where=where)

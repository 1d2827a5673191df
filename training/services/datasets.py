"""Make data sets: from a file, or from what people decided: plans, mappings, thumbs on answers, mended copy."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict

from django.db import transaction
from django.db.models import Max

from tenants.models import User
from tenants.services.audit import record_event
from training.datasets.checking import CheckedRows, as_lines, check_rows, fingerprint_of
from training.fine_tuning.refusal import TrainingRefused
from training.fine_tuning.rows import Row, checked_row, read_rows
from training.fine_tuning.specification import Recipe
from training.models import TrainingDataset
from training.selectors.judged_rows import rows_of_feedback, rows_of_policy_fixes
from training.selectors.learned_rows import Collected, rows_of_mappings, rows_of_plans
from training.services.folders import dataset_folder

MOST_BYTES = 64_000_000
MOST_FINDINGS = 500


def upload_dataset(
    *, name: str, recipe: Recipe, content: bytes, held_out: bytes | None, is_simulated: bool, by: User | None
) -> TrainingDataset:
    """A data set from JSONL, with its held-out part or split by prompt. Raises TrainingRefused."""
    rows = _read(content, recipe=recipe, where="rows")
    back = _read(held_out, recipe=recipe, where="held-out rows") if held_out else None
    return _keep(
        name=name,
        recipe=recipe,
        checked=check_rows(rows, held_out=back),
        origin=TrainingDataset.Origin.UPLOADED,
        is_simulated=is_simulated,
        by=by,
    )


def collect_dataset(*, name: str, recipe: Recipe, origin: str, by: User | None) -> TrainingDataset:
    """A data set from what people did in this workspace. Raises TrainingRefused where that is too little."""
    collected = _collected(recipe=recipe, origin=origin)
    numbered = enumerate(collected.rows, start=1)
    rows = [checked_row(row, recipe=recipe, where=f"row {number}") for number, row in numbered]
    return _keep(
        name=name,
        recipe=recipe,
        checked=check_rows(rows),
        origin=TrainingDataset.Origin(origin),
        is_simulated=collected.is_simulated,
        by=by,
    )


def read_part(*, dataset: TrainingDataset, part: str) -> Sequence[Row]:
    """The rows of ``train`` or ``held_out``, as written."""
    with (dataset_folder(dataset=dataset) / f"{part}.jsonl").open(encoding="utf-8") as lines:
        return read_rows(lines, recipe=Recipe(dataset.recipe), where=part)


def _collected(*, recipe: Recipe, origin: str) -> Collected:
    origins = TrainingDataset.Origin
    pairs = {Recipe.SFT, Recipe.DPO, Recipe.REWARD}
    if origin == origins.PLANS and recipe in {Recipe.SFT, Recipe.DPO}:
        return rows_of_plans(recipe=recipe)
    if origin == origins.MAPPINGS and recipe == Recipe.SFT:
        return rows_of_mappings()
    if origin == origins.FEEDBACK:
        return rows_of_feedback(recipe=recipe)
    if origin == origins.POLICY and recipe in pairs:
        return rows_of_policy_fixes(recipe=recipe)
    raise TrainingRefused(
        "Nothing of this form is kept there",
        "Plans give rows for SFT and DPO, mappings for SFT, thumbs for all, policy fixes for all but KTO.",
        where="origin",
        fix="Choose another recipe, or upload a file.",
    )


def _read(content: bytes, *, recipe: Recipe, where: str) -> list[Row]:
    if len(content) > MOST_BYTES:
        raise TrainingRefused("The file is too large", f"At most {MOST_BYTES // 1_000_000} MB are read.", where=where)
    try:
        lines: Iterable[str] = content.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise TrainingRefused("The file is no UTF-8 text", str(error), where=where, fix="Save it as UTF-8.") from error
    return read_rows(lines, recipe=recipe, where=where)


@transaction.atomic
def _keep(
    *, name: str, recipe: Recipe, checked: CheckedRows, origin: str, is_simulated: bool, by: User | None
) -> TrainingDataset:
    """Files first, then the row: the files' folder is named by what is in them."""
    name = name.strip()[:120]
    if not name:
        raise TrainingRefused("A data set needs a name", "It is what versions are counted by.", where="name")
    train, held_out = as_lines(checked.train), as_lines(checked.held_out)
    earlier = TrainingDataset.objects.filter(name=name)
    fingerprint = fingerprint_of(train=train, held_out=held_out)
    same = earlier.filter(fingerprint=fingerprint, recipe=recipe).first()
    if same is not None:
        return same
    dataset = TrainingDataset(
        name=name,
        version=(earlier.aggregate(last=Max("version"))["last"] or 0) + 1,
        recipe=recipe,
        origin=origin,
        train_count=len(checked.train),
        held_out_count=len(checked.held_out),
        fingerprint=fingerprint,
        findings=[asdict(one) for one in checked.findings[:MOST_FINDINGS]],
        left_out_count=len(checked.findings),
        is_simulated=is_simulated,
        created_by=by,
    )
    folder = dataset_folder(dataset=dataset)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "train.jsonl").write_text(train, encoding="utf-8")
    (folder / "held_out.jsonl").write_text(held_out, encoding="utf-8")
    dataset.save(force_insert=True)
    record_event(kind="dataset.created", about=dataset, by=by, after=dataset.described())
    return dataset

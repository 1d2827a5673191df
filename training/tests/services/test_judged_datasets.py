"""Data sets of what people judged: thumbs on the model's texts, and copy that a policy mended."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django_tenants.utils import tenant_context

from agents.models import AgentRun, AgentStep
from rlhf.services.feedback import give_feedback
from training.fine_tuning.refusal import TrainingRefused
from training.fine_tuning.specification import Recipe
from training.models import TrainingDataset
from training.selectors.judged_rows import rows_of_feedback, rows_of_policy_fixes
from training.services.datasets import collect_dataset, read_part

WORDS = ("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa")


@pytest.fixture
def answered(acme, settings, tmp_path):
    """``answered("question", "text")`` is an answer of the model with its trace; thumbs are given by e-mail."""
    settings.DATA_DIR = tmp_path

    def make(asked: str, text: str, *, status: str = "answered") -> AgentRun:
        run = AgentRun.objects.create(
            role="governance", status=status, question=asked, answer="Told.", prompt_sha256="0" * 64, seconds=0.1
        )
        prompt = [{"role": "system", "content": "policy"}, {"role": "user", "content": asked}]
        AgentStep.objects.create(
            run=run, number=1, kind="model", name="m", status="stop", asked={"prompt": prompt}, answered={"text": text}
        )
        return run

    return make


def test_thumbs_label_what_the_model_wrote(answered, owner):
    for number, word in enumerate(WORDS):
        give_feedback(run=answered(f"about {word}", f'{{"q":"{word}"}}'), thumb=("up", "down")[number % 2], by=owner)

    made = collect_dataset(name="Thumbs", recipe=Recipe.KTO, origin="feedback", by=owner)

    rows = [*read_part(dataset=made, part="train"), *read_part(dataset=made, part="held_out")]
    assert {row["completion"][0]["content"]: row["label"] for row in rows} == {
        f'{{"q":"{word}"}}': number % 2 == 0 for number, word in enumerate(WORDS)
    }
    assert rows[0]["prompt"][0] == {"role": "system", "content": "policy"}
    assert (made.origin, made.described()["origin"]) == ("feedback", "Thumbs on answers")


def test_good_ones_teach_and_two_on_one_prompt_are_a_pair(answered, owner):
    give_feedback(run=answered("about tea", "good"), thumb="up", by=owner)
    give_feedback(run=answered("about tea", "bad"), thumb="down", by=owner)
    give_feedback(run=answered("about milk", "fine"), thumb="up", by=owner)

    good, pairs = (rows_of_feedback(recipe=recipe).rows for recipe in (Recipe.SFT, Recipe.DPO))

    assert [row["completion"][0]["content"] for row in good] == ["good", "fine"]
    assert [(row["chosen"][0]["content"], row["rejected"][0]["content"]) for row in pairs] == [("good", "bad")]


def test_what_says_nothing_is_left_out(answered, owner, teammate):
    torn = answered("both ways", "text")
    give_feedback(run=torn, thumb="up", by=owner)
    give_feedback(run=torn, thumb="down", by=teammate)
    give_feedback(run=answered("not by the model", "text", status="fallback"), thumb="up", by=owner)
    give_feedback(run=answered("cut", "x" * 4_000), thumb="up", by=owner)

    assert rows_of_feedback(recipe=Recipe.KTO).rows == ()


def checked(run: AgentRun, *, number: int, headline: str, fixed: dict | None) -> None:
    AgentStep.objects.create(
        run=run,
        number=number,
        kind="tool",
        name="check_policy",
        status="done",
        asked={"retailer": "amazon", "headline": headline},
        answered={"verdict": "fix" if fixed else "reject", "fixed": fixed},
    )


def test_mended_copy_is_preferred_and_taught(answered):
    run = answered("check it", "text")
    checked(run, number=2, headline="BUY NOW!!!", fixed={"headline": "Buy now"})
    checked(run, number=3, headline="Cures all", fixed=None)

    taught, pairs = (rows_of_policy_fixes(recipe=recipe).rows for recipe in (Recipe.SFT, Recipe.DPO))

    assert [row["completion"][0]["content"] for row in taught] == ['{"headline": "Buy now"}']
    assert "amazon's policy" in pairs[0]["prompt"][0]["content"]
    assert (pairs[0]["chosen"][0]["content"], pairs[0]["rejected"][0]["content"]) == (
        '{"headline": "Buy now"}',
        '{"headline": "BUY NOW!!!"}',
    )


def test_stranger_collects_none_of_it(answered, owner, globex):
    give_feedback(run=answered("about tea", "good"), thumb="up", by=owner)

    with tenant_context(globex):
        assert rows_of_feedback(recipe=Recipe.KTO).rows == rows_of_policy_fixes(recipe=Recipe.SFT).rows == ()


def test_page_and_api_collect_thumbs(answered, portal, api, manager):
    asked = {"name": "Thumbs", "recipe": "kto", "origin": "feedback"}

    page = portal(manager).post("/training/datasets/new/", asked)
    body = api(manager).post("/api/v1/training/datasets/", asked)

    assert (page.status_code, body.status_code) == (422, 400)
    for word in WORDS:
        give_feedback(run=answered(f"about {word}", word), thumb="up", by=manager)
    assert api(manager).post("/api/v1/training/datasets/", asked).json()["origin"] == "feedback"


def build(*arguments) -> dict:
    out = StringIO()
    call_command("build_dataset", *arguments, "--tenant", "acme", "--json", stdout=out)
    return json.loads(out.getvalue())


def test_command_names_every_row_it_leaves_out(answered, tmp_path):
    rows = [{"prompt": f"say {word}", "completion": word} for word in WORDS]
    rows += [rows[0], {"prompt": "Write to jo@example.com", "completion": "No."}]
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)))

    made = build("Words", "--rows", str(path))

    assert made["train_count"] + made["held_out_count"] == len(WORDS)
    assert {(one["row"], one["kind"]) for one in made["findings"]} == {(11, "duplicate"), (12, "personal data")}


def test_command_without_rows_is_refused(answered, capsys):
    with pytest.raises(SystemExit):
        build("Words")

    assert not TrainingDataset.objects.exists()


def test_origin_that_holds_nothing_of_the_form_is_refused(answered, owner):
    with pytest.raises(TrainingRefused, match="of this form"):
        collect_dataset(name="x", recipe=Recipe.KTO, origin="policy", by=owner)

"""What of a mapping was proposed stays known, until a person changes it."""

from dataclasses import replace

from harmonization.mapping.reader import read_mapping
from harmonization.suggestion.drafting import DraftMapping, answer_question, draft_mapping
from harmonization.suggestion.proposed_fields import ProposedField, kept_as_proposed, proposed_fields
from harmonization.suggestion.sample import FileSample
from harmonization.suggestion.suggestion import Suggestion

COLUMNS = ("Day", "Imps", "Spend", "Sales 14d", "Pieces", "CTR", "Mood")


def proposal(column: str, field: str | None, confidence: float, **more: object) -> Suggestion:
    return Suggestion(source_column=column, field=field, confidence=confidence, why="because", **more)


def drafted() -> DraftMapping:
    suggestions = (
        proposal("Day", "event_date", 0.99),
        proposal("Imps", "impressions", 0.98),
        proposal("Spend", "cost", 0.97, transform="divide:1000000"),
        proposal("Sales 14d", "revenue", 0.95, window="14d", touch="click", scope="total", assumed=("touch",)),
        proposal("Pieces", None, 0.6, candidate="orders"),
        proposal("CTR", "ctr", 0.9),
        proposal("Mood", None, 0.1),
    )
    file = FileSample(name="report.csv", columns=COLUMNS, values={"Day": ("2026-06-01",)}, banner="")
    return draft_mapping(name="Shop Ads", file=file, suggestions=suggestions)


def fields_of(draft: DraftMapping, by: str = "u1") -> dict[str, ProposedField]:
    found = proposed_fields(draft=draft, mapping=read_mapping(text=draft.yaml_text), by=by)
    return {one.column: one for one in found}


def test_every_column_that_is_read_keeps_the_confidence_of_its_proposal() -> None:
    fields = fields_of(drafted())

    assert {column: (one.field, one.confidence) for column, one in fields.items()} == {
        "Day": ("event_date", 0.99),
        "Imps": ("impressions", 0.98),
        "Spend": ("cost", 0.97),
        "Sales 14d": ("revenue (14 days, click, total)", 0.95),
    }
    assert fields["Spend"].unit == "micros"
    assert not any(one.is_confirmed or one.confirmed_by for one in fields.values())


def test_an_answer_confirms_only_the_columns_it_is_about() -> None:
    answered = answer_question(answer_question(drafted(), "touch", "click+view"), "column:orders", "orders")

    fields = fields_of(answered)

    assert {column for column, one in fields.items() if one.is_confirmed} == {"Sales 14d", "Pieces"}
    assert fields["Sales 14d"].field == "revenue (14 days, click+view, total)"
    assert (fields["Pieces"].confidence, fields["Pieces"].confirmed_by) == (0.6, "u1")
    assert fields["Imps"].confirmed_by == ""


def test_what_a_person_changes_is_no_proposal_any_more() -> None:
    draft = drafted()
    proposed = tuple(fields_of(draft).values())
    mapping = read_mapping(text=draft.yaml_text)
    text = draft.yaml_text.replace("window_days: 14", "window_days: 7").replace(', unit: "micros"', "")
    text = text.replace(", unit: micros", "")

    kept = kept_as_proposed(proposed=proposed, mapping=read_mapping(text=text))

    assert kept_as_proposed(proposed=proposed, mapping=mapping) == proposed
    assert {one.column for one in kept} == {"Day", "Imps"}


def test_a_column_the_mapping_does_not_read_any_more_is_forgotten() -> None:
    draft = drafted()
    mapping = read_mapping(text=draft.yaml_text)
    without = replace(mapping, fields=tuple(one for one in mapping.fields if one.name != "impressions"))

    kept = kept_as_proposed(proposed=fields_of(draft).values(), mapping=without)

    assert "Imps" not in {one.column for one in kept}

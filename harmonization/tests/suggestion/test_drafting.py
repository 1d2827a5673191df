"""A draft is a mapping that the reader accepts, with few questions, and answers change it."""

import pytest

from harmonization.mapping.reader import read_mapping
from harmonization.suggestion.drafting import DraftMapping, answer_question, draft_mapping
from harmonization.suggestion.sample import FileSample
from harmonization.suggestion.suggestion import Suggestion


def proposal(column: str, field: str | None, **more: object) -> Suggestion:
    return Suggestion(source_column=column, field=field, confidence=0.9, why="because", **more)


def drafted(*suggestions: Suggestion, values: dict[str, tuple[str, ...]] | None = None) -> DraftMapping:
    file = FileSample(
        name="report.csv", columns=tuple(one.source_column for one in suggestions), values=values or {}, banner=""
    )
    return draft_mapping(name="Shop Ads", file=file, suggestions=suggestions)


DAY = proposal("Day", "event_date")
BASIC = (DAY, proposal("Imps: all", "impressions"), proposal('Clicks "paid"', "clicks"), proposal("Spend", "cost"))
SALES = proposal("Sales 14d", "revenue", window="14d", touch="click", scope="total", assumed=("touch",))


def test_a_draft_is_read_as_a_mapping() -> None:
    draft = drafted(*BASIC, SALES, proposal("Place", "placement_type"), proposal("Mood", None))

    mapping = read_mapping(text=draft.yaml_text)

    assert mapping.field_named("clicks").columns == ('Clicks "paid"',)
    assert mapping.outcomes[0].qualifier.window_days == 14
    assert mapping.headline == (mapping.outcomes[0].qualifier,)
    assert mapping.ignored == {"Mood": "not mapped"}
    assert draft.unmapped == ("Mood",)


def test_every_column_is_read_or_named_as_left_out() -> None:
    draft = drafted(*BASIC, SALES, proposal("ROAS", "roas"), proposal("CTR", "ctr", transform="percent_to_ratio"))

    mapping = read_mapping(text=draft.yaml_text)

    known = {column for group in mapping.column_groups for column in group}
    assert known == set(draft.file.columns)
    assert mapping.checks[0].unit == "percent"


def test_twins_of_one_meaning_stand_in_one_entry() -> None:
    mapping = read_mapping(text=drafted(*BASIC, proposal("Cost", "cost"), SALES).yaml_text)

    assert mapping.field_named("cost").columns == ("Spend", "Cost")


def test_parts_of_outcomes_keep_their_scope() -> None:
    part = proposal("Halo Units 7d", None, extension="units_halo", window="7d", touch="click", scope="halo")

    mapping = read_mapping(text=drafted(*BASIC, part).yaml_text)

    assert (mapping.outcomes[0].metric, mapping.outcomes[0].qualifier.scope) == ("units", "halo")


def test_hours_become_days_where_they_are_whole_days() -> None:
    hours = proposal("Sales 720h", "revenue", window="720h", touch="click", scope="total")

    mapping = read_mapping(text=drafted(*BASIC, hours).yaml_text)

    assert mapping.outcomes[0].qualifier.window_days == 30


def test_a_currency_not_stated_is_assumed_asked_and_set_by_the_answer() -> None:
    draft = drafted(*BASIC)

    answered = answer_question(draft, "currency", "EUR")

    assert read_mapping(text=draft.yaml_text).currency.is_assumed
    assert read_mapping(text=answered.yaml_text).currency.code == "EUR"
    assert not read_mapping(text=answered.yaml_text).currency.is_assumed
    assert "currency" not in {one.key for one in answered.questions}


def test_a_currency_sign_in_the_values_needs_no_question() -> None:
    draft = drafted(*BASIC, values={"Spend": ("€12.10", "€3.00")})

    assert read_mapping(text=draft.yaml_text).currency.code == "EUR"


def test_a_day_that_can_be_read_two_ways_is_asked_about() -> None:
    draft = drafted(*BASIC, values={"Day": ("03/04/2026", "05/06/2026")})

    answered = answer_question(draft, "date_format", "%d/%m/%Y")

    assert read_mapping(text=answered.yaml_text).field_named("event_date").formats == ("%d/%m/%Y",)


def test_a_day_that_can_be_read_one_way_is_not() -> None:
    draft = drafted(*BASIC, values={"Day": ("13.04.2026", "05.06.2026")})

    assert read_mapping(text=draft.yaml_text).field_named("event_date").formats == ("%d.%m.%Y",)
    assert "date_format" not in {one.key for one in draft.questions}


def test_a_file_without_a_day_says_so_until_one_is_chosen() -> None:
    draft = drafted(proposal("When", None), *BASIC[1:], values={"When": ("2026-01-31",)})

    answered = answer_question(draft, "day", "When")

    assert draft.problem
    assert not answered.problem
    assert read_mapping(text=answered.yaml_text).field_named("event_date").columns == ("When",)


def test_an_assumed_touch_is_asked_about_and_can_be_taken_back() -> None:
    draft = drafted(*BASIC, SALES)
    question = next(one for one in draft.questions if one.key == "touch")

    answered = answer_question(draft, "touch", "click+view")

    assert "14 days" in question.text
    assert question.proposed == "click"
    assert read_mapping(text=answered.yaml_text).outcomes[0].qualifier.touch == "click+view"


def test_a_window_nobody_states_stays_open_unless_answered() -> None:
    open_sales = proposal("Sales", "revenue", scope="total")
    draft = drafted(*BASIC, open_sales)

    answered = answer_question(draft, "window", "30")

    assert read_mapping(text=draft.yaml_text).outcomes[0].qualifier.window_days is None
    assert read_mapping(text=answered.yaml_text).outcomes[0].qualifier.window_days == 30


def test_uncertain_columns_of_one_kind_are_one_question_and_left_out_until_confirmed() -> None:
    doubtful = [proposal(f"Sales {name}", None, candidate="revenue") for name in ("x", "y")]
    draft = drafted(*BASIC, doubtful[0], doubtful[1])
    keys = [one.key for one in draft.questions]

    answered = answer_question(draft, "column:revenue", "revenue")

    assert keys.count("column:revenue") == 1
    assert read_mapping(text=draft.yaml_text).ignored == {"Sales x": "not mapped", "Sales y": "not mapped"}
    assert read_mapping(text=answered.yaml_text).outcomes[0].columns == ("Sales x", "Sales y")


def test_there_are_at_most_four_questions() -> None:
    doubtful = [proposal(name, None, candidate=name) for name in ("revenue", "orders", "cost", "clicks", "gtin")]

    assert len(drafted(DAY, *doubtful).questions) == 4


def test_answers_to_questions_not_asked_are_refused() -> None:
    draft = drafted(*BASIC)

    with pytest.raises(KeyError):
        answer_question(draft, "touch", "click")
    with pytest.raises(ValueError, match="XXX"):
        answer_question(draft, "currency", "XXX")


def test_twins_whose_values_differ_are_not_alternatives() -> None:
    second = proposal("Cost 2", "cost")
    draft = drafted(*BASIC, second, values={"Spend": ("1.5", "2.5"), "Cost 2": ("9.5", "8.5")})

    mapping = read_mapping(text=draft.yaml_text)

    assert mapping.field_named("cost").columns == ("Spend",)
    assert "Cost 2" in draft.unmapped


def test_the_script_of_the_header_proposes_a_currency_that_is_still_asked() -> None:
    draft = drafted(DAY, proposal("クリック数", "clicks"))
    question = next(one for one in draft.questions if one.key == "currency")

    assert question.proposed == "JPY"
    assert read_mapping(text=draft.yaml_text).currency.is_assumed

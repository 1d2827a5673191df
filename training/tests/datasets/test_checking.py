import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.datasets.checking import FindingKind, as_lines, check_rows, fingerprint_of
from training.fine_tuning.refusal import TrainingRefused


def sft(asked: str, answer: str = "ok"):
    return {"prompt": [{"role": "user", "content": asked}], "completion": [{"role": "assistant", "content": answer}]}


def pair(asked: str, chosen: str, rejected: str):
    answers = {"chosen": chosen, "rejected": rejected}
    spoken = {name: [{"role": "assistant", "content": text}] for name, text in answers.items()}
    return {"prompt": [{"role": "user", "content": asked}], **spoken}


VERBS, NOUNS = ("raise", "cut", "keep", "move", "split"), ("cap", "floor", "bid", "goal", "flight", "test")
WORDS = [f"{verb} the {noun}" for verb in VERBS for noun in NOUNS]
ROWS = [sft(words) for words in WORDS]


def test_rows_are_split_whole_and_the_same_each_time():
    first, second = check_rows(ROWS), check_rows(list(reversed(ROWS)))

    assert len(first.train) + len(first.held_out) == len(ROWS)
    assert first.held_out
    assert sorted(as_lines([row]) for row in first.train) == sorted(as_lines([row]) for row in second.train)


@given(st.lists(st.integers(0, 10**9), min_size=12, max_size=40, unique=True))
def test_prompts_that_differ_in_figures_only_go_to_one_part(figures):
    rows = [*ROWS, *(sft(f"Spend {figure} on search", str(figure)) for figure in figures)]

    checked = check_rows(rows)

    texts = (as_lines(checked.train), as_lines(checked.held_out))
    assert sum("Spend" in text for text in texts) == 1


def test_duplicates_are_named_with_the_row_they_repeat():
    checked = check_rows([*ROWS, ROWS[3]])

    assert [(one.row, one.kind, one.detail) for one in checked.findings] == [
        (len(ROWS) + 1, FindingKind.DUPLICATE, "the same as row 4")
    ]


def test_rows_with_personal_data_are_left_out_and_named():
    checked = check_rows([*ROWS, sft("Write to jo@example.com"), sft("Call +1 212 555 0187")])

    assert [(one.row, one.detail) for one in checked.findings] == [(31, "email"), (32, "phone number")]
    assert "jo@" not in as_lines([*checked.train, *checked.held_out])


def test_pairs_that_contradict_each_other_are_named():
    rows = [pair(words, "yes", "no") for words in WORDS]

    checked = check_rows([*rows, pair(WORDS[0], "no", "yes")])

    assert [(one.row, one.kind) for one in checked.findings] == [(31, FindingKind.CONTRADICTION)]


def test_given_held_out_part_stays_and_leaks_leave_training():
    checked = check_rows([*ROWS, sft("Spend 5 on search")], held_out=[sft("spend 77 on  SEARCH", "other")])

    assert len(checked.held_out) == 1
    assert [(one.row, one.kind) for one in checked.findings] == [(31, FindingKind.LEAK)]
    assert len(checked.train) == len(ROWS)


def test_too_few_rows_are_refused_with_the_ones_left_out():
    with pytest.raises(TrainingRefused, match="row 2: duplicate"):
        check_rows([ROWS[0], ROWS[0]])


def test_fingerprint_tells_parts_apart():
    assert fingerprint_of(train="ab", held_out="c") != fingerprint_of(train="a", held_out="bc")

"""Figures of a text against results: cited, or refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.guardrails.figures import check_figures

RESULTS = [
    {"budget": 1_200_000, "share": 0.125, "roas": 3.14159, "start": "2026-06-01", "split": {"amazon": 12_345.678}}
]


@pytest.mark.parametrize(
    "text",
    [
        "The budget is $1.2M.",
        "The budget is 1,200,000 USD.",
        "A share of 12.5%, about 13%.",
        "ROAS is 3.14x, or 3.1416.",
        "Amazon gets 12,345.68 from 2026-06-01 on.",
        "No figures at all.",
    ],
)
def test_figures_of_the_results_are_backed(text):
    assert check_figures(text=text, results=RESULTS).holds


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("The budget is $1.3M.", "$1.3M"),
        ("ROAS is 3.15.", "3.15"),
        ("It grows by 40%.", "40%"),
        ("Sales double.", "double"),
        ("From 2026-07-01 on.", "2026-07-01"),
        ("Twenty percent more.", "Twenty percent"),
        ("It is -3.14.", "-3.14"),
    ],
)
def test_other_figures_are_refused(text, figure):
    assert check_figures(text=text, results=RESULTS).unsupported == (figure,)


def test_a_citation_names_result_and_path():
    cited = check_figures(text="Amazon gets 12,346.", results=[{"x": 1}, *RESULTS]).citations[0]

    assert (cited.figure, cited.result, cited.path) == ("12,346", 2, "split.amazon")


@given(value=st.floats(0.01, 1e9), off=st.floats(1.02, 3))
def test_a_figure_that_is_off_is_never_backed(value, off):
    assert check_figures(text=f"It is {value:,.2f}.", results=[{"v": value}]).holds
    assert not check_figures(text=f"It is {value * off + 1:,.2f}.", results=[{"v": value}]).holds

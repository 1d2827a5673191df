from agents.federation.axes import Axis
from training.datasets.corpus import OWN, draw
from training.datasets.phrasing import is_held_out
from training.evaluation.harness import compositions, kept_of_single, table
from training.evaluation.suites import suite_of
from training.recipes.members import BRANDS, INDUSTRY, ORDER, RETAILERS, TASKS

MEMBERS = (INDUSTRY, RETAILERS[0], BRANDS[0], TASKS[2])


class Knowing:
    """Answers rightly what the adapters it wears know, and nothing of a fourth when all four are worn."""

    def __init__(self, suites):
        self.known = {example.prompt: example for suite in suites for example in suite.examples}
        self.active = frozenset()

    def wear(self, *, active, folder=None):
        self.active, self.folder = active, folder

    def answers(self, *, questions):
        if self.folder is not None:
            return ["babble"] * len(questions)
        return [self.known[each.prompt].written(self.active) or "" for each in questions]


def test_suites_are_of_held_out_templates_and_answerable_by_their_member():
    for member in ORDER:
        suite = suite_of(member=member, count=15)

        assert len(suite.examples) == 15
        assert all(suite.expected(frozenset()))
        assert all(
            any(is_held_out(template=one) for one in each.templates)
            for each in suite.examples
            if each.about != "columns"
        )


def test_no_case_of_a_suite_is_in_the_training_data():
    suite = suite_of(member=INDUSTRY, count=30)
    trained = {each.prompt for each in draw(mix=OWN[Axis.INDUSTRY], count=300, seed=11_000, held_out=False)}

    assert sum(each.prompt in trained for each in suite.examples if each.about == "jargon") == 0


def test_the_table_has_base_singles_pairs_full_set_and_control():
    labels = [label for label, _ in compositions(MEMBERS)]

    assert len(labels) == 1 + 4 + 6 + 1
    assert labels[0] == "base"
    assert labels[-1] == "full set"


def test_the_table_measures_what_is_there(tmp_path):
    suites = [suite_of(member=member, count=12) for member in MEMBERS]
    rows = table(runner=Knowing(suites), members=MEMBERS, suites=suites, alone=tmp_path)
    scores = {row.label: row.scores() for row in rows}

    assert scores["full set"]["industry"].share == 1
    assert scores["naive sum"]["industry"].share == 0
    assert scores["+acme"]["brand:acme"].share == 1
    assert scores["base"]["brand:acme"].share == 0
    assert kept_of_single(rows=rows, suites=suites)["brand:acme"][0] == 1

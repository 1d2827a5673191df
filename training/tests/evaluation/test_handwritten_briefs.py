from campaigns.briefs import Constraints, ParsedBrief, RulesParser, constraints_from_json
from training.datasets.corpus import BASE, draw
from training.evaluation.handwritten_briefs import UNSEEN, hand_briefs, judge


class Told:
    """Reads every brief as it is told to."""

    def __init__(self, *, constraints, questions=()):
        self.parsed = ParsedBrief(constraints=constraints, not_understood=(), questions=questions, by="model")

    def parse(self, *, text, catalogue, today):
        return self.parsed


def test_there_are_more_than_sixty_and_what_a_person_reads_is_possible():
    briefs = hand_briefs()

    assert len(briefs) >= 60
    assert len({brief.text for brief in briefs}) == len(briefs)
    for brief in briefs:
        constraints_from_json(values=brief.expected)


def test_none_is_in_the_corpus():
    texts = {brief.text.lower() for brief in hand_briefs()}

    assert texts.isdisjoint(each.source.lower() for each in draw(mix=BASE, count=300, seed=1, held_out=False))


def test_a_wrong_budget_without_a_question_is_noticed():
    brief = [each for each in hand_briefs() if "budget" in each.expected][:1]
    silent = Told(constraints=Constraints(budget=1.0))
    asking = Told(constraints=Constraints(budget=1.0), questions=("Is it 1?",))

    assert judge(briefs=brief, parser=silent)[0].has_wrong_budget
    assert not judge(briefs=brief, parser=asking)[0].has_wrong_budget


def test_fields_are_right_missing_or_made_up():
    (brief,) = [each for each in hand_briefs() if each.text == "spend $1M wisely"]

    (result,) = judge(briefs=[brief], parser=Told(constraints=Constraints(budget=1e6, currency="EUR", weeks=2)))

    assert result.right == ("budget",)
    assert result.wrong == ("currency", "weeks")


def test_the_rules_read_most_fields_of_most_briefs():
    results = judge(briefs=hand_briefs(), parser=RulesParser())
    right, wrong = (sum(len(getattr(result, side)) for result in results) for side in ("right", "wrong"))

    assert right >= 0.9 * (right + wrong)
    assert not any(result.has_wrong_budget for result in results)


def test_the_unseen_briefs_are_others_of_the_same_form():
    unseen, seen = hand_briefs(file=UNSEEN), hand_briefs()

    assert len(unseen) >= 30
    assert {each.text for each in unseen}.isdisjoint(each.text for each in seen)
    for each in unseen:
        constraints_from_json(values=each.expected)

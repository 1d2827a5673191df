"""How much an evaluation measures."""

from django import forms

from training.fine_tuning.evaluation_job import MOST_CASES
from training.services.evaluation_jobs import CASES


class EvaluationForm(forms.Form):
    """Cases of each suite: more of them narrow the interval."""

    cases = forms.IntegerField(min_value=5, max_value=MOST_CASES, initial=CASES, label="Cases of each suite")

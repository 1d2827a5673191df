"""On which share of questions a version is tried."""

from django import forms

from agents.services.promotion import MOST_PERCENT


class TrialForm(forms.Form):
    """A whole number of percent."""

    percent = forms.IntegerField(min_value=1, max_value=MOST_PERCENT, initial=10, label="Percent of questions")

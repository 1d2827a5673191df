"""A thumb and a remark."""

from django import forms

from rlhf.models import Feedback


class FeedbackForm(forms.Form):
    """Up or down."""

    thumb = forms.ChoiceField(choices=Feedback.Thumb.choices)
    comment = forms.CharField(max_length=1_000, required=False)

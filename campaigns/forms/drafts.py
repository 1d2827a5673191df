"""The brief, as typed."""

from django import forms

from campaigns.briefs.parsing import LONGEST_BRIEF


class BriefForm(forms.Form):
    """A plan's brief and, if wanted, its name."""

    brief = forms.CharField(
        max_length=LONGEST_BRIEF,
        label="Brief",
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Say how much to spend, where, for how long, and what the plan must respect.",
        error_messages={"required": "Write a brief: how much to spend, where, and what to respect."},
    )
    name = forms.CharField(
        max_length=160, required=False, label="Name", help_text="Empty: the first line of the brief."
    )

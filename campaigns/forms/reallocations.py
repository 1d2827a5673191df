"""What a reallocation is asked for, as typed."""

from django import forms


class ReallocationForm(forms.Form):
    """A log of decisions, its columns, and the guardrails."""

    name = forms.CharField(max_length=120, label="Name")
    log = forms.FileField(
        allow_empty_file=True,
        label="Log of decisions",
        help_text="CSV with a header, one row per decision, oldest first: what was chosen, what it brought, and the "
        "chance it was chosen with.",
    )
    arm = forms.CharField(max_length=120, initial="arm", label="Column: what was chosen")
    reward = forms.CharField(max_length=120, initial="reward", label="Column: what it brought")
    propensity = forms.CharField(max_length=120, initial="propensity", label="Column: the chance it was chosen with")
    floor = forms.FloatField(min_value=0, max_value=1, initial=0.02, label="Least share of each")
    cap = forms.FloatField(min_value=0, max_value=1, initial=0.8, label="Most share of each")
    change = forms.FloatField(
        min_value=0,
        max_value=10,
        initial=0.2,
        label="Change limit",
        help_text="0.2: no share gains or loses more than a fifth of itself.",
    )

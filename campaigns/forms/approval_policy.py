"""The approval policy, as typed."""

from django import forms


class ApprovalPolicyForm(forms.Form):
    """The three rules; an empty budget means no limit."""

    largest_budget = forms.DecimalField(
        max_digits=16,
        decimal_places=2,
        required=False,
        label="Largest budget",
        help_text="In the plan's own currency. Empty for no limit.",
    )
    smallest_floor_probability = forms.DecimalField(
        max_digits=4,
        decimal_places=3,
        label="Smallest probability of reaching the ROAS floor",
        help_text="From 0 to 1, for example 0.8 for 80%. 0 asks for nothing. Holds for plans that have a ROAS floor.",
    )
    second_person_required = forms.BooleanField(
        required=False, label="Whoever made a plan may not approve it", help_text="A second person must approve."
    )

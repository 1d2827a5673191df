"""Issue a token: its name, scopes and life."""

from datetime import timedelta
from typing import Any

from django import forms

from tenants.permissions import Action

LIVES = [(7, "7 days"), (30, "30 days"), (90, "90 days"), (365, "1 year")]


class TokenForm(forms.Form):
    """Scopes are limited to what the person's own role allows."""

    name = forms.CharField(max_length=80, help_text="What will use this token.")
    scopes = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple)
    days = forms.TypedChoiceField(label="Expires in", choices=LIVES, coerce=int, initial=30)

    def __init__(self, *args: Any, actions: frozenset[Action], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scopes"] = forms.MultipleChoiceField(
            widget=forms.CheckboxSelectMultiple, choices=[(action, action) for action in sorted(actions)]
        )

    def life(self) -> timedelta:
        return timedelta(days=self.cleaned_data["days"])

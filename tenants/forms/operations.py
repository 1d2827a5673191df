"""The filter of the activity page."""

from typing import Any

from django import forms
from django.conf import settings

from tenants.models import Operation

ANY = ("", "Any")


class OperationFilter(forms.Form):
    """State and kind, kept in the page's address."""

    state = forms.ChoiceField(required=False, choices=[ANY, *Operation.State.choices])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(kind, kind.replace("_", " ").capitalize()) for kind in sorted(settings.OPERATION_KINDS)]
        self.fields["kind"] = forms.ChoiceField(required=False, choices=[ANY, *kinds])

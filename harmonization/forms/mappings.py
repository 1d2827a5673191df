"""What people choose and send about mappings."""

from collections.abc import Sequence
from typing import Any

from django import forms

from harmonization.selectors.mapping_versions import KnownMapping


class CompareForm(forms.Form):
    """Two versions of one mapping; the current one and the one before it where nothing was chosen."""

    before = forms.TypedChoiceField(label="From", coerce=int)
    after = forms.TypedChoiceField(label="To", coerce=int)

    def __init__(self, *args: Any, versions: Sequence[KnownMapping], **kwargs: Any) -> None:
        numbers = [one.number for one in versions]
        kwargs.setdefault("initial", {"before": numbers[min(1, len(numbers) - 1)], "after": numbers[0]})
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.choices = [(number, f"Version {number}") for number in numbers]  # type: ignore[attr-defined]  # both are choice fields

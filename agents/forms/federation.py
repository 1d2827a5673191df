"""Which task, retailer and brand the federation page composes for."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms

from agents.federation.axes import Axis
from agents.selectors.adapters import serving_members


class CompositionForm(forms.Form):
    """Choices are what serves; what is not chosen is left out."""

    task = forms.ChoiceField(required=False)
    retailer = forms.ChoiceField(required=False)
    brand = forms.ChoiceField(required=False)

    def __init__(self, data: Mapping[str, Any] | None = None, *, base_digest: str) -> None:
        super().__init__(data)
        for name, axis in (("task", Axis.TASK), ("retailer", Axis.RETAILER), ("brand", Axis.BRAND)):
            members = serving_members(axis=axis, base_digest=base_digest)
            choices = [("", "None"), *((member, member.replace("_", " ").title()) for member in members)]
            cast(forms.ChoiceField, self.fields[name]).choices = choices

    def wanted(self) -> dict[str, str]:
        """What was chosen; of a question that names nothing known, nothing."""
        return {name: self.cleaned_data.get(name, "") if self.is_valid() else "" for name in self.fields}

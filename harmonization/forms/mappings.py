"""What people choose and send about mappings."""

from collections.abc import Sequence
from typing import Any

from django import forms

from harmonization.rmis.dimensions import MappingKind
from harmonization.selectors.mapping_versions import KnownMapping
from harmonization.suggestion.questions import Question

MANY_OPTIONS = 6
GUESSED = frozenset({"currency"})  # nothing in the file speaks for the proposal: a person has to choose
ANSWER = "answer:"


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


class QuestionsForm(forms.Form):
    """What a person confirms about a file of an unknown layout: what the network is called, and a few questions.

    A preview (``is_final`` false) may leave open what a person has to choose.
    """

    network = forms.CharField(
        max_length=60,
        label="What is this network called?",
        help_text="Names the layout, so that its next file is recognised.",
    )

    def __init__(self, *args: Any, questions: Sequence[Question], is_final: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in questions:
            is_long, is_guessed = len(one.options) > MANY_OPTIONS, one.key in GUESSED
            options = [(option.value, option.label) for option in one.options]
            self.fields[f"{ANSWER}{one.key}"] = forms.ChoiceField(
                label=one.text,
                help_text=one.why,
                choices=[("", "Choose one"), *options] if is_guessed else options,
                initial="" if is_guessed else one.proposed,
                required=is_final or not is_guessed,
                widget=forms.Select if is_long else forms.RadioSelect,
            )

    @property
    def answers(self) -> dict[str, str]:
        """The answers by the key of their question; an option that is no longer offered is none."""
        sent = {key.removeprefix(ANSWER): value for key, value in self.cleaned_data.items() if key.startswith(ANSWER)}
        return {key: value for key, value in sent.items() if value}


class KindForm(forms.Form):
    """What the rows of a file are, where they are no report of ads."""

    kind = forms.TypedChoiceField(
        label="The rows are",
        coerce=MappingKind,
        choices=[(one.value, one.value) for one in MappingKind if one is not MappingKind.EVENTS],
    )


class SaveForm(forms.Form):
    """Under which name, and with which note, a draft is kept."""

    name = forms.RegexField(
        r"^[a-z0-9][a-z0-9_-]{0,63}$", help_text="The same name makes its next version; another one a new mapping."
    )
    note = forms.CharField(max_length=500, required=False, help_text="What changed and why, for those who come after.")

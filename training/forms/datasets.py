"""What a new data set is asked for, as typed."""

from typing import Any

from django import forms

from training.fine_tuning.rows import FORMS
from training.fine_tuning.specification import Recipe
from training.models import TrainingDataset

WORDS = {
    Recipe.SFT: "SFT: answers to give",
    Recipe.DPO: "DPO: of two answers the better",
    Recipe.KTO: "KTO: answers labelled good or not",
    Recipe.REWARD: "Reward: of two answers the better, for a judge",
}
READS = "; ".join(f"{recipe.upper()} reads {', '.join(names)}" for recipe, names in FORMS.items())


class DatasetForm(forms.Form):
    """A file of rows, or where to collect them."""

    name = forms.CharField(max_length=120, label="Name", help_text="The same name again makes its next version.")
    recipe = forms.ChoiceField(choices=[(recipe.value, words) for recipe, words in WORDS.items()], label="For")
    origin = forms.ChoiceField(choices=TrainingDataset.Origin.choices, label="Rows from")
    rows = forms.FileField(required=False, allow_empty_file=True, label="Rows", help_text=f"JSONL. {READS}.")
    held_out = forms.FileField(
        required=False,
        allow_empty_file=True,
        label="Held-out rows",
        help_text="Never trained on. Without a file, about a seventh of the prompts is kept back.",
    )
    is_simulated = forms.BooleanField(required=False, label="These rows are simulated")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("origin") == TrainingDataset.Origin.UPLOADED and not cleaned.get("rows"):
            self.add_error("rows", "Choose a file, or collect rows from plans, mappings, thumbs or policy fixes.")
        return cleaned

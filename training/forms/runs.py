"""What a new run is asked for, as typed."""

from typing import Any

from django import forms

from agents.federation.axes import Axis
from agents.selectors.adapters import all_adapters
from training.fine_tuning.specification import Dials
from training.models import TrainingDataset

USUAL = Dials()
DIALS = ("epochs", "learning_rate", "rank", "batch_size", "max_tokens", "beta", "quantize")


class RunForm(forms.Form):
    """A data set, whom the adapter is for, and the few dials."""

    name = forms.CharField(max_length=120, required=False, label="Name")
    dataset = forms.ModelChoiceField(queryset=TrainingDataset.objects.none(), label="Data set")
    axis = forms.ChoiceField(
        choices=[(axis.value, axis.value.title()) for axis in Axis], initial=Axis.TASK, label="The adapter is for a"
    )
    member = forms.CharField(max_length=100, label="Which one", help_text="Such as planning, amazon, or the brand.")
    start_from = forms.ChoiceField(required=False, label="Go on from")
    epochs = forms.IntegerField(initial=USUAL.epochs, label="Epochs")
    learning_rate = forms.FloatField(initial=USUAL.learning_rate, label="Learning rate")
    rank = forms.IntegerField(initial=USUAL.rank, label="Rank")
    batch_size = forms.IntegerField(initial=USUAL.batch_size, label="Batch size")
    max_tokens = forms.IntegerField(initial=USUAL.max_tokens, label="Longest row, tokens")
    beta = forms.FloatField(initial=USUAL.beta, label="Beta", help_text="DPO and KTO: how close to stay to the start.")
    seed = forms.IntegerField(
        min_value=0, max_value=2**31 - 1, required=False, label="Seed", help_text="Empty draws one."
    )
    quantize = forms.BooleanField(
        required=False, label="Hold the base in 4 bits (QLoRA)", help_text="Less memory, a little slower."
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        chosen: Any = self.fields["dataset"]
        chosen.queryset = TrainingDataset.objects.all()
        chosen.label_from_instance = lambda one: f"{one} ({one.get_recipe_display()}, {one.train_count} rows)"
        start: Any = self.fields["start_from"]
        start.choices = [("", "A fresh adapter"), *((str(one.pk), str(one)) for one in all_adapters())]

    def dials(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in DIALS}

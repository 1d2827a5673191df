"""Where a training page stands."""

from django.urls import reverse


def training_trail(*labels: str) -> list[dict[str, str]]:
    agents = {"label": "Agents", "url": reverse("agents:federation")}
    training = {"label": "Training", "url": reverse("training:run_list")}
    return [agents, training, *({"label": label} for label in labels)]


def dataset_trail(*labels: str) -> list[dict[str, str]]:
    sets = {"label": "Data sets", "url": reverse("training:dataset_list")}
    return [*training_trail(), sets, *({"label": label} for label in labels)]

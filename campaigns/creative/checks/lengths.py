"""Copy no longer than a format allows, and a number of items within its bounds."""

from dataclasses import dataclass

from campaigns.creative.advert import Creative
from campaigns.creative.checks.parameters import Parameters
from campaigns.creative.rules import Finding


@dataclass(frozen=True, kw_only=True)
class LengthCheck:
    """Characters, spaces included, of each field; the brand's name is a field too."""

    fields: tuple[str, ...]
    limit: int

    def findings(self, creative: Creative, /) -> list[Finding]:
        return [
            Finding(
                field=name,
                start=self.limit,
                end=len(text),
                why=f"{len(text)} characters; at most {self.limit} are shown",
            )
            for name in self.fields
            if len(text := creative.copy.get(name) or creative.said(name)) > self.limit
        ]


@dataclass(frozen=True, kw_only=True)
class ItemCountCheck:
    """How many items the ad shows, given as a number or as the list of them."""

    least: int
    most: int

    def findings(self, creative: Creative, /) -> list[Finding]:
        items = creative.about.get("items")
        if items is None:
            return []
        count = len(items) if isinstance(items, list) else items
        if isinstance(count, int) and self.least <= count <= self.most:
            return []
        return [Finding(field="items", why=f"{count} items; from {self.least} to {self.most} are allowed")]


def build(parameters: Parameters) -> LengthCheck:
    return LengthCheck(fields=parameters.texts("fields"), limit=parameters.number("limit"))


def build_item_count(parameters: Parameters) -> ItemCountCheck:
    return ItemCountCheck(least=parameters.number("least"), most=parameters.number("most"))

"""Size, shape and weight of an image or logo, as far as they are given."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from campaigns.creative.advert import Creative
from campaigns.creative.checks.parameters import Parameters
from campaigns.creative.rules import Finding

ROUNDING = 0.01  # 1067 × 600 is meant to be 16:9
JPEG = {"jpeg": "jpg"}


@dataclass(frozen=True, kw_only=True)
class ImageCheck:
    """Pixels are (width, height); an empty bound says nothing."""

    field: str
    exactly: tuple[int, ...] = ()
    at_least: tuple[int, ...] = ()
    at_most: tuple[int, ...] = ()
    ratio: tuple[int, ...] = ()
    formats: tuple[str, ...] = ()
    kilobytes: int = 0

    def findings(self, creative: Creative, /) -> list[Finding]:
        return [Finding(field=self.field, why=why) for why in self._faults(creative.part(self.field))]

    def _faults(self, image: Mapping[str, Any]) -> Iterator[str]:
        size = (image.get("w", image.get("width")), image.get("h", image.get("height")))
        if all(isinstance(side, int | float) and side > 0 for side in size):
            yield from self._size_faults(float(size[0] or 0), float(size[1] or 0))
        written = str(image.get("fmt") or image.get("format") or "").casefold().lstrip(".")
        if written and self.formats and JPEG.get(written, written) not in self.formats:
            yield f"{written}; only {', '.join(self.formats)} is taken"
        weight = image.get("kb")
        if self.kilobytes and isinstance(weight, int | float) and weight > self.kilobytes:
            yield f"{weight:g} kB; at most {self.kilobytes}"

    def _size_faults(self, width: float, height: float) -> Iterator[str]:
        seen = f"{width:g} × {height:g} pixels"
        if self.exactly and (width, height) != self.exactly:
            yield f"{seen}; must be {self.exactly[0]} × {self.exactly[1]}"
        if self.at_most and (width > self.at_most[0] or height > self.at_most[1]):
            yield f"{seen}; at most {self.at_most[0]} × {self.at_most[1]}"
        if self.at_least and (width < self.at_least[0] or height < self.at_least[1]):
            yield f"{seen}; at least {self.at_least[0]} × {self.at_least[1]}"
        if self.ratio and abs(width * self.ratio[1] / (height * self.ratio[0]) - 1) > ROUNDING:
            yield f"{seen}; the shape must be {self.ratio[0]}:{self.ratio[1]}"


def build(parameters: Parameters) -> ImageCheck:
    return ImageCheck(
        field=parameters.text("field"),
        exactly=parameters.numbers("exactly"),
        at_least=parameters.numbers("at_least"),
        at_most=parameters.numbers("at_most"),
        ratio=parameters.numbers("ratio"),
        formats=parameters.texts("formats"),
        kilobytes=parameters.number("kilobytes"),
    )

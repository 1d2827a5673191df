"""Alternative text for people who do not see the picture."""

import re
from dataclasses import dataclass

from campaigns.creative.advert import Creative
from campaigns.creative.checks.parameters import Parameters
from campaigns.creative.folding import foldings
from campaigns.creative.rules import Finding

SPACES = re.compile(r"[\s.,!;:]+")


@dataclass(frozen=True, kw_only=True)
class AltTextCheck:
    """It is there, names the brand or the product, and repeats all text of the image."""

    def findings(self, creative: Creative, /) -> list[Finding]:
        alt = _plain(creative.copy.get("alt", ""))
        if not alt:
            return [Finding(field="alt", why="there is no alternative text")]
        found = []
        names = [name for name in (creative.brand, *creative.listed("product"), *creative.listed("products")) if name]
        if names and not any(_plain(name) in alt for name in names):
            found.append(Finding(field="alt", why=f"names neither brand nor product ({', '.join(names)})"))
        shown = _plain(creative.copy.get("image_text", ""))
        if shown and shown not in alt:
            found.append(Finding(field="alt", why=f"does not repeat “{creative.copy['image_text']}”"))
        return found


def _plain(text: str) -> str:
    return SPACES.sub(" ", foldings(text)[0].text).strip()


def build(parameters: Parameters) -> AltTextCheck:
    return AltTextCheck()

"""Where the ad leads: a page of the retailer, of a kind it takes, no longer than it takes."""

from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from campaigns.creative.advert import Creative
from campaigns.creative.checks.parameters import Parameters
from campaigns.creative.rules import Finding


@dataclass(frozen=True, kw_only=True)
class ClickAddressCheck:
    """Over https, to one of the hosts or what is under it, to one of the paths.

    Attributes:
        hosts: such as walmart.com; its sub-domains count, look-alikes do not.
        paths: first parts of the path; empty takes any.
        forbidden: parts of the address that must not be there.
    """

    limit: int
    hosts: tuple[str, ...]
    paths: tuple[str, ...]
    forbidden: tuple[str, ...]

    def findings(self, creative: Creative, /) -> list[Finding]:
        address = creative.said("url")
        why = self._why_not(address) if address else ""
        return [Finding(field="url", why=why)] if why else []

    def _why_not(self, address: str) -> str:
        if len(address) > self.limit:
            return f"{len(address)} characters; at most {self.limit} are taken"
        try:
            parts = urlsplit(address)
            host = (parts.hostname or "").rstrip(".")
        except ValueError:
            return "this is no web address"
        if parts.scheme != "https" or any(character.isspace() for character in address):
            return "the address must start with https:// and hold no spaces"
        if parts.username or not any(host == own or host.endswith(f".{own}") for own in self.hosts):
            return f"“{host}” is no host of {', '.join(self.hosts)}"
        return self._why_not_there(parts)

    def _why_not_there(self, parts: SplitResult) -> str:
        page = parts.path.strip("/").split("/")[0].casefold()
        if self.paths and page not in self.paths:
            return f"only these pages are taken: {', '.join(self.paths)}"
        held = [part for part in self.forbidden if part in parts.query]
        return f"the address must not hold “{held[0]}”" if held else ""


def build(parameters: Parameters) -> ClickAddressCheck:
    return ClickAddressCheck(
        limit=parameters.number("limit"),
        hosts=parameters.texts("hosts"),
        paths=parameters.texts("paths"),
        forbidden=parameters.texts("forbidden"),
    )

"""The policy packs that come with the site."""

from functools import cache
from pathlib import Path

from campaigns.creative.pack_reader import read_pack
from campaigns.creative.rules import Pack

FOLDER = Path(__file__).resolve().parents[1] / "policy_packs"
SHARED = "shared"


class UnknownPack(ValueError):
    """No pack of that name; title and detail say which there are."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is no policy pack “{name}”.")
        self.title = "No such policy pack"
        self.detail = f"“{name}” is none of {', '.join(pack_names())}."
        self.where = "retailer"


def pack_names() -> list[str]:
    """Packs to check against, by name; shared ones are included by these."""
    return sorted(path.stem for path in FOLDER.glob("*.yaml"))


@cache
def load_pack(name: str) -> Pack:
    """A pack by its name, or by what people call it.

    Raises:
        UnknownPack: there is none.
        PackError: the file is wrong.
    """
    found = {path.stem: path for path in FOLDER.glob("*.yaml")}
    wanted = name.strip().casefold().replace("-", "_").replace(" ", "_")
    if wanted in found:
        return read_pack(text=found[wanted].read_text(encoding="utf-8"), included=_shared)
    for stem in found:
        if wanted in load_pack(stem).aliases:
            return load_pack(stem)
    raise UnknownPack(name)


@cache
def _shared(name: str) -> Pack:
    return read_pack(text=(FOLDER / SHARED / f"{name}.yaml").read_text(encoding="utf-8"), included=_shared)

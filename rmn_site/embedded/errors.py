"""The one refusal of this room: what failed, where, and how to mend it."""


class EmbeddedError(Exception):
    """A service or a part of the demo cannot run here."""

    def __init__(self, *, what: str, where: str = "", fix: str = "") -> None:
        super().__init__(" ".join(part for part in (what, f"({where})" if where else "", fix) if part))
        self.what, self.where, self.fix = what, where, fix

"""Why an adapter is not used."""


class AdapterRefused(Exception):
    """The adapter must not serve; what served before goes on.

    Attributes:
        title: what is wrong.
        detail: how to mend it.
        where: the tensor, field or adapter it is about.
    """

    def __init__(self, title: str, detail: str, where: str = "") -> None:
        super().__init__(f"{title}: {detail}")
        self.title, self.detail, self.where = title, detail, where

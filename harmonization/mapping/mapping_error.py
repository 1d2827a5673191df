"""Why a mapping cannot be used. A room of its own: who only reads YAML need not load what reads exports."""


class MappingError(Exception):
    """A mapping cannot be used. The text names file, line and field.

    Attributes:
        line: counted from one; None where no line is to blame.
        field: the path of keys to the culprit, such as ``fields.cost.unit``.
    """

    def __init__(self, message: str, *, line: int | None = None, field: str = "", name: str = "") -> None:
        place = ", ".join(part for part in (name, f"line {line}" if line else "", field) if part)
        super().__init__(f"{place}: {message}" if place else message)
        self.message = message
        self.line = line
        self.field = field
        self.title = "The mapping cannot be used"
        self.detail = message
        self.where = place
        self.fix = "Correct the mapping file and try again."

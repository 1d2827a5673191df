"""Read what a mapping says of a table's shape."""

import re

import polars as pl

from harmonization.mapping.nodes import Node
from harmonization.mapping.shape import Level, Shape, Unpivot

SHAPE_KEYS = ("level", "totals_in", "unpivot", "rows_from")
PATH = r"[^.]+(\.[^.]+){0,7}"


def read_shape(top: Node) -> Shape:
    """The shape. Raises MappingError with line and field."""
    return Shape(
        level=_level(top.child("level")) if top.has("level") else None,
        totals_in=top.texts("totals_in", default=()),
        unpivot=_unpivot(top.child("unpivot")) if top.has("unpivot") else None,
        rows_from=top.text("rows_from", pattern=PATH) if top.has("rows_from") else "",
    )


def _level(node: Node) -> Level:
    node.expect(("column", "values"))
    return Level(column=node.text("column"), values=tuple(one.strip().lower() for one in node.texts("values")))


def _unpivot(node: Node) -> Unpivot:
    node.expect(("columns", "name", "value"))
    pattern, value = node.text("columns"), node.text("value", default="")
    groups = 1 if value else 2
    try:
        is_right = re.compile(pattern).groups == groups
        pl.Series([""]).str.extract(pattern, 1)
    except (re.error, pl.exceptions.ComputeError):
        is_right = False
    if not is_right:
        raise node.fail(f"must be a regular expression with {groups} group{'s' * (groups - 1)}", key="columns")
    return Unpivot(columns=pattern, name=node.text("name"), value=value)

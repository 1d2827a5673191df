"""From the text of a mapping file to a mapping, checked against the schema."""

import codecs
import hashlib
import re
from decimal import Decimal

import polars as pl

from harmonization.mapping.consistency import check_mapping
from harmonization.mapping.dimension_reader import read_dimension
from harmonization.mapping.nodes import Node
from harmonization.mapping.safe_yaml import read_yaml
from harmonization.mapping.shape_reader import SHAPE_KEYS, read_shape
from harmonization.mapping.spec import (
    CheckMapping,
    Currency,
    FieldMapping,
    Mapping,
    MappingError,
    OutcomeMapping,
    Qualifier,
    Retailer,
    Unit,
    WhenEmpty,
)
from harmonization.mapping.zones import is_zone, may_be_words
from harmonization.rmis.dimensions import MappingKind
from harmonization.rmis.enums import AttributionModel, Channel, DateBasis, SalesChannel, Scope, TimeGrain, Touch
from harmonization.rmis.registry import FIELDS, METRICS, FieldType

TOP_KEYS = (
    *("kind", "name", "title", "version"),
    *("retailer", "currency", "timezone", "date_basis", "channel", "separator", "decimal"),
    *("totals", "unique", "headline", "fields", "outcomes", "checks", "ignored", "notes"),
    *("encoding", "time_grain", "vat_included", "vat_rate", "final_after_days", *SHAPE_KEYS),
)
QUALIFIER_KEYS = ("window_days", "touch", "scope", "sales_channel", "attr_model")
SLUG = r"[a-z0-9][a-z0-9_.-]{0,63}"
DATE_FORMAT = r"(%[YymdbBHMSf]|[-/. :,TZ年月日년월일])+"
TIME_FORMAT = rf"{DATE_FORMAT}(%z)?"
INSTANT_FORMATS = ("%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%dT%H:%M:%S.%fZ", "%Y-%m-%dT%H:%M:%S%z")
WHOLE_FILE_FIELDS = frozenset({"retailer_id", "retailer_name", "currency", "placement_raw"})
LONGEST_WINDOW = 365
BANNER_TIMES = frozenset({"report_pulled_at"})


def read_mapping(*, text: str, name: str = "") -> Mapping:
    """The mapping in a YAML text. Raises MappingError naming line and field."""
    try:
        top = Node(located=read_yaml(text=text))
        mapping = _of_its_kind(top, digest=hashlib.sha256(text.encode()).hexdigest())
    except MappingError as error:
        raise MappingError(error.message, line=error.line, field=error.field, name=name) from error
    return mapping


def _of_its_kind(top: Node, *, digest: str, is_checked: bool = True) -> Mapping:
    kind = top.choice("kind", MappingKind) if isinstance(top.located.value, dict) else None
    if kind is not None and kind is not MappingKind.EVENTS:
        return read_dimension(top=top, kind=kind, digest=digest, is_checked=is_checked)
    mapping = _mapping(top, digest=digest)
    if is_checked:
        check_mapping(mapping=mapping, top=top)
    return mapping


def read_unchecked(*, text: str) -> Mapping:
    """The mapping in a text that is being edited: well formed, but it may contradict itself. Raises MappingError."""
    top = Node(located=read_yaml(text=text))
    return _of_its_kind(top, digest=hashlib.sha256(text.encode()).hexdigest(), is_checked=False)


def _mapping(top: Node, *, digest: str) -> Mapping:
    top.expect(TOP_KEYS)
    fields = top.child("fields")
    fields.expect(FIELDS.keys() - WHOLE_FILE_FIELDS)
    timezone = _timezone(top)
    zone = timezone if is_zone(timezone) else ""
    return Mapping(
        name=top.text("name", pattern=SLUG),
        title=top.text("title"),
        version=top.text("version", pattern=r"[0-9A-Za-z.-]{1,20}"),
        retailer=_retailer(top.child("retailer")),
        currency=_currency(top.child("currency")),
        timezone=timezone,
        date_basis=top.choice("date_basis", DateBasis) or DateBasis.CLICK,
        time_grain=top.choice("time_grain", TimeGrain),
        vat_included=top.flag("vat_included") if top.has("vat_included") else None,
        vat_rate=_vat_rate(top),
        final_after_days=top.whole_number("final_after_days", least=0, most=LONGEST_WINDOW),
        channel=top.choice("channel", Channel) or Channel.ONSITE,
        separator=top.text("separator", default=",", pattern=r"[,;\t|]"),
        encoding=_encoding(top),
        decimal=top.text("decimal", default=".", pattern=r"[.,]"),
        shape=read_shape(top),
        totals=tuple(one.lower().strip() for one in top.texts("totals", default=())),
        unique=top.texts("unique", default=()),
        headline=tuple(_headline(node) for node in top.children("headline")),
        fields=tuple(_field(name, fields.child(name), zone=zone) for name in fields.located.value),
        outcomes=tuple(_outcome(node) for node in top.children("outcomes")),
        checks=tuple(_check(node) for node in top.children("checks")),
        ignored=top.pairs("ignored"),
        notes=top.texts("notes", default=()),
        digest=digest,
    )


def _timezone(node: Node) -> str:
    zone = node.text("timezone", default="")
    if zone and not is_zone(zone) and not may_be_words(zone):
        raise node.fail(f"“{zone[:60]}” is no IANA zone, such as America/New_York", key="timezone")
    return zone


def _encoding(node: Node) -> str:
    name = node.text("encoding", default="", pattern=r"[A-Za-z0-9_-]{0,20}").lower()
    try:
        return codecs.lookup(name).name if name else ""
    except LookupError as error:
        raise node.fail(f"“{name}” is no encoding, such as cp949 or shift_jis", key="encoding") from error


def _vat_rate(node: Node) -> Decimal | None:
    """The rate as a fraction; the mapping writes it in per cent."""
    if not node.has("vat_rate"):
        return None
    if not node.has("vat_included"):
        raise node.fail("say with vat_included whether amounts hold the tax", key="vat_rate")
    return Decimal(node.text("vat_rate", pattern=r"[0-9]{1,2}(\.[0-9]{1,3})?")) / 100


def _retailer(node: Node) -> Retailer:
    node.expect(("id", "name", "id_from", "name_from"))
    if node.has("id") == node.has("id_from"):
        raise node.fail("give either id (a constant) or id_from (columns)")
    return Retailer(
        id=node.text("id", default="", pattern=rf"({SLUG})?"),
        name=node.text("name", default=""),
        id_columns=node.texts("id_from", default=()),
        name_columns=node.texts("name_from", default=()),
    )


def _currency(node: Node) -> Currency:
    node.expect(("code", "from", "assumed"))
    if not node.has("code") and not node.has("from"):
        raise node.fail("give a code, or the columns it is read from")
    return Currency(
        code=node.text("code", default="", pattern="([A-Z]{3})?"),
        columns=node.texts("from", default=()),
        is_assumed=node.flag("assumed"),
    )


def _field(name: str, node: Node, *, zone: str) -> FieldMapping:
    kind = FIELDS[name].type
    keys = ["from", "required", "empty"]
    is_instant = kind is FieldType.TIMESTAMP
    is_timed = kind is FieldType.DATE or is_instant or (name == "hour" and node.has("formats"))
    keys += ["formats"] if is_timed else []
    keys += ["banner"] if (kind is FieldType.TEXT or name in BANNER_TIMES) and not node.flag("required") else []
    keys += ["values", "otherwise"] if kind is FieldType.ENUM else []
    keys += ["unit"] if kind in {FieldType.MONEY, FieldType.RATIO, FieldType.QUANTITY} else []
    node.expect(keys)
    when_empty = node.choice("empty", WhenEmpty) or (WhenEmpty.REJECT if node.flag("required") else WhenEmpty.NULL)
    if when_empty is WhenEmpty.ZERO and FIELDS[name].group not in {"delivery", "money"}:
        raise node.fail("only delivery and money may be taken as zero where they are empty", key="empty")
    return FieldMapping(
        name=name,
        columns=node.texts("from", default=() if node.has("banner") else None),
        banner=_banner(node),
        required=node.flag("required"),
        when_empty=when_empty,
        unit=node.choice("unit", Unit) or Unit.ONE,
        formats=_formats(node, is_instant=is_instant) if is_timed else (),
        zone=zone if is_instant else "",
        values=_values(name, node) if kind is FieldType.ENUM else {},
        otherwise=_otherwise(name, node) if kind is FieldType.ENUM else "",
    )


def _banner(node: Node) -> str:
    pattern = node.text("banner", default="")
    try:
        is_one_group = re.compile(pattern).groups == 1
        pl.Series([""]).str.extract(pattern, 1)
    except (re.error, pl.exceptions.ComputeError):
        is_one_group = False
    if pattern and not is_one_group:
        raise node.fail("must be a regular expression with one group, such as “No\\. ([0-9]+)”", key="banner")
    return pattern


def _formats(node: Node, *, is_instant: bool) -> tuple[str, ...]:
    formats = node.texts("formats", default=INSTANT_FORMATS if is_instant else ("%Y-%m-%d",))
    for one in formats:
        if not re.fullmatch(TIME_FORMAT if is_instant else DATE_FORMAT, one):
            raise node.fail(f"“{one}” is no date format, such as %Y-%m-%d or %d.%m.%Y", key="formats")
    return formats


def _values(name: str, node: Node) -> dict[str, str]:
    pairs = node.pairs("values")
    for word, value in pairs.items():
        if value not in FIELDS[name].choices:
            raise node.child("values").fail(f"must be one of {', '.join(FIELDS[name].choices)}", key=word)
    folded = {word.lower().strip(): value for word, value in pairs.items()}
    if len(folded) != len(pairs):
        raise node.fail("two words differ in case only", key="values")
    return folded


def _otherwise(name: str, node: Node) -> str:
    choices = FIELDS[name].choices
    value = node.text("otherwise", default="other" if "other" in choices else "")
    if value and value not in choices:
        raise node.fail(f"must be one of {', '.join(choices)}", key="otherwise")
    return value


def _qualifier(node: Node) -> Qualifier:
    return Qualifier(
        window_days=node.whole_number("window_days", least=0, most=LONGEST_WINDOW),
        touch=node.choice("touch", Touch),
        scope=node.choice("scope", Scope) or Scope.TOTAL,
        sales_channel=node.choice("sales_channel", SalesChannel),
        attr_model=node.choice("attr_model", AttributionModel),
    )


def _headline(node: Node) -> Qualifier:
    node.expect(QUALIFIER_KEYS)
    return _qualifier(node)


def _outcome(node: Node) -> OutcomeMapping:
    node.expect(("metric", "from", "unit", "where", *QUALIFIER_KEYS))
    metric = node.text("metric")
    if metric not in METRICS:
        raise node.fail(f"must be one of {', '.join(METRICS)}", key="metric")
    unit = node.choice("unit", Unit) or Unit.ONE
    where = tuple(node.pairs("where").items())
    return OutcomeMapping(metric=metric, columns=node.texts("from"), qualifier=_qualifier(node), unit=unit, where=where)


def _check(node: Node) -> CheckMapping:
    node.expect(("metric", "from", "unit"))
    metric = node.text("metric", pattern="ctr|cpc")
    return CheckMapping(metric=metric, columns=node.texts("from"), unit=node.choice("unit", Unit))

"""Write products and their codes from a file; what the file maps is replaced, the rest stays."""

import polars as pl
from psycopg import sql

from harmonization.crosswalk.keys import CodeKind, normal_code
from harmonization.dimensions.conversion import GTIN_SPELLING
from harmonization.models import ImportRun, Product
from harmonization.services.copying import copy_rows, queue_up
from tenants.database.current import connection

LOCK_NAMESPACE = 0x53_4B_55
TEXTS = ("name", "brand", "manufacturer", "category_path", "size")
AMOUNTS = ("price", "unit_cost", "margin_rate")
CODE_KEY = ("sku", "kind", "code", "retailer_id")
LONGEST_SPELLING = 120
STAGE_PRODUCTS = """
    CREATE TEMPORARY TABLE staged_product (
        sku text PRIMARY KEY, name text, brand text, manufacturer text, category_path text, size text,
        price numeric, unit_cost numeric, margin_rate numeric, currency text
    ) ON COMMIT DROP
"""
STAGE_CODES = """
    CREATE TEMPORARY TABLE staged_code (sku text, kind text, code text, retailer_id text, spelling text) ON COMMIT DROP
"""
CLEAR_CODES = """
    DELETE FROM harmonization_productcode AS code USING harmonization_product AS product, staged_product AS staged
    WHERE code.product_id = product.id AND product.sku = staged.sku AND code.kind = ANY(%s)
      AND code.retailer_id = ANY(%s) AND code.import_run_id IS NOT NULL AND code.confirmed_at IS NULL
"""
ADD_CODES = """
    INSERT INTO harmonization_productcode AS known
        (product_id, kind, code, retailer_id, spelling, source, import_run_id)
    SELECT product.id, staged.kind, staged.code, staged.retailer_id, staged.spelling, %s, %s
    FROM staged_code AS staged JOIN harmonization_product AS product USING (sku)
    ON CONFLICT (product_id, kind, retailer_id, code) DO UPDATE SET spelling = excluded.spelling
    WHERE known.spelling = ''
"""


def write_products(*, rows: pl.DataFrame, mapped: tuple[str, ...], import_run: ImportRun) -> int:
    """Add the products or replace what the file maps of them; returns how many were known before."""
    queue_up(namespace=LOCK_NAMESPACE)
    limits = {field.name: field.max_length or 0 for field in Product._meta.fields if field.name in TEXTS}
    staged = rows.select(
        "sku",
        *(pl.col(name).fill_null("").str.slice(0, limits[name]) for name in TEXTS),
        *AMOUNTS,
        pl.col("currency").fill_null(""),
    )
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS staged_product, staged_code")
        cursor.execute(STAGE_PRODUCTS)
        cursor.execute(STAGE_CODES)
    copy_rows(rows=staged, table="staged_product")
    known = _upsert(mapped=mapped, import_run=import_run)
    _write_codes(rows=rows, mapped=mapped, import_run=import_run)
    return known


def product_codes(*, rows: pl.DataFrame, mapped: tuple[str, ...]) -> pl.DataFrame:
    """The codes in the rows: sku, kind, normal code, retailer id, spelling; numbers of one shop are left out."""
    frames = [_codes(rows, kind) for kind in CodeKind if kind in mapped]
    if not frames:
        return pl.DataFrame(schema=dict.fromkeys((*CODE_KEY, "spelling"), pl.String))
    return pl.concat(frames).unique(subset=CODE_KEY, keep="first", maintain_order=True)


def _upsert(*, mapped: tuple[str, ...], import_run: ImportRun) -> int:
    """The file's words for what it maps; a product it names for the first time gets empty ones for the rest."""
    columns = [*TEXTS, *AMOUNTS, "currency"]
    money = {"price", "unit_cost"} & set(mapped)
    replaced = [name for name in columns if name in mapped or (name == "currency" and money)]
    statement = sql.SQL(
        "INSERT INTO harmonization_product AS product (sku, {columns}, import_run_id, updated_at) "
        "SELECT sku, {columns}, %s, now() FROM staged_product "
        "ON CONFLICT (sku) DO UPDATE SET {replaced} import_run_id = excluded.import_run_id, updated_at = now()"
    ).format(
        columns=sql.SQL(", ").join(map(sql.Identifier, columns)),
        replaced=sql.SQL("").join(sql.SQL("{0} = excluded.{0}, ").format(sql.Identifier(name)) for name in replaced),
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM staged_product JOIN harmonization_product USING (sku)")
        known = int(cursor.fetchone()[0])
        cursor.execute(statement, [import_run.pk])
    return known


def _write_codes(*, rows: pl.DataFrame, mapped: tuple[str, ...], import_run: ImportRun) -> None:
    codes = product_codes(rows=rows, mapped=mapped)
    kinds = [kind.value for kind in CodeKind if kind in mapped]
    if not kinds:
        return
    copy_rows(rows=codes, table="staged_code")
    retailers = ["", *rows["retailer_id"].unique().drop_nulls().to_list()]
    with connection.cursor() as cursor:
        cursor.execute(CLEAR_CODES, [kinds, retailers])
        cursor.execute(ADD_CODES, [f"file {import_run.file_name}"[:120], import_run.pk])


def _codes(rows: pl.DataFrame, kind: CodeKind) -> pl.DataFrame:
    """An item id is its retailer's; other codes of a product hold everywhere."""
    spelling = GTIN_SPELLING if kind is CodeKind.GTIN and GTIN_SPELLING in rows.columns else kind.value
    given = rows.filter(pl.col(kind.value).is_not_null())
    codes = [normal_code(kind=kind, text=text) for text in given[kind.value].to_list()]
    retailer = pl.col("retailer_id").fill_null("") if kind is CodeKind.ITEM_ID else pl.lit("")
    frame = given.select(
        "sku",
        pl.lit(kind.value).alias("kind"),
        pl.Series("code", codes, dtype=pl.String),
        retailer.alias("retailer_id"),
        pl.col(spelling).str.slice(0, LONGEST_SPELLING).alias("spelling"),
    )
    return frame.filter(pl.col("code") != "")

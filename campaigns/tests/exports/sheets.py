"""Read a workbook's cells straight from its XML, so that tests see what is really in the file."""

import io
import re
import zipfile
from xml.etree import ElementTree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def sheet_names(content):
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return re.findall(r'<sheet name="([^"]+)"', file.read("xl/workbook.xml").decode())


def sheet_xml(content, number):
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return file.read(f"xl/worksheets/sheet{number}.xml").decode()


def cells(content, number):
    """Value by reference: text as str, numbers as float, formulas as ("=…", cached value)."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        strings = ElementTree.fromstring(file.read("xl/sharedStrings.xml"))
        texts = ["".join(part.text or "" for part in item.iter(f"{MAIN}t")) for item in strings]
        sheet = ElementTree.fromstring(file.read(f"xl/worksheets/sheet{number}.xml"))
    found = {}
    for cell in sheet.iter(f"{MAIN}c"):
        value, formula = cell.find(f"{MAIN}v"), cell.find(f"{MAIN}f")
        if value is None:
            continue
        if formula is not None:
            found[cell.get("r")] = (f"={formula.text}", float(value.text))
        else:
            found[cell.get("r")] = texts[int(value.text)] if cell.get("t") == "s" else float(value.text)
    return found

"""Exports for tests: the simulated Alpha layout, and ways to spoil it."""

from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile

from harmonization.services.sample_export import HEADER, sample_export

LAST_DAY = date(2026, 6, 14)
ROWS = 14 * 2 * 4


def alpha_bytes(*, last_day: date = LAST_DAY) -> bytes:
    return sample_export(last_day=last_day)


def alpha_file(*, name: str = "simulated-june.csv", last_day: date = LAST_DAY) -> SimpleUploadedFile:
    return upload(name, alpha_bytes(last_day=last_day))


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="text/csv")


def alpha_with_bad_date(*, name: str = "=cmd|calc") -> bytes:
    """The sample with one more row whose date cannot be read and whose item is called like a formula."""
    line = f"SIM-99999,2026-13-45,{name},Bar,Foods,Snacks,search,all,C,C,10,1,1.00,0,0,0,0,0,8.99,1,0.3,0\n"
    return alpha_bytes() + line.encode()


def unknown_layout() -> bytes:
    return b"when,how_much,what\n2026-06-01,12,bar\n"


def only_header() -> bytes:
    return HEADER.encode()


def beta_bytes() -> bytes:
    """Two rows of the simulated Beta layout: banner, semicolons, decimal commas, micros, and a row of totals."""
    lines = [
        "Report: Beta Retail Media Daily (SIMULATED DATA)",
        "Generated: 2026-06-15",
        "Day;Item ID;GTIN;Item;Brand;Slot;Line item ID;Line item;Views;Taps;CTR %;Cost micros;Purchases 7d;Items 7d;"
        "Turnover 7d;New buyer turnover 7d;Currency",
        "01.06.2026;B-1;00012345678905;Bar;Foods;SERP;L1;Search;1000;20;2,00;12500000;3;4;31,50;8,25;USD",
        "02.06.2026;B-1;00012345678905;Bar;Foods;PDP;L2;Detail;500;5;1,00;4250000;1;1;8,99;0,00;USD",
        "Total;;;;;;;;1500;25;1,67;16750000;4;5;40,49;8,25;",
    ]
    return "\n".join(lines).encode()

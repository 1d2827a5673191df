"""Check copy against a policy, without a database: ``manage.py check_copy --retailer amazon --input copies.jsonl``."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from campaigns.creative.advert import CreativeRefused, creative_from_json
from campaigns.creative.checking import check_copy
from campaigns.creative.checks.parameters import PackError
from campaigns.creative.library import UnknownPack, load_pack
from campaigns.creative.rules import Pack
from tenants.command import ServiceCommand, refusal_as_problem

LONGEST_LINE = 1_000_000


class Command(ServiceCommand):
    help = "One creative a line in ({“id”, “creative”}); one verdict a line out, with rules broken and repaired copy."
    refusals = (UnknownPack, PackError, CreativeRefused)

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--retailer", required=True, help="a policy pack, such as amazon or kroger_display")
        parser.add_argument("--input", type=Path, required=True, metavar="JSONL", help="creatives; - is standard input")
        parser.add_argument(
            "--on", type=date.fromisoformat, metavar="DAY", help="by the rules of this day; default today"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            pack = load_pack(options["retailer"])
            lines = _lines(options["input"])
        except self.refusals as error:
            self.stdout.write(json.dumps({"error": refusal_as_problem(error)}))
            sys.exit(1)
        refused = 0
        for number, line in enumerate(lines, start=1):
            answer = _answer(pack, line, number, options["on"] or date.today())
            refused += "error" in answer
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
        if refused:
            sys.exit(1)


def _lines(path: Path) -> Iterator[str]:
    try:
        text = sys.stdin.read() if str(path) == "-" else path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CreativeRefused("The file cannot be read", f"{error}", str(path)) from error
    return (line for line in text.split("\n") if line.strip())


def _answer(pack: Pack, line: str, number: int, on: date) -> dict[str, Any]:
    """The verdict on one line; a line that cannot be read says so in its place, and the others are still checked."""
    name: Any = None
    try:
        if len(line) > LONGEST_LINE:
            raise CreativeRefused("The line is too long", f"{len(line):,} characters.", f"line {number}")
        document = json.loads(line)
        if not isinstance(document, dict):
            raise CreativeRefused("This is no object", "Each line is {“id”, “creative”}.", f"line {number}")
        name = document.get("id")
        creative = creative_from_json(document.get("creative", document), where=f"line {number}")
    except CreativeRefused as refusal:
        return {"id": name, "error": refusal_as_problem(refusal)}
    except (ValueError, RecursionError) as error:
        problem = {"title": "This is not JSON", "detail": str(error), "where": f"line {number}"}
        return {"id": name, "error": problem}
    return {"id": name, **check_copy(pack=pack, creative=creative, on=on).as_json()}

"""The shape of every management command: a thin door over one service, with ``--json``.

One JSON object on standard output, logs on standard error; exit 0 done, 1 refused with
``{"error": {"title", "detail", "where"}}``, 2 misuse (argparse's own).
"""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand


class ServiceCommand(BaseCommand):
    """Subclasses give ``perform``; ``refusals`` are the exceptions that mean "refused", with their message."""

    refusals: tuple[type[Exception], ...] = ()
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def perform(self, options: dict[str, Any]) -> dict[str, Any]:
        """Do the work; what is returned is printed."""
        raise NotImplementedError

    def describe(self, answer: dict[str, Any]) -> str:
        """The answer for people: one ``key: value`` a line unless a command says it better."""
        return "\n".join(f"{key}: {value}" for key, value in answer.items())

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            answer = self.perform(options)
        except self.refusals as error:
            problem = refusal_as_problem(error)
            self.stdout.write(json.dumps({"error": problem}) if options["json"] else _in_words(problem))
            sys.exit(1)
        self.stdout.write(json.dumps(answer, default=str) if options["json"] else self.describe(answer))


def refusal_as_problem(error: Exception) -> dict[str, str]:
    """Title, detail, where and fix of a refusal, from its attributes where it has them."""
    problem = getattr(error, "problem", {})
    found = {key: str(problem.get(key) or getattr(error, key, "") or "") for key in ("title", "detail", "where", "fix")}
    found["title"] = found["title"] or "Refused"
    found["detail"] = found["detail"] or str(error)
    return found


def _in_words(problem: dict[str, str]) -> str:
    lines = [f"{problem['title']}: {problem['detail']}"]
    lines += [f"  where: {problem['where']}"] if problem["where"] else []
    lines += [f"  fix: {problem['fix']}"] if problem["fix"] else []
    return "\n".join(lines)

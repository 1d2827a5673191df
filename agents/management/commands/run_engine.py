"""Become the engine process: ``manage.py run_engine``; a supervisor starts it again when it ends by itself."""

import os
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Serve the base model and its adapters on ENGINE_SOCKET. This process never returns: it becomes the engine."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--threads", type=int, default=1, help="of the numeric kernels on a CPU")

    def handle(self, *args: Any, **options: Any) -> None:
        command = [sys.executable, "-m", "agents.engine", "--socket", str(settings.ENGINE_SOCKET)]
        command += ["--base", str(settings.BASE_MODEL_DIR), "--cache-bytes", str(settings.ENGINE_CACHE_BYTES)]
        os.execv(sys.executable, [*command, "--threads", str(options["threads"])])  # noqa: S606 - our own module

"""Wake what is due, carry the outbox to the broker and rescue lost work, until stopped: ``manage.py run_relay``."""

import signal
import time
from argparse import ArgumentParser
from types import FrameType
from typing import Any

import structlog
from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import Error, connection
from django.utils import timezone

from tenants.services.outbox import relay_outbox, sweep_operations
from tenants.services.schemas import add_spare_schemas
from tenants.services.wake_ups import ring_wake_ups

logger = structlog.get_logger(__name__)


class Command(BaseCommand):
    help = "Wake what is due, relay the outbox, sweep lost operations, keep spare schemas ready; once a second."
    stopping = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="one round, then end")

    def handle(self, *args: Any, **options: Any) -> None:
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)
        rounds = 0
        while not self.stopping:
            try:
                self._round(rounds=rounds)
            except Error as error:
                logger.warning("relay_round_failed", error=str(error))
                connection.close()
            rounds += 1
            if options["once"]:
                return
            time.sleep(1)

    def _round(self, *, rounds: int) -> None:
        ring_wake_ups(now=timezone.now())
        relay_outbox()
        if rounds % 5 == 0:
            sweep_operations(now=timezone.now())
        if rounds % 30 == 5:
            add_spare_schemas(wanted=settings.SPARE_SCHEMAS)

    def _stop(self, signum: int, frame: FrameType | None) -> None:
        self.stopping = True

"""Valkey of the laptop: broker and cache in memory. What must not be lost is in the database (the outbox)."""

import signal
from collections.abc import Sequence

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from rmn_site.embedded.binaries import find_broker
from rmn_site.embedded.endpoints import Endpoint
from rmn_site.embedded.places import reachable_program
from rmn_site.embedded.ports import LOOPBACK
from rmn_site.embedded.server import Server


class BrokerServer(Server):
    """The broker of one checkout; cached pages may be evicted, queued messages (which never expire) may not."""

    name = "broker"
    stop_signal = signal.SIGTERM

    @property
    def url(self) -> str:
        return f"redis://:{self.endpoint.password}@{LOOPBACK}:{self.endpoint.port}/0"

    def prepare(self) -> None:
        self._program = reachable_program(program=find_broker(), account=self.site.account, folder=self.site.folder)

    def command(self, *, endpoint: Endpoint) -> Sequence[str]:
        return [str(self._program), "-"]

    def configuration(self, *, endpoint: Endpoint) -> str:
        """Given by standard input, so that the password shows neither in the process list nor in a file."""
        return "\n".join(
            [
                f"bind {LOOPBACK}",
                f"port {endpoint.port}",
                f"requirepass {endpoint.password}",
                f'dir "{self.home}"',
                'save ""',
                "appendonly no",
                "maxmemory 256mb",
                "maxmemory-policy volatile-lru",
                "",
            ]
        )

    def answers(self) -> bool:
        try:
            with redis.Redis(
                host=LOOPBACK,
                port=self.endpoint.port,
                password=self.endpoint.password,
                socket_connect_timeout=2,
                socket_timeout=2,
                retry=Retry(NoBackoff(), 0),  # we ask again ourselves, sooner than the client would
            ) as client:
                return bool(client.ping())
        except redis.RedisError:
            return False

"""Services start, are shared, survive being killed, and are stopped by their last user."""

import os
import signal
import stat
import subprocess
from pathlib import Path

import psycopg
import pytest
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from rmn_site.embedded.locked_process import wait_until
from rmn_site.embedded.services import Services, start_services


def kill_dead(services: Services) -> None:
    for server in services._servers:
        os.killpg(server.process.process_id(), signal.SIGKILL)
        server._child.wait()
    assert wait_until(lambda: not any(server.process.is_alive() for server in services._servers), seconds=10)


def test_database_and_broker_answer_and_are_gone_after_stop(state_dir, ask):
    with start_services(state_dir=state_dir, ephemeral=True) as services:
        assert services.started
        assert ask(services.database_url, "SELECT 1") == 1
        with redis.Redis.from_url(services.redis_url) as broker:
            assert broker.ping()

    assert not any(server.process.is_alive() for server in services._servers)
    with pytest.raises(psycopg.OperationalError):
        ask(services.database_url, "SELECT 1")


def test_committed_rows_survive_kill_and_a_reused_process_number(state_dir, ask):
    services = start_services(state_dir=state_dir)
    ask(services.database_url, "CREATE TABLE kept AS SELECT generate_series(1, 2000)")
    kill_dead(services)
    stale = services._servers[0].data / "postmaster.pid"
    stale.write_text("\n".join([str(os.getpid()), *stale.read_text().splitlines()[1:]]) + "\n")
    services.stop()

    with start_services(state_dir=state_dir) as again:
        assert again.started
        assert ask(again.database_url, "SELECT count(*) FROM kept") == 2000
        assert ask(again.database_url, "SHOW fsync") == "on"
        assert ask(again.database_url, "SHOW data_checksums") == "on"


def test_servers_of_a_killed_starter_are_adopted(state_dir, command_line, ask):
    starter = command_line("run", "--", "sh", "-c", "echo $DATABASE_URL; read forever")
    url = starter.stdout.readline().strip()
    starter.kill()
    starter.wait()

    with start_services(state_dir=state_dir) as services:
        assert not services.started
        assert services.database_url == url
        assert ask(url, "SELECT 1") == 1
    with pytest.raises(psycopg.OperationalError):
        ask(url, "SELECT 1")


def test_second_start_shares_and_the_last_user_stops(state_dir, command_line, ask):
    first = command_line("run", "--", "sh", "-c", "echo $DATABASE_URL; read until_told")
    url = first.stdout.readline().strip()

    with start_services(state_dir=state_dir) as second:
        assert (second.started, second.database_url) == (False, url)
        first.communicate("go\n")
        assert first.returncode == 0
        assert ask(url, "SELECT 1") == 1

    with pytest.raises(psycopg.OperationalError):
        ask(url, "SELECT 1")


def test_two_starts_at_once_agree_on_the_servers(command_line):
    both = [command_line("run", "--", "sh", "-c", "echo $DATABASE_URL $REDIS_URL; sleep 1") for _ in range(2)]

    addresses = {process.communicate()[0] for process in both}

    assert len(addresses) == 1
    assert [process.returncode for process in both] == [0, 0]


def test_a_server_that_dies_is_revived_on_its_port(shared_services, ask):
    url = shared_services.database_url
    kill_dead(shared_services)

    revived = shared_services.revive()

    assert revived == ["postgres", "broker"]
    assert ask(url, "SELECT 1") == 1
    assert shared_services.revive() == []


def test_strangers_without_the_password_are_refused(shared_services):
    without = shared_services.database_url.replace(shared_services._servers[0].endpoint.password, "guess")

    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(without)
    port = shared_services._servers[1].endpoint.port
    with redis.Redis(port=port, retry=Retry(NoBackoff(), 0)) as broker, pytest.raises(redis.AuthenticationError):
        broker.ping()


def test_passwords_show_neither_in_files_for_others_nor_in_the_process_list(shared_services):
    for server in shared_services._servers:
        kept = server.site.folder / f"{server.name}.json"
        shown = subprocess.run(["ps", "axww", "-o", "args"], capture_output=True, text=True, check=True).stdout

        assert stat.S_IMODE(kept.stat().st_mode) == 0o600
        assert server.endpoint.password not in shown


def test_ephemeral_services_are_quick_and_leave_no_files(state_dir, ask):
    with start_services(state_dir=state_dir, ephemeral=True) as services:
        folder = services._folder
        assert ask(services.database_url, "SHOW fsync") == "off"

    assert not folder.exists()


def test_named_services_are_left_alone(state_dir):
    with start_services(state_dir=state_dir, database_url="postgres://there/it", redis_url="redis://is/0") as services:
        assert (services.started, services.database_url) == (False, "postgres://there/it")

    assert not state_dir.exists()


def test_only_what_is_not_named_starts(state_dir):
    with start_services(state_dir=state_dir, ephemeral=True, database_url="postgres://there/it") as services:
        assert services.database_url == "postgres://there/it"
        assert [server.name for server in services._servers] == ["broker"]


@pytest.mark.skipif(os.geteuid() != 0 or not Path("/proc").is_dir(), reason="only root lends another account")
def test_root_runs_the_servers_as_somebody_else(shared_services):
    owners = {Path(f"/proc/{server.process.process_id()}").stat().st_uid for server in shared_services._servers}

    assert 0 not in owners


def test_letters_beyond_ascii_fold(shared_services, ask):
    assert ask(shared_services.database_url, "SELECT 'NESTLÉ' ILIKE 'nestlé'") is True

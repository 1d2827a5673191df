"""Servers run where, and from where, their account can reach."""

import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from rmn_site.embedded import places
from rmn_site.embedded.accounts import server_account
from rmn_site.embedded.binaries import find_broker, find_postgres
from rmn_site.embedded.errors import EmbeddedError
from rmn_site.embedded.places import reachable_program, server_folder
from rmn_site.embedded.postgres import PostgresServer
from rmn_site.embedded.server import Site

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root lends another account")


@pytest.fixture
def open_folder(tmp_path_factory):
    """A folder that every account can enter, unlike pytest's own."""
    folder = Path("/tmp") / f"rmn-open-{os.getpid()}"
    folder.mkdir(mode=0o755)
    yield folder
    shutil.rmtree(folder)


def closed_copy_of_postgres(tmp_path):
    program = find_postgres()
    for part in program.parts:
        shutil.copytree(program.home / part, tmp_path / "venv" / part, symlinks=True)
    return replace(program, home=tmp_path / "venv", path=tmp_path / "venv" / program.path.relative_to(program.home))


@as_root
def test_state_that_the_account_can_enter_is_used(open_folder):
    assert server_folder(state_dir=open_folder, account=server_account()) == open_folder / "servers"


@as_root
def test_closed_state_moves_to_a_lasting_folder_of_its_own(tmp_path):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)

    folder = server_folder(state_dir=closed, account=server_account())

    assert folder.parent != closed
    assert folder == server_folder(state_dir=closed, account=server_account())
    assert server_account().can_enter(folder)
    folder.rmdir()


def test_a_folder_that_somebody_else_made_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(places.os, "geteuid", lambda: 4_000_000)

    with pytest.raises(EmbeddedError, match="belongs to somebody else"):
        places._own_folder(tmp_path / "servers")


@as_root
def test_a_program_out_of_reach_is_copied_with_its_libraries_and_runs(tmp_path, open_folder):
    program, account = closed_copy_of_postgres(tmp_path), server_account()
    assert not account.can_run(str(program.path), "--version")

    copy = reachable_program(program=program, account=account, folder=open_folder)

    assert copy.is_relative_to(open_folder)
    assert account.can_run(str(copy), "--version")
    assert copy == reachable_program(program=program, account=account, folder=open_folder)


def test_a_folder_named_by_the_environment_wins(tmp_path, monkeypatch):
    for name in ("postgres", "initdb"):
        (tmp_path / name).touch()
    monkeypatch.setenv("RMN_PG_BIN", str(tmp_path))

    assert find_postgres().path == tmp_path / "postgres"


def test_a_named_folder_without_the_programs_is_refused_with_a_way_out(tmp_path, monkeypatch):
    monkeypatch.setenv("RMN_PG_BIN", str(tmp_path))

    with pytest.raises(EmbeddedError, match=r"make install.*RMN_PG_BIN.*DATABASE_URL"):
        find_postgres()


def test_a_broker_program_is_found():
    assert find_broker().path.name in {"valkey-server", "redis-server"}


def test_data_of_another_version_are_refused_and_left_alone(open_folder):
    server = PostgresServer(site=Site(folder=open_folder, account=server_account(), ephemeral=True))
    server.data.mkdir(parents=True)
    (server.data / "PG_VERSION").write_text("9\n")

    with pytest.raises(EmbeddedError, match="made by PostgreSQL 9"):
        server.prepare()

    assert (server.data / "PG_VERSION").exists()

"""A state folder with a space in its name, put away after each test; no Django database is touched here."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from rmn_site.embedded.put_away import forget_everything
from rmn_site.embedded.services import start_services

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(autouse=True)
def _environment_names_nothing(monkeypatch):
    for name in ("DATABASE_URL", "REDIS_URL", "RMN_STATE_DIR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def state_dir(tmp_path):
    folder = tmp_path / "state folder"
    yield folder
    forget_everything(state_dir=folder)


@pytest.fixture(scope="module")
def shared_services(tmp_path_factory):
    """Services for tests that only look."""
    with start_services(state_dir=tmp_path_factory.mktemp("shared"), ephemeral=True) as running:
        yield running


@pytest.fixture
def command_line(state_dir):
    """``command_line("run", "--", "true")`` starts ``python -m rmn_site.embedded run -- true`` on the state folder."""
    started = []

    def start(*arguments: str, **environment: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "rmn_site.embedded", *arguments],
            cwd=ROOT,
            env=os.environ | {"RMN_STATE_DIR": str(state_dir)} | environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


@pytest.fixture
def ask():
    """``ask(url, "SELECT 1")``: the first column of the first row, if there is a row; committed."""

    def question(url: str, query: str) -> object:
        with psycopg.connect(url, autocommit=True) as connection:
            cursor = connection.execute(query)
            return cursor.fetchone()[0] if cursor.description else None

    return question

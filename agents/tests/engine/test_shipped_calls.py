"""The engine with the shipped base and adapters: every call it writes fits its schema."""

import pytest

from agents.tests.engine.conftest import EngineProcess
from benchmarks.agents import check_calls
from benchmarks.shipped_engine import SHIPPED, lattice

pytestmark = pytest.mark.engine


def test_constrained_answers_fit_their_schema_and_come_from_their_adapters(tmp_path):
    worn = {task: lattice(task=task, folder=tmp_path)[:2] for task in ("planning", "mapping", "creative", "policy")}
    engine = EngineProcess(base=SHIPPED / "base", cache_bytes=64 << 20)
    try:
        engine.wait()
        checked = check_calls(engine.backend, worn, count=20)
    finally:
        engine.stop()

    assert (checked.unfit, checked.foreign) == ((), 0)
    assert checked.cut < checked.count / 2

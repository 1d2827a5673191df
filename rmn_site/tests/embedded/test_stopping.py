"""A signal ends what runs in order, and never between a start and knowing what was started."""

import os
import signal

import pytest

from rmn_site.embedded.stopping import Stopped, stoppable, stopped_afterwards


def twice(number):
    with stoppable():
        try:
            os.kill(os.getpid(), number)
        finally:
            os.kill(os.getpid(), signal.SIGTERM)


def start(started):
    with stoppable(), stopped_afterwards():
        os.kill(os.getpid(), signal.SIGTERM)
        started.append("known")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_the_first_signal_is_an_exception_and_later_ones_wait(number):
    with pytest.raises(Stopped) as stopped:
        twice(number)

    assert stopped.value.number == number


def test_a_signal_during_a_start_waits_for_its_end():
    started = []
    with pytest.raises(Stopped) as stopped:
        start(started)

    assert started == ["known"]
    assert stopped.value.number == signal.SIGTERM


def test_without_a_signal_handlers_are_as_before():
    before = signal.getsignal(signal.SIGTERM)
    with stoppable(), stopped_afterwards():
        pass

    assert signal.getsignal(signal.SIGTERM) == before

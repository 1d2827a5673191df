import pytest

from training.fine_tuning.progress import (
    Curve,
    Finished,
    Refused,
    Started,
    Step,
    Stopped,
    from_line,
    seconds_left,
    to_line,
)

EVENTS = [
    Started(parameters=10, trainable=2, rows=3, resumed_from=1),
    Step(step=2, of=9, loss=1.5, seconds=3.0, tokens=40),
    Stopped(step=4),
    Refused(title="No", detail="Because"),
    Finished(scores={"after_loss": 0.5}, steps=9, seconds=4.0, peak_bytes=100),
]


@pytest.mark.parametrize("event", EVENTS)
def test_what_is_said_is_understood(event):
    assert from_line(to_line(event)) == event


NOISE = ["", "loss: 3", '{"event": "unheard"}', '{"event": "step"}', '{"event": "step", "step": 1']


@pytest.mark.parametrize("line", NOISE)
def test_noise_is_no_event(line):
    assert from_line(line) is None


def test_steps_done_again_replace_what_was_after_the_checkpoint():
    curve = Curve()
    for step in (1, 2, 3, 2):
        curve.add(Step(step=step, of=9, loss=float(step * 10 + len(curve.points)), seconds=1.0))

    assert curve.thinned() == [(1, 10.0), (2, 23.0)]


def test_long_curve_is_thinned_and_keeps_its_end():
    curve = Curve(points=dict.fromkeys(range(1, 10001), 1.0))

    thinned = curve.thinned()

    assert len(thinned) <= 401
    assert thinned[-1] == (10_000, 1.0)


def test_time_left_follows_the_pace_of_this_attempt():
    step = Step(step=30, of=50, loss=1.0, seconds=10.0)

    assert seconds_left(step) == pytest.approx(20 * 10 / 30)
    assert seconds_left(step, resumed_from=20) == pytest.approx(20.0)
    assert seconds_left(step, resumed_from=29) is None

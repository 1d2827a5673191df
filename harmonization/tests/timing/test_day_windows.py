"""Which days a report is asked for."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from harmonization.timing.day_windows import DayWindow, Limits, days_lost, windows_to_ask

TODAY = date(2026, 6, 20)
LIMITS = Limits(longest=31, kept=95, look_back=14, first=60)


def test_first_time_asks_for_the_first_days_up_to_yesterday():
    windows = windows_to_ask(today=TODAY, newest_taken=None, limits=LIMITS)

    assert windows == (
        DayWindow(start=date(2026, 4, 21), end=date(2026, 5, 21)),
        DayWindow(start=date(2026, 5, 22), end=date(2026, 6, 19)),
    )


def test_later_it_asks_for_what_is_new_and_what_may_be_restated():
    windows = windows_to_ask(today=TODAY, newest_taken=date(2026, 6, 18), limits=LIMITS)

    assert windows == (DayWindow(start=date(2026, 6, 5), end=date(2026, 6, 19)),)


@given(
    behind=st.one_of(st.none(), st.integers(min_value=-3, max_value=400)),
    longest=st.integers(1, 40),
    kept=st.integers(2, 120),
    look_back=st.integers(1, 60),
    first=st.integers(1, 119),
)
def test_windows_join_end_yesterday_and_break_no_limit(behind, longest, kept, look_back, first):
    limits = Limits(longest=longest, kept=kept, look_back=look_back, first=first)
    newest = None if behind is None else TODAY - timedelta(days=behind)

    windows = windows_to_ask(today=TODAY, newest_taken=newest, limits=limits)

    assert windows[-1].end == TODAY - timedelta(days=1)
    assert windows[0].start >= TODAY - timedelta(days=kept - 1)
    assert all(0 <= (one.end - one.start).days < longest for one in windows)
    assert all(one.end + timedelta(days=1) == next_one.start for one, next_one in pairwise(windows))


def test_days_the_network_no_longer_has_are_named():
    lost = days_lost(today=TODAY, newest_taken=date(2026, 1, 31), limits=LIMITS)

    assert lost == DayWindow(start=date(2026, 2, 1), end=date(2026, 3, 17))
    assert days_lost(today=TODAY, newest_taken=date(2026, 6, 1), limits=LIMITS) is None
    assert days_lost(today=TODAY, newest_taken=None, limits=LIMITS) is None

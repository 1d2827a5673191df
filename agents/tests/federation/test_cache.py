"""What was used last stays, within the bound."""

import threading

from hypothesis import given
from hypothesis import strategies as st

from agents.federation.cache import BoundedCache


def cache(limit: int) -> tuple[BoundedCache[bytes], list[str]]:
    dropped: list[str] = []
    return BoundedCache(limit=limit, size=len, dropped=lambda name, value: dropped.append(name)), dropped


def test_least_recently_used_goes_first():
    held, dropped = cache(3)
    for name in "abc":
        held.put(name, b"1")
    held.get("a")

    held.put("d", b"1")

    assert (held.names(), dropped) == (("c", "a", "d"), ["b"])


def test_same_name_again_is_no_drop():
    held, dropped = cache(3)
    held.put("a", b"1")

    held.put("a", b"22")

    assert (held.held, dropped, held.get("a")) == (2, [], b"22")


def test_dropped_by_name_is_told_once():
    held, dropped = cache(3)
    held.put("a", b"1")

    held.drop("a")
    held.drop("a")

    assert (dropped, held.held) == (["a"], 0)


@given(st.lists(st.tuples(st.sampled_from("abcdefg"), st.integers(1, 9))), st.integers(9, 20))
def test_bound_holds_after_every_put(puts, limit):
    held, _ = cache(limit)

    for name, size in puts:
        held.put(name, bytes(size))
        assert held.held == sum(len(held.get(one)) for one in held.names()) <= limit


def test_threads_leave_the_count_right():
    held, _ = cache(50)

    def work(name):
        for number in range(300):
            held.put(f"{name}{number % 7}", b"1234")
            held.get(f"{name}3")

    threads = [threading.Thread(target=work, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert held.held == 4 * len(held.names()) <= 50

"""What a citizen is told about the wait, from rules that can be checked by hand; over whole days in tests/report."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from device.hall.forecast import Calibration, Habits, Wait
from device.hall.walk import Ahead, Busy, starts

GENERAL = frozenset({"social", "tax"})
USUAL = {"social": 480.0, "tax": 300.0}


@cache
def habits(**seconds: float) -> Habits:
    """Services that have always taken exactly so long."""
    known = Habits(USUAL)
    for service, length in seconds.items():
        for _ in range(200):
            known.learn(service, 99, 9, length)
    return known


def wait(queue: list[str], windows: list[Busy], service: str = "social") -> float | None:
    found = starts(map(Ahead, queue), windows, [service], habits(social=480, tax=300), 9)[service]
    return None if found is None else found[0]


@pytest.mark.req("R242")
def test_a_free_window_means_no_wait_and_no_doubt() -> None:
    assert starts([], [Busy(1, GENERAL)], ["social"], habits(), 9) == {"social": (0.0, 0.0)}


def test_whoever_is_ahead_is_served_first() -> None:
    assert wait(["social", "social", "tax"], [Busy(1, GENERAL)]) == pytest.approx(480 + 480 + 300)


def test_the_window_that_is_free_first_takes_the_next() -> None:
    assert wait(["social", "tax", "tax"], [Busy(1, GENERAL), Busy(2, GENERAL)]) == pytest.approx(480)


def test_people_who_want_something_else_elsewhere_do_not_count() -> None:
    windows = [Busy(1, frozenset({"social"})), Busy(2, frozenset({"tax"}))]
    assert wait(["tax"] * 5, windows) == 0.0
    assert wait(["tax", "social"], windows) == pytest.approx(480)


def test_the_longer_somebody_has_been_at_the_window_the_sooner_it_is_free() -> None:
    known = Habits(USUAL)
    for n in range(200):
        known.learn("social", 1, 9, 300 + 2.0 * n)
    waits = [starts([], [Busy(1, GENERAL, "social", e)], ["social"], known, 9)["social"] for e in (0, 200, 400)]
    assert all(one and two and one[0] > two[0] for one, two in pairwise(waits))


def test_a_service_that_no_window_serves_has_no_wait_to_tell() -> None:
    assert wait([], [Busy(1, frozenset({"tax"}))]) is None
    assert wait([], []) is None


def test_a_window_that_closes_takes_nobody_after_that() -> None:
    closes = Busy(1, GENERAL, leaves=400)
    assert wait(["social"], [closes]) is None
    assert wait(["social"], [closes, Busy(2, GENERAL, opens=900)]) == pytest.approx(900)


def test_an_appointment_comes_first_once_it_is_due_and_not_before() -> None:
    soon, later = Ahead("social", due=200.0), Ahead("social", due=900.0)
    desk = [Busy(1, GENERAL, "tax", 0.0)]  # free in 300 s

    def told(*queue: Ahead) -> float | None:
        found = starts(queue, desk, ["tax"], habits(social=480, tax=300), 9)["tax"]
        return found and found[0]

    assert told() == pytest.approx(300)
    assert told(soon) == pytest.approx(300 + 480)
    assert told(later) == pytest.approx(300)
    assert told(later, Ahead("tax"), Ahead("tax"), Ahead("tax")) == pytest.approx(300 + 3 * 300 + 480)


def test_whoever_was_sent_to_one_window_waits_for_that_one() -> None:
    bound = Ahead("social", only=2)
    free, taken = Busy(1, GENERAL), Busy(2, frozenset({"tax"}), "tax", 0.0)
    found = starts([bound] * 2, [free, taken], ["social", "tax"], habits(social=480, tax=300), 9)
    assert found == {"social": (0.0, 0.0), "tax": (0.0, 0.0)}
    (waits,) = starts([bound] * 2, [taken], ["tax"], habits(social=480, tax=300), 9).values()
    assert waits is not None
    assert waits[0] == pytest.approx(300 + 2 * 480)


def test_the_end_of_a_very_long_line_is_counted_and_makes_the_wait_as_long_as_it_is() -> None:
    windows = [Busy(n, GENERAL) for n in range(4)]
    for long in (150, 199, 200, 201, 260, 1000):
        told = wait(["social"] * long, windows)
        assert told == pytest.approx(long / 4 * 480, rel=0.02)
    both = [Busy(1, frozenset({"social"})), Busy(2, GENERAL), Busy(3, frozenset({"tax"}))]
    queue = ["social", "tax"] * 300
    whole = wait(queue, both)
    assert whole is not None
    assert whole == pytest.approx(300 * (480 + 300) / 3, rel=0.2)


def test_no_shows_make_the_wait_shorter() -> None:
    def told(gone: int) -> float:
        known = Habits(USUAL)
        for n in range(200):
            known.learn("social", 1, 9, 60 if n % 10 < gone else 480)
        found = starts([Ahead("social")] * 10, [Busy(1, GENERAL)], ["social"], known, 9)["social"]
        assert found is not None
        return found[0]

    assert told(0) > told(2) > told(5)


def test_a_slow_window_is_known_after_a_few_tickets_and_forgotten_overnight() -> None:
    known = Habits(USUAL)
    for _ in range(20):
        known.learn("social", 99, 9, 480)
    before = known.pace(1, 480)
    for _ in range(8):
        known.learn("social", 1, 9, 960)
    assert before == 1.0
    assert known.pace(1, 480) > 1.3
    known.new_day()
    assert known.pace(1, 480) == 1.0


def test_an_hour_that_is_slow_is_slow_alone() -> None:
    known = Habits(USUAL)
    for _ in range(60):
        known.learn("social", 1, 9, 300)
        known.learn("social", 1, 14, 600)
    assert known.mean("social", 9) < 350 < known.mean("social", 11) < 550 < known.mean("social", 14)


@settings(max_examples=10, deadline=None)
@given(st.lists(st.integers(0, 7200), min_size=201, max_size=260))
def test_only_the_newest_times_count_and_their_sums_are_right(times: list[int]) -> None:
    known = Habits(USUAL)
    for seconds in times:
        known.learn("social", 1, 9, seconds)
    last = times[-200:]
    mean = sum(last) / 200
    assert known.services["social"].mean() == pytest.approx(mean, abs=1e-6)
    assert known.variance("social") == pytest.approx(max(1.0, sum((s - mean) ** 2 for s in last) / 200), rel=1e-6)


@given(st.lists(st.sampled_from(["social", "tax"]), max_size=12), st.integers(1, 4))
def test_one_more_ahead_or_one_window_less_never_makes_the_wait_shorter(queue: list[str], count: int) -> None:
    windows = [Busy(n, GENERAL) for n in range(count)]
    now = wait(queue, windows)
    assert now is not None
    assert (wait([*queue, "tax"], windows) or 0.0) >= now
    fewer = wait(queue, windows[1:])
    assert fewer is None or fewer >= now


def test_the_bound_settles_where_nine_in_ten_waits_are_shorter() -> None:
    told = Calibration()
    within = 0
    for n in range(4000):
        waited = 600 + 240 * ((n * 617) % 1000) / 1000  # spread evenly over four minutes
        promised = told.promise(600, 60.0**2)
        within += n >= 2000 and waited <= promised.bound
        told.learn(promised, waited)
    assert 0.88 <= within / 2000 <= 0.92
    assert told.promise(600, 60.0**2).median == pytest.approx(720, abs=25)


def test_what_was_certain_teaches_nothing() -> None:
    told = Calibration()
    told.learn(Wait(0.0, 0.0), 50.0)
    assert told == Calibration()
    assert told.promise(0.0, 0.0).bound == 0.0


def test_a_promise_is_never_negative_and_its_bound_never_below_its_middle() -> None:
    told = Calibration(middle=-3.0, upper=-5.0)
    wait = told.promise(60, 50.0**2)
    assert (wait.median, wait.bound) == (0.0, 0.0)
    assert starts([], [Busy(1, GENERAL, leaves=inf)], ["tax"], habits(), 9)["tax"] == (0.0, 0.0)

"""Whom to call next: every policy keeps its promise, and nobody starves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from device.contract.messages import Words
from device.hall.discipline import Discipline, Head, Klass, Policy, choose

CLASSES = {
    "emergency": Klass("emergency", Words("急危重"), 1, 3),
    "soldier": Klass("soldier", Words("军人"), 2, 2),
    "elderly": Klass("elderly", Words("老年人"), 2, 2),
    "sick": Klass("sick", Words("病弱者"), 3, 1),
}
STRICT = Discipline(classes=CLASSES)
HOUR = 3600.0


def head(name: str, at: float, klass: str = "", slot: float = 0.0) -> Head:
    return Head(name, (at, 0.0), klass, slot)


def order(heads: Sequence[Head], rules: Discipline, now: float = 100.0, window: list[str] | None = None) -> list[str]:
    """Everybody who waits, in the order in which one window calls them at one instant."""
    left, recent, called = list(heads), window if window is not None else [], []
    while (found := choose(firsts(left), rules, recent, now)) is not None:
        left.remove(found)
        recent.append(found.klass)
        called.append(found.ticket)
    return called


def firsts(waiting: Sequence[Head]) -> list[Head]:
    """The first of each class, as the lanes give them."""
    lines: dict[str, Head] = {}
    for one in sorted(waiting, key=lambda h: (h.slot, h.place)):
        lines.setdefault(one.klass, one)
    return list(lines.values())


@pytest.mark.req("R081", "R032", "R221")
def test_strictly_classes_stand_above_the_order_of_issue_and_within_one_it_is_kept() -> None:
    heads = [head("n1", 1), head("n2", 2), head("e1", 3, "elderly"), head("s1", 4, "soldier"), head("x1", 5, "sick")]
    assert order(heads, STRICT) == ["e1", "s1", "x1", "n1", "n2"]
    assert order(heads, replace(STRICT, policy="fcfs")) == ["n1", "n2", "e1", "s1", "x1"]


@pytest.mark.req("R081")
def test_an_emergency_comes_before_everybody_however_long_they_waited() -> None:
    for policy in get_args(Policy):
        heads = [head("n1", -9 * HOUR), head("e1", 99, "emergency")]
        assert order(heads, replace(STRICT, policy=policy))[0] == "e1"


@pytest.mark.req("R130")
def test_a_class_that_nobody_defined_is_no_priority() -> None:
    assert order([head("n1", 1), head("v1", 2, "vip")], STRICT) == ["n1", "v1"]


@pytest.mark.req("R032")
def test_weighted_gives_each_class_its_share_and_alternating_one_after_the_other() -> None:
    heads = [head(f"n{n}", n) for n in range(5)] + [head(f"s{n}", n + 0.5, "soldier") for n in range(5)]
    weighted = order(heads, replace(STRICT, policy="weighted"))
    assert weighted[:6] == ["s0", "s1", "n0", "s2", "s3", "n1"]
    alternating = order(heads, replace(STRICT, policy="alternating"))
    assert alternating[:6] == ["s0", "n0", "s1", "n1", "s2", "n2"]


def test_a_class_that_was_away_has_saved_up_no_turns() -> None:
    rules = replace(STRICT, policy="weighted")
    window = [""] * 30  # only ordinary tickets for a long while
    heads = [head(f"n{n}", n) for n in range(3)] + [head(f"s{n}", n + 0.5, "soldier") for n in range(4)]
    assert order(heads, rules, window=window)[:4] == ["s0", "s1", "n0", "s2"]


@pytest.mark.req("R064", "R181")
def test_an_appointment_is_called_from_ten_minutes_before_its_time_and_then_before_others() -> None:
    slot = 10 * HOUR
    heads = [head("n1", 1), head("a1", 2, "appointment", slot), head("s1", 3, "soldier")]
    assert choose(heads, STRICT, (), slot - 601) == heads[0]  # it has waited for hours; the appointment is not due
    assert choose(heads, STRICT, (), slot - 600) == heads[1]
    assert choose([heads[1]], STRICT, (), slot - 601) is None
    assert choose([*heads, head("x", 9, "emergency")], STRICT, (), slot) == head("x", 9, "emergency")


arrivals = st.lists(
    st.tuples(st.integers(0, 600), st.sampled_from(["", "", "", "soldier", "elderly", "sick"])), min_size=1, max_size=30
)


@pytest.mark.req("R032", "R081")
@settings(derandomize=True, deadline=None)
@given(arrivals, st.lists(st.integers(0, 300), min_size=1, max_size=40), st.sampled_from(get_args(Policy)))
def test_whoever_has_waited_long_enough_is_overtaken_by_nobody_who_came_later(
    came: list[tuple[int, str]], pauses: list[int], policy: Policy
) -> None:
    rules = replace(STRICT, policy=policy, ageing=300.0)
    waiting: list[Head] = []
    coming = sorted(
        (Head(f"{n}", (float(at), float(n)), klass) for n, (at, klass) in enumerate(came)), key=lambda h: h.place
    )
    recent: list[str] = []
    now, called = 0.0, 0
    for pause in [*pauses, 700, *[60] * len(came)]:
        now += pause
        waiting += [one for one in coming if one.place[0] <= now]
        coming = [one for one in coming if one.place[0] > now]
        found = choose(firsts(waiting), rules, recent, now)
        assert (found is None) == (not waiting)  # nobody waits beside an idle window
        if found is None:
            continue
        long = [one for one in waiting if now - one.place[0] >= rules.ageing]
        assert all(found.place <= one.place for one in long)
        assert all(found.place <= one.place for one in waiting if one.klass == found.klass)
        waiting.remove(found)
        recent.append(found.klass)
        called += 1
    assert called == len(came)

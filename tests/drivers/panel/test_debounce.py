"""One press is one press: the debouncing and the rule for five buttons under one hand, on time that tests make up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers import debounce
from drivers.buttons_simulated import BOUNCES
from drivers.debounce import Change, Debouncer, Presses
from drivers.events import ButtonPressed, HardwareEvent, PartFailed, PartMended

SETTLE = 20.0
Edge = tuple[int, bool, float]  # level, closed, at


def settled(edges: list[Edge]) -> list[Change]:
    """What a debouncer says to these edges and to endless quiet after them."""
    debouncer = Debouncer(SETTLE)
    changes = [change for edge in edges for change in debouncer.edge(*edge)]
    while (due := debouncer.due()) is not None:
        changes += debouncer.settle(due)
    return changes


def bouncing(level: int, closed: bool, at: float, bounce: tuple[float, ...]) -> list[Edge]:
    """The contact goes to `closed` and takes the bounce's milliseconds to stay there."""
    edges, state = [], closed
    for milliseconds in bounce:
        edges.append((level, state, at))
        state = not state
        at += milliseconds
    return [*edges, (level, closed, at)]


@pytest.mark.parametrize("bounce", BOUNCES)
def test_a_press_is_one_press_however_the_contact_bounces(bounce: tuple[float, ...]) -> None:
    edges = bouncing(5, True, 100.0, bounce) + bouncing(5, False, 200.0, bounce)
    quiet = sum(bounce) + SETTLE
    down, up = settled(edges)
    assert (down.closed, up.closed) == (True, False)
    assert [down.at, up.at] == pytest.approx([100.0 + quiet, 200.0 + quiet])


def test_a_spark_shorter_than_the_quiet_time_is_nothing() -> None:
    assert settled([(3, True, 100.0), (3, False, 119.9)]) == []


def test_a_contact_quiet_for_exactly_the_quiet_time_has_settled() -> None:
    assert settled([(3, True, 100.0), (3, False, 120.0)]) == [Change(3, True, 120.0), Change(3, False, 140.0)]


def test_a_contact_closed_at_the_start_only_settles_open() -> None:
    debouncer = Debouncer(SETTLE, closed=[2])
    assert debouncer.due() is None
    assert debouncer.edge(2, True, 0.0) == []
    assert debouncer.edge(2, False, 50.0) == []
    assert debouncer.settle(70.0) == [Change(2, False, 70.0)]


def test_one_contact_bouncing_does_not_hold_up_another() -> None:
    edges: list[Edge] = [(1, True, 0.0), (5, True, 15.0), (5, False, 16.0), (5, True, 17.0)]
    assert settled(edges) == [Change(1, True, 20.0), Change(5, True, 37.0)]


@st.composite
def waves(draw: st.DrawFn) -> list[Edge]:
    gaps = draw(st.lists(st.integers(1, 60), max_size=40))
    times = [float(sum(gaps[: place + 1])) for place in range(len(gaps))]
    return [(draw(st.integers(1, 5)), draw(st.booleans()), at) for at in times]


@given(waves())
def test_exactly_the_states_that_were_quiet_long_enough_are_told_in_their_order(edges: list[Edge]) -> None:
    expected = []
    for level in range(1, 6):
        was = False
        mine = [(closed, at) for of, closed, at in edges if of == level]
        untils = [at for _, at in mine[1:]] + [float("inf")]
        for (closed, at), until in zip(mine, untils, strict=False):
            if until - at >= SETTLE and closed != was:
                was = closed
                expected.append(Change(level, closed, at + SETTLE))
    told = settled(edges)
    assert sorted(told, key=lambda change: (change.at, change.level)) == sorted(
        expected, key=lambda change: (change.at, change.level)
    )
    assert [change.at for change in told] == sorted(change.at for change in told)


# --- five buttons under one hand -----------------------------------------------------------------------------


def told(presses: Presses, *moves: tuple[int, bool, float]) -> list[HardwareEvent]:
    return [event for level, closed, at in moves for event in presses.change(Change(level, closed, at))]


def test_a_button_that_goes_down_is_a_press_and_letting_go_is_none() -> None:
    assert told(Presses("buttons", (), 0.0), (4, True, 1.0), (4, False, 1.2), (4, True, 2.0)) == [
        ButtonPressed(4),
        ButtonPressed(4),
    ]


@pytest.mark.req("R142")
def test_a_second_button_is_ignored_while_the_first_is_down() -> None:
    moves = [(5, True, 1.0), (1, True, 1.1), (1, False, 1.2), (5, False, 1.3), (1, True, 2.0)]
    assert told(Presses("buttons", (), 0.0), *moves) == [ButtonPressed(5), ButtonPressed(1)]


def test_a_button_ignored_while_another_was_down_does_not_count_when_that_one_is_let_go() -> None:
    presses = Presses("buttons", (), 0.0)
    assert told(presses, (5, True, 1.0), (1, True, 1.1), (5, False, 1.2)) == [ButtonPressed(5)]
    assert told(presses, (1, False, 1.3), (1, True, 1.5)) == [ButtonPressed(1)]


def test_the_same_word_twice_is_one_press() -> None:
    assert told(Presses("buttons", (), 0.0), (2, True, 1.0), (2, True, 1.1)) == [ButtonPressed(2)]


def test_a_button_down_at_the_start_is_no_press_and_counts_once_it_was_let_go() -> None:
    presses = Presses("buttons", [3], 0.0)
    assert told(presses, (3, True, 0.5), (3, False, 1.0), (3, True, 2.0)) == [ButtonPressed(3)]


def test_a_button_down_too_long_is_a_fault_told_once_and_mended_when_it_comes_up() -> None:
    presses = Presses("buttons", (), 0.0)
    assert presses.due() is None
    told(presses, (4, True, 1.0))
    assert presses.due() == 1.0 + debounce.STUCK_SECONDS
    assert presses.tick(1.0 + debounce.STUCK_SECONDS - 0.1) == []
    assert presses.tick(1.0 + debounce.STUCK_SECONDS) == [
        PartFailed("buttons", "button-stuck", "level 4 has been down for 10 s", "technician")
    ]
    assert presses.tick(1000.0) == []
    assert presses.due() is None
    assert told(presses, (4, False, 2000.0)) == [PartMended("buttons")]


def test_a_stuck_button_told_down_once_more_is_still_no_press() -> None:
    """Its coming up may be lost when the kernel's buffer runs over."""
    presses = Presses("buttons", [4], 0.0)
    presses.tick(10.0)
    assert told(presses, (4, True, 11.0)) == []


def test_a_stuck_button_holds_no_other_off() -> None:
    presses = Presses("buttons", [4], 0.0)
    assert told(presses, (5, True, 9.0), (5, False, 9.2)) == []
    stuck, pressed = told(presses, (5, True, 10.0))
    assert isinstance(stuck, PartFailed)
    assert pressed == ButtonPressed(5)


def test_the_panel_is_mended_only_when_no_button_is_stuck_any_more() -> None:
    presses = Presses("buttons", [4, 2], 0.0)
    assert [type(event) for event in presses.tick(10.0)] == [PartFailed, PartFailed]
    assert told(presses, (4, False, 11.0)) == []
    assert told(presses, (2, False, 12.0)) == [PartMended("buttons")]


@given(waves())
def test_no_two_presses_are_counted_without_all_buttons_having_been_up_between(edges: list[Edge]) -> None:
    presses, down, counted_since_all_up = Presses("buttons", (), 0.0), set[int](), 0
    for level, closed, at in edges:
        counted = presses.change(Change(level, closed, at / 1000)).count(ButtonPressed(level))
        (down.add if closed else down.discard)(level)
        counted_since_all_up = 0 if not down else counted_since_all_up + counted
        assert counted_since_all_up <= 1

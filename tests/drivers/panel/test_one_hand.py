"""Five buttons under one hand: which press counts, and which do not because another button is down."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given

from drivers import debounce
from drivers.buttons_simulated import BOUNCES
from drivers.debounce import Change, Debouncer
from drivers.events import ButtonPressed, ButtonsUnclear
from tests.drivers.panel.edges import Edge, bouncing, waves
from tests.drivers.panel.hand import WINDOW, Hand

EPSILON = 1e-9


def test_a_button_that_goes_down_is_a_press_and_letting_go_is_none() -> None:
    hand = Hand().press(4, 1.0).press(4, 2.0).wait(3.0)
    assert hand.told == [ButtonPressed(4), ButtonPressed(4)]


@pytest.mark.parametrize("bounce", BOUNCES)
def test_a_press_alone_is_felt_as_soon_as_its_contact_rests_and_well_within_50_ms(bounce: tuple[float, ...]) -> None:
    hand = Hand()
    for level, closed, at in bouncing(5, True, 1000.0, bounce):
        hand.move(level, closed, at / 1000)
    hand.wait(2.0)
    assert hand.told == [ButtonPressed(5)]
    felt = hand.at[1] - 1.0
    assert felt == pytest.approx(sum(bounce) / 1000 + WINDOW)
    assert felt < 0.030  # which leaves 20 ms for the commit and the lamps


@pytest.mark.req("R142")
def test_two_buttons_within_one_window_are_no_press_and_are_said_to_be_unclear() -> None:
    hand = Hand().move(5, True, 1.0).move(1, True, 1.019).wait(1.5)
    assert hand.told == [ButtonsUnclear((5, 1))]


def test_the_window_is_open_to_its_last_moment_and_closed_after_it() -> None:
    assert Hand().move(5, True, 1.0).move(1, True, 1.0 + WINDOW - EPSILON).wait(2.0).told == [ButtonsUnclear((5, 1))]
    assert Hand().move(5, True, 1.0).move(1, True, 1.0 + WINDOW + EPSILON).wait(2.0).told == [ButtonPressed(5)]


def test_a_whole_hand_is_as_unclear_as_two_fingers() -> None:
    hand = Hand()
    for place, level in enumerate((3, 1, 5, 2, 4)):
        hand.move(level, True, 1.0 + place * 0.004)
    assert hand.wait(2.0).told == [ButtonsUnclear((5, 4, 3, 2, 1))]


def test_a_spark_at_another_button_does_not_spoil_a_press() -> None:
    hand = Hand().move(5, True, 1.0).move(1, True, 1.01).move(1, False, 1.012).wait(2.0)
    assert hand.told == [ButtonPressed(5)]
    assert hand.at[1] == pytest.approx(1.032)


def test_nobody_waits_for_a_contact_that_will_not_rest() -> None:
    hand = Hand()
    for step in range(30):
        hand.move(1, step % 2 == 0, 0.9 + step * 0.01)
        if step == 9:
            hand.move(5, True, 0.995)
    assert ButtonPressed(5) in hand.told
    assert hand.at[hand.told.index(ButtonPressed(5)) + 1] < 0.9 + debounce.RIVAL_SECONDS + 0.02


def test_after_two_at_once_a_single_press_counts_again() -> None:
    hand = Hand().move(5, True, 1.0).move(1, True, 1.0).move(5, False, 1.2).move(1, False, 1.2).press(5, 2.0).wait(3.0)
    assert hand.told == [ButtonsUnclear((5, 1)), ButtonPressed(5)]


@pytest.mark.req("R142")
def test_a_second_button_is_ignored_while_the_first_is_held() -> None:
    hand = Hand().move(5, True, 1.0).press(1, 1.1).move(5, False, 1.3).press(1, 2.0).wait(3.0)
    assert hand.told == [ButtonPressed(5), ButtonPressed(1)]


def test_a_button_ignored_while_another_was_held_does_not_count_when_that_one_is_let_go() -> None:
    hand = Hand().move(5, True, 1.0).move(1, True, 1.1).move(5, False, 1.2).wait(1.4)
    assert hand.told == [ButtonPressed(5)]
    assert hand.move(1, False, 1.5).press(1, 1.6).wait(2.0).told == [ButtonPressed(5), ButtonPressed(1)]


def test_the_same_word_twice_is_one_press() -> None:
    assert Hand().move(2, True, 1.0).move(2, True, 1.1).wait(2.0).told == [ButtonPressed(2)]


def played(edges: list[Edge]) -> tuple[Hand, list[Change]]:
    """A hand that moved so, milliseconds told, and what its contacts settled at."""
    hand, contacts = Hand(stuck_seconds=1e9), Debouncer(WINDOW)
    changes: list[Change] = []
    for level, closed, at in edges:
        hand.move(level, closed, at / 1000)
        changes += contacts.edge(level, closed, at / 1000)
    end = 1000.0
    hand.wait(end)
    return hand, changes + contacts.settle(end)


@given(waves())
def test_no_two_presses_are_counted_without_all_buttons_having_been_up_between(edges: list[Edge]) -> None:
    hand, changes = played(edges)
    presses = sorted(hand.at[n] for n, event in enumerate(hand.told, 1) if isinstance(event, ButtonPressed))
    for first, second in pairwise(presses):
        down: set[int] = set()
        was_all_up = False
        for change in changes:
            (down.add if change.closed else down.discard)(change.level)
            was_all_up |= not down and first - WINDOW <= change.at <= second + EPSILON
        assert was_all_up, (first, second)


@given(waves())
def test_each_press_is_of_a_button_that_truly_went_down(edges: list[Edge]) -> None:
    hand, changes = played(edges)
    went = [change.level for change in changes if change.closed]
    pressed = [event.level for event in hand.told if isinstance(event, ButtonPressed)]
    together = [level for event in hand.told if isinstance(event, ButtonsUnclear) for level in event.levels]
    assert all(went.count(level) >= (pressed + together).count(level) for level in range(1, 6))

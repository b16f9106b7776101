"""One press is one press: the debouncing and the rule for five buttons under one hand, on time that tests make up."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers import debounce
from drivers.buttons_simulated import BOUNCES
from drivers.debounce import Change, Debouncer, Panel
from drivers.events import ButtonPressed, ButtonsUnclear, HardwareEvent, PartFailed, PartMended

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


def test_a_contact_looked_at_is_believed_over_its_last_edge_and_is_given_its_quiet_time_again() -> None:
    debouncer = Debouncer(SETTLE)
    debouncer.edge(2, True, 0.0)
    debouncer.amend(2, False, 20.5)
    assert debouncer.settle(30.0) == []
    assert debouncer.settle(50.0) == []
    debouncer.amend(3, True, 60.0)  # all its edges were lost
    debouncer.amend(3, True, 79.0)
    assert debouncer.settle(80.0) == [Change(3, True, 80.0)]


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

WINDOW = 0.02
EPSILON = 1e-9


class Hand:
    """A panel and what it told so far, with all time between the edges given to it as the drivers do."""

    def __init__(self, closed: tuple[int, ...] = (), stuck_seconds: float = debounce.STUCK_SECONDS) -> None:
        self.panel = Panel("buttons", closed, 0.0, WINDOW, stuck_seconds)
        self.told: list[HardwareEvent] = []
        self.at: dict[int, float] = {}  # how many things were told -> when
        self.now = 0.0

    def wait(self, until: float) -> Hand:
        while (due := self.panel.due()) is not None and due <= until:
            self.now = max(self.now, due)
            self._hear(self.panel.tick(self.now))
        self.now = max(self.now, until)
        return self

    def move(self, level: int, closed: bool, at: float) -> Hand:
        self.wait(at)
        self._hear(self.panel.edge(level, closed, at))
        return self

    def press(self, level: int, at: float, seconds: float = 0.1) -> Hand:
        return self.move(level, True, at).move(level, False, at + seconds)

    def _hear(self, events: list[HardwareEvent]) -> None:
        for event in events:
            self.told.append(event)
            self.at[len(self.told)] = self.now


def code(event: HardwareEvent) -> str:
    return event.code if isinstance(event, PartFailed) else type(event).__name__


def codes(hand: Hand) -> list[str]:
    return [code(event) for event in hand.told]


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


# --- what no finger does -------------------------------------------------------------------------------------


def test_a_button_down_at_the_start_is_a_fault_at_once_rates_nothing_and_blocks_no_other() -> None:
    hand = Hand(closed=(3,))
    assert hand.panel.due() == 0.0
    hand.wait(0.5)
    assert hand.told == [PartFailed("buttons", "stuck-3", "level 3: down since the start or for too long")]
    hand.press(5, 1.0).wait(1.2)
    assert hand.told[1:] == [ButtonPressed(5)]
    hand.move(3, False, 2.0).wait(2.5)
    assert hand.told[2:] == [PartMended("buttons")]
    assert hand.press(3, 3.0).wait(4.0).told[3:] == [ButtonPressed(3)]


def test_a_button_down_for_longer_than_configured_is_a_fault_told_once_and_mended_when_it_comes_up() -> None:
    hand = Hand(stuck_seconds=4.0).move(4, True, 1.0).wait(1.5)
    assert hand.panel.due() == pytest.approx(1.0 + WINDOW + 4.0)
    hand.wait(5.0)
    assert hand.told == [ButtonPressed(4)]
    hand.wait(1000.0)
    assert codes(hand) == ["ButtonPressed", "stuck-4"]
    assert hand.panel.due() is None
    hand.move(4, False, 2000.0).wait(2001.0)
    assert codes(hand) == ["ButtonPressed", "stuck-4", "PartMended"]


def test_a_stuck_button_told_down_once_more_is_still_no_press() -> None:
    """Its coming up may be lost when the kernel's buffer runs over."""
    assert codes(Hand(closed=(4,)).move(4, True, 11.0).wait(12.0)) == ["stuck-4"]


def test_a_stuck_button_holds_none_of_the_other_four_off() -> None:
    hand = Hand(closed=(4,))
    for place, level in enumerate((5, 3, 2, 1)):
        hand.press(level, 1.0 + place)
    assert hand.wait(10.0).told[1:] == [ButtonPressed(level) for level in (5, 3, 2, 1)]


def test_the_fault_names_every_stuck_button_and_ends_with_the_last_of_them() -> None:
    hand = Hand(closed=(4, 2)).wait(0.5).move(4, False, 11.0).wait(11.5).move(2, False, 12.0).wait(13.0)
    assert codes(hand) == ["stuck-4-2", "stuck-2", "PartMended"]


def test_a_contact_that_never_comes_to_rest_is_a_loose_wire_until_it_does() -> None:
    hand = Hand()
    for step in range(150):
        hand.move(2, step % 2 == 0, 1.0 + step * 0.01)
    assert codes(hand) == ["loose-2"]
    hand.press(5, hand.now + 0.005, 0.001)  # a spark in the noise is none
    hand.wait(4.0)
    assert codes(hand) == ["loose-2", "PartMended"]
    assert hand.press(5, 5.0).wait(6.0).told[2:] == [ButtonPressed(5)]


def test_two_buttons_that_only_ever_go_down_together_are_a_short_until_one_goes_alone() -> None:
    hand = Hand()
    for n in range(debounce.SHORT_TIMES):
        at = 1.0 + n
        hand.move(5, True, at).move(4, True, at).move(5, False, at + 0.1).move(4, False, at + 0.1)
    hand.wait(8.0)
    assert codes(hand) == ["ButtonsUnclear"] * debounce.SHORT_TIMES + ["short-5-4"]
    hand.press(4, 9.0).wait(10.0)
    assert hand.told[-2:] == [ButtonPressed(4), PartMended("buttons")]


def test_a_short_between_two_leaves_the_other_three_to_rate() -> None:
    hand = Hand()
    for n in range(debounce.SHORT_TIMES):
        hand.move(5, True, 1.0 + n).move(4, True, 1.0 + n).move(5, False, 1.1 + n).move(4, False, 1.1 + n)
    hand.press(1, 8.0).wait(9.0)
    assert hand.told[-1] == ButtonPressed(1)


@given(waves())
def test_no_two_presses_are_counted_without_all_buttons_having_been_up_between(edges: list[Edge]) -> None:
    hand, contacts = Hand(stuck_seconds=1e9), Debouncer(WINDOW)
    changes: list[Change] = []
    for level, closed, at in edges:
        hand.move(level, closed, at / 1000)
        changes += contacts.edge(level, closed, at / 1000)
    end = 1000.0
    changes += contacts.settle(end)
    hand.wait(end)
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
    hand, contacts = Hand(stuck_seconds=1e9), Debouncer(WINDOW)
    went: list[int] = []
    for level, closed, at in edges:
        hand.move(level, closed, at / 1000)
        went += [change.level for change in contacts.edge(level, closed, at / 1000) if change.closed]
    went += [change.level for change in contacts.settle(1000.0) if change.closed]
    hand.wait(1000.0)
    pressed = [event.level for event in hand.told if isinstance(event, ButtonPressed)]
    together = [level for event in hand.told if isinstance(event, ButtonsUnclear) for level in event.levels]
    assert all(went.count(level) >= (pressed + together).count(level) for level in range(1, 6))

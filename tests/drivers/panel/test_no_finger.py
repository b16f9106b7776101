"""What no finger does to five buttons: one stuck, one loose, two shorted; the others go on rating."""

from __future__ import annotations

import pytest

from drivers import debounce
from drivers.events import ButtonPressed, HardwareEvent, PartFailed, PartMended
from tests.drivers.panel.hand import WINDOW, Hand


def code(event: HardwareEvent) -> str:
    return event.code if isinstance(event, PartFailed) else type(event).__name__


def codes(hand: Hand) -> list[str]:
    return [code(event) for event in hand.told]


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

"""What every screen promises, whatever it is drawn on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from drivers.events import KeyPressed, Touched
from drivers.protocols import Area
from tests.drivers.display.screens import RIGS, Rig, whole

RED, BLUE, BLACK = (200, 30, 30), (20, 40, 220), (0, 0, 0)
Make = Callable[..., Rig]


@pytest.fixture(params=sorted(RIGS))
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Make]:
    with ExitStack() as opened:
        yield lambda part="screen", size=(320, 200): opened.enter_context(RIGS[request.param](part, size, tmp_path))


def test_the_canvas_has_the_size_that_was_asked_for(make: Make) -> None:
    rig = make(size=(320, 200))
    assert rig.display.size == (320, 200) == rig.display.canvas().get_size()


def test_what_is_drawn_is_seen_after_the_flip(make: Make) -> None:
    rig = make()
    rig.display.canvas().fill(RED)
    rig.display.flip("KioskHome", whole(rig.display), {})
    assert (rig.at(0, 0), rig.at(319, 199)) == (RED, RED)


def test_a_changed_part_is_shown_and_the_rest_stays(make: Make) -> None:
    rig = make()
    rig.display.canvas().fill(RED)
    rig.display.flip("KioskHome", whole(rig.display), {})
    rig.display.canvas().fill(BLUE, (40, 50, 20, 10))
    rig.display.flip("KioskHome", [Area(40, 50, 20, 10)], {})
    assert [rig.at(*spot) for spot in ((40, 50), (59, 59), (39, 50), (60, 59))] == [BLUE, BLUE, RED, RED]


def test_an_area_beyond_the_edge_is_no_fault(make: Make) -> None:
    rig = make()
    rig.display.canvas().fill(BLUE)
    rig.display.flip("KioskHome", [*whole(rig.display), Area(300, 190, 100, 100), Area(900, 900, 5, 5)], {})
    assert rig.at(319, 199) == BLUE
    assert rig.said == []


def test_nothing_changed_is_no_fault(make: Make) -> None:
    rig = make()
    rig.display.flip("KioskHome", [], {})
    assert (rig.at(0, 0), rig.said) == (BLACK, [])


@pytest.mark.parametrize("spot", [(0, 0), (319, 199), (160, 3)])
def test_one_finger_is_one_touch_where_it_came_down(make: Make, spot: tuple[int, int]) -> None:
    rig = make()
    rig.finger(*spot)
    assert rig.said == [Touched(*spot, "main")]


def test_a_touch_on_the_second_screen_carries_its_name(make: Make) -> None:
    rig = make(part="sign")
    rig.finger(5, 6)
    assert rig.said == [Touched(5, 6, "sign")]


def test_keys_come_by_name_and_in_order(make: Make) -> None:
    rig = make()
    for key in ("7", "a", "enter"):
        rig.key(key)
    assert rig.said == [KeyPressed("7"), KeyPressed("a"), KeyPressed("enter")]


def test_it_says_how_often_it_wants_to_be_pumped(make: Make) -> None:
    seconds = make().display.pump_seconds
    assert seconds is None or 0 < seconds <= 1 / 30


def test_closing_twice_is_no_fault(make: Make) -> None:
    rig = make()
    rig.display.close()
    rig.display.close()


def test_two_screens_of_one_process_keep_their_touches_apart(make: Make) -> None:
    console, sign = make(part="screen"), make(part="sign")
    sign.finger(1, 2)
    console.finger(3, 4)
    assert (console.said, sign.said) == ([Touched(3, 4, "main")], [Touched(1, 2, "sign")])


def test_the_second_screen_goes_on_after_the_first_is_closed(make: Make) -> None:
    console, sign = make(part="screen"), make(part="sign")
    console.display.close()
    sign.display.canvas().fill(RED)
    sign.display.flip("SignPage", whole(sign.display), {})
    sign.finger(1, 2)
    assert (sign.at(9, 9), sign.said) == (RED, [Touched(1, 2, "sign")])

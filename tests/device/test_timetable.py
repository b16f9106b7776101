"""Loops that are turned by somebody else, who knows without asking which of them has something to do."""

from __future__ import annotations

from datetime import datetime

from device.effects import Reminded
from device.loop import Happening
from device.moment import HALL_TIME
from device.timetable import TableLoop, Timetable
from drivers.clock import FakeClock
from drivers.events import KeyPressed


def laid() -> tuple[FakeClock, Timetable, TableLoop, list[Happening]]:
    clock, timetable, heard = FakeClock(datetime(2026, 11, 23, 9, tzinfo=HALL_TIME)), Timetable(), list[Happening]()
    return clock, timetable, TableLoop(clock, heard.extend, timetable), heard


def test_a_loop_has_its_turn_from_a_post_until_it_has_handled_it() -> None:
    clock, timetable, loop, heard = laid()
    assert not timetable.turn(clock.mono())
    loop.post_for("window-3")(KeyPressed("n"))
    assert [timetable.turn(clock.mono()) for _ in range(2)] == [True, False]
    assert heard == [("window-3", KeyPressed("n"))]


def test_loops_have_their_turns_in_the_order_in_which_they_were_made() -> None:
    clock, timetable, loop, heard = laid()
    other = TableLoop(clock, heard.extend, timetable)
    other.post("window-4", KeyPressed("n"))
    loop.post("window-3", KeyPressed("n"))
    assert timetable.turn(clock.mono())
    assert [device for device, _ in heard] == ["window-3", "window-4"]


def test_the_earliest_reminder_of_all_loops_is_the_next_and_wakes_its_loop_alone() -> None:
    clock, timetable, loop, heard = laid()
    other = TableLoop(clock, heard.extend, timetable)
    other.remind("other", "later", 9.0)
    due = loop.remind("window-3", "soon", 2.0)
    assert timetable.next_due() == due == clock.mono() + 2.0
    assert not timetable.turn(clock.mono())
    clock.advance(2.0)
    assert timetable.turn(clock.mono())
    assert heard == [("window-3", Reminded("soon"))]
    assert timetable.next_due() == clock.mono() + 7.0


def test_a_reminder_that_was_moved_or_forgotten_is_not_the_next() -> None:
    clock, timetable, loop, _ = laid()
    loop.remind("", "moved", 1.0)
    loop.remind("", "moved", 5.0)
    loop.remind("", "forgotten", 2.0)
    loop.forget("", "forgotten")
    assert timetable.next_due() == clock.mono() + 5.0


def test_a_loop_whose_station_lost_its_power_has_nothing_to_do_any_more() -> None:
    clock, timetable, loop, heard = laid()
    loop.remind("", "tick", 1.0)
    loop.post("window-3", KeyPressed("n"))
    timetable.forget(loop)
    loop.post("kiosk-1", KeyPressed("n"))
    assert timetable.next_due() is None
    assert not timetable.turn(clock.mono() + 1.0)
    assert heard == []

"""The helpers of these tests can fail."""

from __future__ import annotations

import pytest

from device.effects import Effect, Event, Remind, Reminded
from device.moment import Moment
from tests.roles.stage import Stage, only


class Sleeper:
    def __init__(self) -> None:
        self.seen: list[Event] = []

    def handle(self, event: Event, moment: Moment) -> list[Effect]:
        self.seen.append(event)
        return [Remind(2.0, "late"), Remind(1.0, "early")] if len(self.seen) == 1 else []


def test_only_refuses_none_and_two() -> None:
    with pytest.raises(AssertionError):
        only([], Remind)
    with pytest.raises(AssertionError):
        only([Remind(1, "a"), Remind(1, "b")], Remind)


def test_reminders_fire_in_order_and_not_before_their_time() -> None:
    role = Sleeper()
    stage = Stage(role)
    stage.began()
    stage.wait(0.9)
    assert len(role.seen) == 1
    stage.wait(1.2)
    assert role.seen[1:] == [Reminded("early"), Reminded("late")]

"""What the shell does first, later or not at all so that a ticket comes quickly and an idle device sleeps (S1, S6)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from device.effects import Effect, Event, Print, Show
from device.moment import Moment
from device.perform import TICKET_FIRST_SECONDS
from device.seat import Paper, Parts
from device.table_parts import TableScreen
from drivers.clock import FakeClock
from drivers.events import ButtonPressed, Printed, Stirred
from screens.document import Document
from screens.views import EvaluatorThanks
from tests.helpers.tiny import MORNING, TinyStation, nothing

KIOSK = "kiosk-1"


@dataclass
class Pile:
    """A printer that only notes what it is given."""

    jobs: list[str] = field(default_factory=list)

    def print(self, job: str, data: bytes) -> None:
        self.jobs.append(job)

    def ask(self) -> None:
        raise AssertionError("nobody asked")

    def close(self) -> None:
        pass


def print_and_show(event: Event, _: Moment) -> list[Effect]:
    """Button 5 prints; every button is shown, and what comes of the print too."""
    match event:
        case ButtonPressed(5):
            return [Print("A001", Document("A001", ())), Show(EvaluatorThanks(5))]
        case ButtonPressed(level):
            return [Show(EvaluatorThanks(level))]
        case Printed():
            return [Show(EvaluatorThanks(99))]
    return []


def station() -> tuple[TinyStation, TableScreen, Pile]:
    screen, pile = TableScreen(lambda _: None, "main"), Pile()
    parts = {KIOSK: Parts({"main": screen}, Paper(pile, lambda document: document.name.encode()))}
    return TinyStation({KIOSK: ("kiosk", print_and_show)}, parts), screen, pile


def test_after_a_ticket_pictures_wait_a_moment_for_the_printers_thread() -> None:
    table, screen, pile = station()
    table.happen(KIOSK, ButtonPressed(5))
    assert (pile.jobs, screen.shown) == (["A001"], [])
    table.pass_time(TICKET_FIRST_SECONDS)
    assert screen.shown == [EvaluatorThanks(5)]


def test_what_happens_in_that_moment_does_not_shorten_it_and_only_the_newest_picture_is_drawn() -> None:
    table, screen, _ = station()
    table.happen(KIOSK, ButtonPressed(5))
    table.happen(KIOSK, ButtonPressed(2))
    table.happen(KIOSK, Printed("A001"))
    assert screen.shown == []
    table.pass_time(TICKET_FIRST_SECONDS)
    assert screen.shown == [EvaluatorThanks(99)]


def test_without_a_ticket_pictures_are_drawn_at_once() -> None:
    table, screen, _ = station()
    table.happen(KIOSK, ButtonPressed(5))
    table.pass_time(TICKET_FIRST_SECONDS)
    table.happen(KIOSK, ButtonPressed(3))
    assert screen.shown == [EvaluatorThanks(5), EvaluatorThanks(3)]


def test_looking_after_a_screen_that_nothing_happens_on_is_all_that_is_done() -> None:
    class Counting(FakeClock):
        asked = 0

        def now(self) -> datetime:
            self.asked += 1
            return super().now()

    @dataclass
    class Pumped(TableScreen):
        pumps: int = 0

        def pump(self) -> None:
            self.pumps += 1

    screen = Pumped(lambda _: None, "main", pump_seconds=1 / 30)
    clock = Counting(MORNING)
    table = TinyStation({"board-1": ("board", nothing)}, {"board-1": Parts({"main": screen})}, clock=clock)
    clock.asked = 0
    for _ in range(30):
        table.pass_time(1 / 30)
    assert screen.pumps == 30
    table.happen("board-1", Stirred())
    assert screen.pumps == 31  # at once, however long it is until the next look
    assert clock.asked == 0
    table.happen("board-1", ButtonPressed(1))
    assert clock.asked > 0

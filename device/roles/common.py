"""What several roles do alike: the clock on the screen, and showing a view only when it changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache

from device.contract.channels import COORDINATOR
from device.contract.messages import DeviceState, Person
from device.effects import Effect, Event, Heard, Remind, Show
from device.hall.plan import Plan
from device.moment import Moment
from screens.views import Clockface, PersonCard, View

MINUTE = "minute"  # the reminder that moves the clock on the screen


def clockface(moment: Moment) -> Clockface:
    """The clock as screens show it (R056)."""
    wall = moment.wall
    return _face(wall.year, wall.month, wall.day, wall.hour, wall.minute, moment.clock == "synced")


@lru_cache(maxsize=64)  # every page has one, and it is another one once a minute
def _face(year: int, month: int, day: int, hour: int, minute: int, sure: bool) -> Clockface:
    return Clockface(f"{year:04d}-{month:02d}-{day:02d} {hour:02d}:{minute:02d}", sure)


def card_of(person: Person | None) -> PersonCard | None:
    """The wire's person as a view shows one."""
    return PersonCard(person.number, person.name, person.stars, person.duty, person.photo) if person else None


def second_language(plan: Plan) -> str:
    """The hall's own second language; English where it names none."""
    return beside_chinese(plan.languages)


def beside_chinese(languages: Iterable[str]) -> str:
    """The same of a hall's languages in their order."""
    return next((lang for lang in languages if lang != "zh"), "en")


def next_minute(moment: Moment) -> Remind:
    """Wake when the clock on the screen must change."""
    return Remind(60.0 - moment.wall.second - moment.wall.microsecond / 1e6 + 0.001, MINUTE)


def speaks(event: Event, before: bool) -> bool:
    """Whether the coordinator is there. What the broker kept for us may be the word of one that is gone."""
    if not isinstance(event, Heard):
        return before
    body = event.body
    if isinstance(body, DeviceState) and body.role == "coordinator" and body.status == "offline":
        return False
    return before or not event.retained


@dataclass(slots=True)
class HallTime:
    """The hall has one time, the coordinator's: as last heard, carried on by a clock that only rises.

    So nothing that is done to this device's own clock while it runs makes another day of today. Before the coordinator
    was heard there is nothing but the own clock.
    """

    wall: datetime | None = None
    mono: float = 0.0

    def hear(self, event: Event, moment: Moment) -> None:
        """The coordinator may have said something, and when."""
        if isinstance(event, Heard) and not event.retained:
            said = event.envelope
            if said.clock == "synced" and said.device == COORDINATOR:
                self.wall, self.mono = datetime.fromisoformat(said.at), moment.mono

    def now(self, moment: Moment) -> datetime:
        """The time in the hall, as well as it can be known here."""
        return self.wall + timedelta(seconds=moment.mono - self.mono) if self.wall else moment.wall

    def sure(self, moment: Moment) -> bool:
        """Whether `now` is more than a guess."""
        return self.wall is not None or moment.clock == "synced"


@dataclass(slots=True)
class Shown:
    """What stands on each screen now."""

    views: dict[str, View] = field(default_factory=dict)

    def show(self, view: View, screen: str = "main", *, confirm: bool = False) -> list[Effect]:
        """Show this view if it is not there already. confirm: as of Show."""
        if self.views.get(screen) == view:
            return []
        self.views[screen] = view
        return [Show(view, screen, confirm)]

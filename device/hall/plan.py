"""The hall as its roles know it: services, windows, places, rules. Built once from the config, then unchanged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from device.contract.messages import Person, Words
from device.hall.calendar import Calendar
from screens.views import Bilingual


@dataclass(frozen=True, slots=True)
class Service:
    """What citizens come for. series: the ticket's letter. minutes: what one usually takes."""

    id: str
    name: Words
    series: str
    minutes: int


@dataclass(frozen=True, slots=True)
class WindowPlan:
    """One window: where it is, what it serves, which devices stand at it."""

    number: int
    place: Words
    services: tuple[str, ...]
    device: str
    evaluator: str = ""


@dataclass(frozen=True, slots=True)
class StaffEntry:
    """One person of the roster; `pin` is a scrypt verifier or empty (then nobody can sign in as this person)."""

    person: Person
    windows: frozenset[int]  # empty: every window
    pin: str = field(repr=False, default="")


@dataclass(frozen=True, slots=True)
class Rules:
    """The hall's numbers; every one is a parameter of hall.toml."""

    online_last: int = 599
    block: int = 100
    block_days: int = 7
    call_valid_seconds: int = 60
    call_fresh_seconds: int = 20
    max_attempts: int = 3
    rejoin_after: int = 2
    rating_seconds: int = 30
    thanks_seconds: int = 4
    answer_seconds: float = 0.4
    take_seconds: int = 8
    idle_seconds: int = 30
    reprint_seconds: int = 600


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole hall. sessions: hours of an ordinary day as minutes of the day, half open; empty: never closed."""

    id: str
    name: Words
    languages: tuple[str, ...]
    rollover: int  # minute of the day at which the business day begins
    sessions: tuple[tuple[int, int], ...]
    services: Mapping[str, Service]
    windows: Mapping[int, WindowPlan]
    kiosks: Mapping[str, Words]  # device -> place
    complaint_phone: str = ""
    city_codes: tuple[str, ...] = ()  # what the city's own codes for its people begin with
    rules: Rules = field(default_factory=Rules)
    calendar: Calendar = field(default_factory=Calendar)

    def series(self) -> tuple[str, ...]:
        """The series letters in use, each once, in alphabetical order."""
        return tuple(sorted({service.series for service in self.services.values()}))

    def window_of(self, device: str) -> WindowPlan | None:
        """The window at which this controller or evaluator stands."""
        return next((w for w in self.windows.values() if device in (w.device, w.evaluator)), None)

    def place_of(self, service: str) -> Words:
        """Where a service is served: its first window's place (R008, R027)."""
        places = [w.place for w in self.windows.values() if service in w.services]
        return places[0] if places else Words("")


def two(words: Words) -> Bilingual:
    """The wire's words as a view shows them."""
    return Bilingual(words.zh, words.en)

"""The hall as its roles know it: services, windows, places, rules. Built once from the config, then unchanged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from device.contract.messages import Person, Words
from device.hall.calendar import Calendar
from device.hall.discipline import Discipline
from device.hall.parameters import CaseRules, Leave, Load, People, Power, Rating, Rules, Voice
from screens.views import Bilingual, InfoKind


@dataclass(frozen=True, slots=True)
class Service:
    """What citizens come for. series: the ticket's letter. minutes: what one usually takes.

    limit, sizes: the minutes one item may take, 0 without a limit (R063, R078). promise_days: 0 is settled at once
    (R041). offered: kiosks give numbers for it. group: its department or zone. always: also when the hall is closed.
    plain: the name in plain words by which kiosks show it (R146). registers: staff key in a case number (R133).
    """

    id: str
    name: Words
    series: str
    minutes: int
    limit: int = 0
    sizes: Mapping[str, int] = field(default_factory=dict)
    promise_days: int = 0
    offered: bool = True
    modes: tuple[str, ...] = ("walk-in", "appointment")
    group: Words | None = None
    always: bool = False
    plain: Words | None = None
    registers: bool = False


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What is done at another place (R208)."""

    name: Words
    place: Words
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Zone:
    """Some windows that a board shows together. name: "" for the whole hall."""

    name: Words
    windows: frozenset[int]


@dataclass(frozen=True, slots=True)
class Facility:
    """Something of the building that can be out of order: a lift. instead: what to use meanwhile (R286)."""

    name: Words
    instead: Words | None = None


@dataclass(frozen=True, slots=True)
class Info:
    """One page of information, of a kind that may be public (R250)."""

    kind: InfoKind
    title: Bilingual
    lines: tuple[Bilingual, ...]


@dataclass(frozen=True, slots=True)
class WindowPlan:
    """One window: where it is, what it serves, which devices stand at it.

    also: services it can take over (R031). counter: windows that must not all be left at once (R113); "" = its own.
    """

    number: int
    place: Words
    services: tuple[str, ...]
    device: str
    evaluator: str = ""
    also: tuple[str, ...] = ()
    counter: str = ""


@dataclass(frozen=True, slots=True)
class StaffEntry:
    """One person of the roster; `pin` is a scrypt verifier or empty (then nobody can sign in as this person).

    services: what they can do, empty: everything (R123). skills: languages and sign language (R195). substitute: their
    B role (R168). duties: leader, supervisor, head. card: what stands on their card.
    """

    person: Person
    windows: frozenset[int]  # empty: every window
    pin: str = field(repr=False, default="")
    services: frozenset[str] = frozenset()
    skills: frozenset[str] = frozenset()
    substitute: str = ""
    duties: frozenset[str] = frozenset()
    department: str = ""
    card: str = field(repr=False, default="")


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """The whole hall. sessions: hours of an ordinary day as minutes of the day, half open; empty: never closed.

    There is one in a life, so what follows from it alone is kept by which plan it is.
    """

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
    identity_key: str = field(default="", repr=False)  # of the hashes that stand for people (R266); "": none are made
    rules: Rules = field(default_factory=Rules)
    calendar: Calendar = field(default_factory=Calendar)
    discipline: Discipline = field(default_factory=Discipline)
    rating: Rating = field(default_factory=Rating)
    leave: Leave = field(default_factory=Leave)
    people: People = field(default_factory=People)
    load: Load = field(default_factory=Load)
    voice: Voice = field(default_factory=Voice)
    elsewhere: tuple[Elsewhere, ...] = ()
    facilities: Mapping[str, Facility] = field(default_factory=dict)
    needs: tuple[str, ...] = ()  # skills that a kiosk offers to ask for: sign language, English (R054)
    tidy: Words | None = None  # what to do after the last citizen (R098)
    cases: CaseRules = field(default_factory=CaseRules)
    power: Power = field(default_factory=Power)
    overtime_month: int = 129_600  # seconds of one person that are told to the leader (R248)

    def series(self) -> tuple[str, ...]:
        """The series letters in use, each once, in alphabetical order."""
        return tuple(sorted({service.series for service in self.services.values()}))

    def window_of(self, device: str) -> WindowPlan | None:
        """The window at which this controller or evaluator stands."""
        return _window_of(self, device)

    def place_of(self, service: str) -> Words:
        """Where a service is served: its first window's place (R008, R027)."""
        return _place_of(self, service)


@lru_cache(maxsize=1024)
def _window_of(plan: Plan, device: str) -> WindowPlan | None:
    return next((w for w in plan.windows.values() if device in (w.device, w.evaluator)), None)


@lru_cache(maxsize=256)
def _place_of(plan: Plan, service: str) -> Words:
    return next((w.place for w in plan.windows.values() if service in w.services), Words(""))


def two(words: Words) -> Bilingual:
    """The wire's words as a view shows them."""
    return _bilingual(words)


@lru_cache(maxsize=256)  # every page has the same few, at every event
def _bilingual(words: Words) -> Bilingual:
    return Bilingual(words.zh, words.en, words.ug, words.bo, words.mn)

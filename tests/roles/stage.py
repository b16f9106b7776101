"""A stage for one role: hands in events at chosen times, keeps its reminders, collects what it asks for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from device.contract.messages import Body, Envelope, HallWindow, Person, Record, Words
from device.effects import (
    Began,
    Effect,
    Event,
    Forget,
    Heard,
    Keep,
    Publish,
    Remember,
    Remind,
    Reminded,
    Role,
    Seen,
    Show,
)
from device.hall.parameters import Rules
from device.hall.pins import make_pin
from device.hall.plan import Plan, Service, StaffEntry, WindowPlan
from device.moment import HALL_TIME, Clock, Moment
from screens.views import View

MORNING = datetime(2026, 11, 23, 9, 30, tzinfo=HALL_TIME)  # a Monday
DAY = "2026-11-23"
JOURNAL = "018f0000-0000-7000-8000-000000000001"
ZHANG = Person("1001", "张敏", 4, "社保")
LI = Person("1002", "李强", 3, "税务")
PIN = "4071-93"
VERIFIER = make_pin(PIN, b"salt of the tests, 16 bytes or more")

PLAN = Plan(
    id="longjiang",
    name=Words("龙江政务服务大厅", "Longjiang Hall"),
    languages=("zh", "en"),
    rollover=240,
    sessions=((510, 720), (810, 1050)),
    services={
        "social": Service("social", Words("社会保险", "Social insurance"), "A", 8),
        "tax": Service("tax", Words("税务", "Tax"), "B", 5),
    },
    windows={
        3: WindowPlan(3, Words("一楼A区", "Floor 1, zone A"), ("social",), "window-3", "evaluator-3"),
        4: WindowPlan(4, Words("一楼B区", "Floor 1, zone B"), ("social", "tax"), "window-4", "evaluator-4"),
    },
    kiosks={"kiosk-1": Words("东门", "East gate"), "kiosk-2": Words("西门", "West gate")},
    rules=Rules(),
)
STAFF = {
    "1001": StaffEntry(ZHANG, frozenset(), VERIFIER),
    "1002": StaffEntry(LI, frozenset({4}), VERIFIER),
    "1003": StaffEntry(Person("1003", "王芳"), frozenset(), ""),
}

E = TypeVar("E", bound=Effect)
R = TypeVar("R", bound=Body)
V = TypeVar("V")


def uid(n: int) -> str:
    """A readable identity for a test: the n-th."""
    return f"018f0000-0000-7000-8000-{n:012x}"


class Stage:
    """One role, a clock of its own, and everything the role has asked for so far."""

    def __init__(self, role: Role, wall: datetime = MORNING, clock: Clock = "synced") -> None:
        self.role, self.wall, self.clock, self.mono = role, wall, clock, 100.0
        self.effects: list[Effect] = []
        self.last: list[Effect] = []
        self.kept: dict[str, str] = {}
        self._due: dict[str, float] = {}
        self._events = 0

    def moment(self) -> Moment:
        self._events += 1
        return Moment(self.wall, self.mono, self.clock, (0x018F << 112) | (7 << 76) | (2 << 62) | self._events << 8)

    def began(self, book: Sequence[tuple[Envelope, Record]] = ()) -> list[Effect]:
        return self.send(Began(dict(self.kept), JOURNAL, book))

    def send(self, event: Event) -> list[Effect]:
        """One event in; what the role asks for because of it comes back, and is kept. What it shows stands there."""
        self.last = self.role.handle(event, self.moment())
        self.effects += self.last
        for shown in [effect for effect in self.last if isinstance(effect, Show) and effect.confirm]:
            self.effects += self.role.handle(Seen(shown.view, shown.screen), self.moment())
        for effect in self.last:
            match effect:
                case Remind(seconds, key):
                    self._due[key] = self.mono + seconds
                case Forget(key):
                    self._due.pop(key, None)
                case Keep(key, None):
                    self.kept.pop(key, None)
                case Keep(key, str(value)):
                    self.kept[key] = value
        return self.last

    def hear(self, body: Body, *, id: str = "", device: str = "coordinator", seq: int = 0) -> list[Effect]:
        return self.send_heard(self.envelope(id, device, seq), body)

    def send_heard(self, envelope: Envelope, body: Body) -> list[Effect]:
        return self.send(Heard(envelope, body))

    def envelope(self, id: str = "", device: str = "coordinator", seq: int = 0) -> Envelope:
        self._events += 1
        at = self.wall.isoformat(timespec="milliseconds")
        return Envelope(id or uid(0xA000 + self._events), at, "synced", device, seq=seq, journal=JOURNAL if seq else "")

    def wait(self, seconds: float) -> list[Effect]:
        """Let time pass; reminders fire in order. Returns what was asked for meanwhile."""
        end, asked = self.mono + seconds, len(self.effects)
        while due := [(at, key) for key, at in self._due.items() if at <= end]:
            at, key = min(due)
            self._pass(at - self.mono)
            del self._due[key]
            self.send(Reminded(key))
        self._pass(end - self.mono)
        return self.effects[asked:]

    def _pass(self, seconds: float) -> None:
        self.mono += seconds
        self.wall += timedelta(seconds=seconds)

    def view(self, screen: str = "main") -> View:
        """What stands on the screen now."""
        return [e.view for e in self.effects if isinstance(e, Show) and e.screen == screen][-1]

    def page(self, kind: type[V]) -> V:
        """The same, which is of this kind."""
        view = self.view()
        assert isinstance(view, kind), view
        return view


def only(effects: Sequence[Effect], kind: type[E]) -> E:
    """The one effect of this kind."""
    found = [e for e in effects if isinstance(e, kind)]
    assert len(found) == 1, f"expected one {kind.__name__}, got {found}"
    return found[0]


def facts(effects: Sequence[Effect]) -> list[Record]:
    """What is to be remembered, in order."""
    return [e.record for e in effects if isinstance(e, Remember)]


def said(effects: Sequence[Effect], kind: type[R]) -> list[R]:
    """What is to be published of this kind, in order."""
    return [e.body for e in effects if isinstance(e, Publish) and isinstance(e.body, kind)]


def window_truth(stage_windows: Sequence[HallWindow], number: int) -> HallWindow:
    """The last word on one window."""
    return [w for w in stage_windows if w.window == number][-1]

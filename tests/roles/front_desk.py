"""The coordinator on its stage, with devices that speak to it in order: for every test of the hall's rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from device.contract.messages import (
    AnswerCall,
    AnswerNumber,
    Ask,
    AskCall,
    AskNumber,
    DeviceState,
    Envelope,
    HallService,
    HallWindow,
    NumberAllotted,
    Record,
    StaffSignedIn,
    TicketIssued,
    TicketServed,
    TicketStarted,
)
from device.effects import Enter, Publish, Remember
from device.hall.plan import Plan, StaffEntry
from device.roles.coordinator import SERVICES_SECONDS, Coordinator
from drivers.events import LinkUp
from tests.roles.stage import DAY, MORNING, PLAN, STAFF, Stage, only, said, uid, window_truth


class FrontDesk:
    """See the module. `book` is what a coordinator of another life would be handed."""

    def __init__(self, plan: Plan = PLAN, staff: dict[str, StaffEntry] | None = None, wall: datetime = MORNING) -> None:
        self.plan, self.staff = plan, STAFF if staff is None else staff
        self.book: list[tuple[Envelope, Record]] = []
        self.seq, self.asked = 0, 0
        self.stage = self.begin(wall)

    def begin(self, wall: datetime) -> Stage:
        """A life of the coordinator, from the book as it is."""
        self.stage = Stage(Coordinator("coordinator", self.plan, self.staff), wall)
        self.note(self.stage.began(list(self.book)))
        self.note(self.stage.send(LinkUp()))
        for number in self.plan.windows:
            self.alive(number)
        for kiosk in self.plan.kiosks:
            self.says(kiosk, DeviceState("kiosk", "1", "", "ready"))
        for window in self.plan.windows.values():
            if window.evaluator:
                self.says(window.evaluator, DeviceState("evaluator", "1", "", "ready"))
        return self.stage

    @property
    def role(self) -> Coordinator:
        assert isinstance(self.stage.role, Coordinator)
        return self.stage.role

    def at(self, hour: int, minute: int = 0, day: int | None = None) -> None:
        """Time passes until then; what is due in between happens."""
        then = self.stage.wall.replace(hour=hour, minute=minute, second=0, microsecond=0)
        then = then if day is None else then.replace(day=day)
        self.wait((then - self.stage.wall).total_seconds())

    def wait(self, seconds: float) -> list[Record]:
        """Time passes; what the coordinator decided meanwhile."""
        return self.note(self.stage.wait(seconds))

    def note(self, effects: Sequence[object]) -> list[Record]:
        """What is decided goes into the book."""
        decided = [e for e in effects if isinstance(e, Remember)]
        self.book += [(self.stage.envelope(e.id), e.record) for e in decided]
        return [e.record for e in decided]

    def alive(self, window: int, status: str = "ready") -> list[Record]:
        state = DeviceState("window", "1", "", "offline" if status == "offline" else "ready")
        return self.note(self.stage.hear(state, device=self.plan.windows[window].device))

    def says(self, device: str, state: DeviceState) -> list[Record]:
        """A device says how it is, itself."""
        return self.note(self.stage.hear(state, device=device))

    def record(self, record: Record, device: str = "") -> list[Record]:
        """A device's record arrives; what the coordinator decided because of it."""
        self.seq += 1
        number = getattr(record, "window", 0)
        envelope = self.stage.envelope("", device or self.plan.windows[number].device, self.seq)
        self.book.append((envelope, record))
        effects = self.stage.send_heard(envelope, record)
        assert only(effects, Enter).record == record
        return self.note(list(effects))

    def ask(self, body: Ask, device: str, request: str = "") -> object:
        """The answer."""
        self.asked += 1
        effects = self.stage.hear(body, id=request or uid(0x9000 + self.asked), device=device)
        self.note(list(effects))
        (answer,) = [e for e in effects if isinstance(e, Publish) and type(e.body).__name__.startswith("Answer")]
        assert answer.place == device
        return answer.body

    def take(self, service: str = "social", klass: str = "", need: str = "", appointment: str = "") -> str:
        """A citizen takes a number: asked for, given, issued. Returns it, or the outcome."""
        answer = self.ask(AskNumber(service, "zh", klass, need, appointment), "kiosk-1")
        assert isinstance(answer, AnswerNumber)
        if answer.outcome != "given":
            return answer.outcome
        allotted = [r for _, r in self.book if isinstance(r, NumberAllotted)][-1]
        day = f"{allotted.ticket[:4]}-{allotted.ticket[4:6]}-{allotted.ticket[6:8]}"
        issued = TicketIssued(
            allotted.request, allotted.ticket, answer.number, day, service, "online",
            klass=allotted.klass, need=allotted.need, slot=allotted.slot,
        )  # fmt: skip
        self.record(issued, "kiosk-1")
        self.stage.wait(1)
        return answer.number

    def sign_in(self, window: int = 3, staff: str = "1001") -> list[Record]:
        return self.record(StaffSignedIn(window, staff, "online"))

    def call(self, window: int = 3, staff: str = "1001") -> str:
        """The number called, or the outcome."""
        answer = self.ask(AskCall(staff), self.plan.windows[window].device)
        assert isinstance(answer, AnswerCall)
        return answer.ticket[9:] or answer.outcome

    def start(self, number: str, window: int = 3, staff: str = "1001", service: str = "social") -> list[Record]:
        return self.record(TicketStarted(f"{DAY.replace('-', '')}-{number}", service, window, staff))

    def serve(self, number: str, window: int = 3, staff: str = "1001", service: str = "social") -> list[Record]:
        """From the call to the end, at this instant."""
        self.start(number, window, staff, service)
        return self.finish(number, window, staff, service)

    def finish(
        self,
        number: str,
        window: int = 3,
        staff: str = "1001",
        service: str = "social",
        started: datetime | None = None,
    ) -> list[Record]:
        at = (started or self.stage.wall).isoformat(timespec="milliseconds")
        return self.record(TicketServed(f"{DAY.replace('-', '')}-{number}", service, window, staff, at))

    def window(self, number: int = 3) -> HallWindow:
        """The last word on a window."""
        return window_truth(said(self.stage.effects, HallWindow), number)

    def service(self, service: str = "social") -> HallService:
        """The last word on a service, which follows what happened a moment later."""
        if self.role.stirred:
            self.wait(SERVICES_SECONDS)
        return [s for s in said(self.stage.effects, HallService) if s.service == service][-1]


def with_staff(**changes: dict[str, Any]) -> dict[str, StaffEntry]:
    """The usual staff, some of them changed: `with_staff(_1001={"skills": frozenset({"en"})})`."""
    return STAFF | {name[1:]: replace(STAFF[name[1:]], **change) for name, change in changes.items()}

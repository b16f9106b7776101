"""The coordinator with devices that speak to it in order, for all tests of what it says and decides."""

from __future__ import annotations

from device.contract.messages import (
    AnswerCall,
    AskBlock,
    AskCall,
    AskNumber,
    AskPlace,
    AskSignIn,
    DeviceState,
    Envelope,
    HallWindow,
    Record,
    StaffSignedIn,
    TicketIssued,
)
from device.effects import Enter, Publish, Remember
from device.hall.plan import Plan
from device.roles.coordinator import Coordinator
from drivers.events import LinkUp
from tests.roles.stage import (
    DAY,
    PLAN,
    STAFF,
    Stage,
    only,
    said,
    uid,
    window_truth,
)


class Hall:
    """The coordinator on its stage, with devices that speak to it in order."""

    def __init__(self, plan: Plan = PLAN) -> None:
        self.stage = Stage(Coordinator("coordinator", plan, STAFF))
        self.stage.began()
        self.stage.send(LinkUp())
        self.book: list[tuple[Envelope, Record]] = []
        self.seq = 0
        for number in PLAN.windows:
            self.alive(number)

    def alive(self, window: int, status: str = "ready") -> None:
        state = DeviceState("window", "1", "", "offline" if status == "offline" else "ready")
        self.stage.hear(state, device=f"window-{window}")

    def record(self, record: Record, device: str = "window-3", id: str = "") -> list[object]:
        self.seq += 1
        envelope = self.stage.envelope(id, device, self.seq)
        self.book.append((envelope, record))
        effects = self.stage.send_heard(envelope, record)
        assert only(effects, Enter).record == record
        return list(effects)

    def ask(self, body: AskCall | AskNumber | AskBlock | AskPlace | AskSignIn, request: str, device: str) -> Publish:
        effects = self.stage.hear(body, id=request, device=device)
        for effect in effects:
            if isinstance(effect, Remember):
                self.book.append((self.stage.envelope(effect.id), effect.record))
        (answer,) = [e for e in effects if isinstance(e, Publish) and type(e.body).__name__.startswith("Answer")]
        assert answer.place == device
        return answer

    def issue(self, number: str, service: str = "social", seconds: float = 0) -> None:
        self.stage.wait(seconds)
        self.record(TicketIssued(uid(int(number[1:])), f"20261123-{number}", number, DAY, service, "online"), "kiosk-1")

    def sign_in(self, window: int = 3, staff: str = "1001") -> None:
        self.record(StaffSignedIn(window, staff, "online"), f"window-{window}")

    def call(self, request: int, window: int = 3, staff: str = "1001") -> AnswerCall:
        answer = self.ask(AskCall(staff), uid(request), f"window-{window}").body
        assert isinstance(answer, AnswerCall)
        return answer

    def window(self, number: int = 3) -> HallWindow:
        return window_truth(said(self.stage.effects, HallWindow), number)

"""One window's session, as data that survives a power cut: who answers for it, whom it serves, since when."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Literal

from device.contract.messages import HallWindow, Invitation, Person
from device.hall.plan import WindowPlan

Phase = Literal["closed", "open", "calling", "serving", "paused"]


@dataclass(slots=True)
class Session:
    """What the window is doing. `day`: the business day it belongs to; yesterday's session is not continued."""

    day: str = ""
    phase: Phase = "closed"
    person: Person | None = None
    ticket: str = ""
    service: str = ""
    attempts: int = 0
    called_at: str = ""
    started_at: str = ""
    invitation: Invitation | None = None
    request: str = ""  # the last question whom to call, until it is settled what came of it

    def to_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)

    @staticmethod
    def from_json(text: str) -> Session:
        raw = json.loads(text)
        raw["person"] = _person(raw["person"])
        if raw["invitation"]:
            raw["invitation"] = Invitation(**{**raw["invitation"], "person": _person(raw["invitation"]["person"])})
        return Session(**raw)

    @property
    def number(self) -> str:
        return self.ticket[9:]

    @property
    def since(self) -> str:
        """When the present call or service began, `09:31`."""
        return (self.started_at if self.phase == "serving" else self.called_at)[11:16] if self.ticket else ""

    def truth(self, plan: WindowPlan) -> HallWindow:
        """What the other devices of this desk are told."""
        called_at = self.called_at if self.ticket else ""
        return HallWindow(
            plan.number, 0, self.phase, self.person, self.ticket, plan.services, called_at, self.invitation
        )

    def call(self, ticket: str, service: str, at: str) -> None:
        self.phase, self.ticket, self.service, self.attempts = "calling", ticket, service, 1
        self.called_at, self.started_at, self.request = at, "", ""

    def pause(self) -> None:
        self.phase, self.request = "paused", ""

    def start(self, at: str) -> None:
        # The next citizen stands at the window: whoever has not rated by now no longer can.
        self.phase, self.started_at, self.invitation = "serving", at, None

    def let_go(self) -> None:
        """The ticket leaves the window: served, missed or transferred."""
        self.phase, self.ticket, self.service, self.attempts = "open", "", "", 0
        self.called_at = self.started_at = ""


def _person(raw: dict[str, object] | None) -> Person | None:
    return Person(**raw) if raw else None  # type: ignore[arg-type]

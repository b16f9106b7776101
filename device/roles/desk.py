"""One window's session, as data that survives a power cut: who answers for it, whom it serves, since when."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Literal

from device.contract.messages import HallWindow, Invitation, Person
from device.hall.plan import WindowPlan

Phase = Literal["closed", "open", "calling", "serving", "paused"]


@dataclass(slots=True)
class Session:
    """What the window is doing. `day`: the business day it belongs to; yesterday's session is not continued.

    klass, size: of the ticket's priority and of the present item. until: when the person is expected back from a pause;
    paused_at: since when, if a citizen sits there meanwhile; away_seconds: how long that was. duties: what they are in
    charge of.
    """

    day: str = ""
    phase: Phase = "closed"
    person: Person | None = None
    ticket: str = ""
    service: str = ""
    attempts: int = 0
    called_at: str = ""
    started_at: str = ""
    invitation: Invitation | None = None
    klass: str = ""
    size: str = ""
    until: str = ""
    paused_at: str = ""
    away_seconds: int = 0
    duties: tuple[str, ...] = ()
    request: str = ""  # the last question whom to call, until it is settled what came of it

    def to_json(self) -> str:
        return json.dumps(self, ensure_ascii=False, default=_fields)

    @staticmethod
    def from_json(text: str) -> Session:
        raw = json.loads(text)
        raw["person"] = _person(raw["person"])
        raw["duties"] = tuple(raw.get("duties", ()))
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

    def truth(self, plan: WindowPlan, *, overtime: bool = False) -> HallWindow:
        """What the other devices of this desk are told."""
        called_at = self.called_at if self.ticket else ""
        state = "overtime" if overtime else self.phase
        return HallWindow(
            plan.number, 0, state, self.person, self.ticket, plan.services, called_at, self.invitation, until=self.until
        )

    def call(self, ticket: str, service: str, at: str, klass: str = "") -> None:
        self.phase, self.ticket, self.service, self.attempts = "calling", ticket, service, 1
        self.called_at, self.started_at, self.request, self.klass = at, "", "", klass

    def pause(self, until: str, at: str) -> None:
        """A service that is under way is suspended; a call is not, its citizen waits again."""
        if self.phase == "serving":
            self.paused_at = at
        elif self.ticket:
            self.let_go()
        self.phase, self.request, self.until = "paused", "", until

    def resume(self, now: datetime) -> None:
        """The service goes on, if one was under way."""
        if self.paused_at:
            self.away_seconds += max(0, round((now - datetime.fromisoformat(self.paused_at)).total_seconds()))
        self.phase, self.until, self.paused_at = ("serving" if self.ticket else "open"), "", ""

    def start(self, at: str) -> None:
        # The next citizen stands at the window: whoever has not rated by now no longer can.
        self.phase, self.started_at, self.invitation = "serving", at, None

    def next_item(self, service: str, at: str) -> None:
        """The same citizen, another item."""
        self.service, self.started_at, self.size, self.away_seconds = service, at, "", 0

    def let_go(self) -> None:
        """The ticket leaves the window: served, missed or transferred."""
        self.phase, self.ticket, self.service, self.attempts = "open", "", "", 0
        self.called_at = self.started_at = self.klass = self.size = self.paused_at = ""
        self.away_seconds = 0


def _fields(part: Any) -> dict[str, object]:
    """A dataclass for JSON: what is in it is not copied first."""
    return {one.name: getattr(part, one.name) for one in fields(part)}


def _person(raw: dict[str, Any] | None) -> Person | None:
    return Person(**raw) if raw else None

"""The windows as they really are: a fold over window, staff and rating records (R015, R125, R188)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Literal

from device.contract.messages import (
    Envelope,
    HallWindow,
    Invitation,
    ItemServed,
    Person,
    PriorityRefused,
    RatingGiven,
    RatingInvited,
    RatingNone,
    Record,
    StaffSignedIn,
    StaffSignedOut,
    TicketCalled,
    TicketMissed,
    TicketServed,
    TicketStarted,
    TicketTransferred,
    WindowAssigned,
    WindowPaused,
    WindowResumed,
)


@dataclass(slots=True)
class Desk:
    """One window. `alive`: its controller is heard of; otherwise nobody knows, and nobody is named.

    planned, assigned: what it serves by plan, and by today's decision (R086); able: what its person can do (R123).
    acted_at, started_at: when it did something last, and began to serve, seconds since the epoch. until: when it is
    expected back from a pause.
    """

    window: int
    planned: tuple[str, ...]
    alive: bool = False
    staff: str = ""
    state: Literal["closed", "open", "calling", "serving", "paused"] = "closed"
    ticket: str = ""
    service: str = ""
    called_at: str = ""
    acted_at: float = 0.0
    started_at: float = 0.0
    until: str = ""
    assigned: tuple[str, ...] = ()
    able: frozenset[str] = frozenset()
    invitations: dict[str, Invitation] = field(default_factory=dict)  # not known to be answered, oldest first

    @property
    def services(self) -> tuple[str, ...]:
        """What it serves now."""
        return _done(self.assigned or self.planned, self.able)

    def serves(self, service: str) -> bool:
        """Whether somebody is here now who can be sent people for this service."""
        return self.alive and self.state in ("open", "calling", "serving") and service in self.services

    def goes_on(self, state: Literal["closed", "open", "calling", "serving", "paused"], ticket: str = "") -> None:
        """The window's next step; whatever it called before is no longer its."""
        self.state, self.ticket, self.until = state, ticket, ""


@dataclass(slots=True)
class Floor:
    """All windows, and the people who may stand behind them."""

    desks: dict[int, Desk]
    people: dict[str, Person] = field(default_factory=dict)
    answered: set[str] = field(default_factory=set)  # invitations answered before they were heard of
    # What was told of each window last, and from what: it is asked of all of them at every event. No memory.
    _told: dict[int, tuple[tuple[object, ...], HallWindow]] = field(default_factory=dict, compare=False, repr=False)

    def apply(self, envelope: Envelope, record: Record) -> None:
        """Take one record in. Records of unknown windows change nothing."""
        desk = self.desks.get(getattr(record, "window", 0))
        if desk is None:
            return
        desk.acted_at = max(desk.acted_at, datetime.fromisoformat(envelope.at).timestamp())
        match record:
            case StaffSignedIn(staff=staff):
                desk.staff = staff
                desk.goes_on("open")
            case StaffSignedOut():
                desk.staff, desk.able = "", frozenset()
                desk.goes_on("closed")
            case TicketCalled(ticket=ticket):
                desk.goes_on("calling", ticket)
                desk.called_at = envelope.at
            case TicketStarted(ticket=ticket, service=service) | ItemServed(ticket=ticket, next_service=service):
                desk.goes_on("serving", ticket)
                desk.service, desk.started_at = service, datetime.fromisoformat(envelope.at).timestamp()
            case WindowResumed() if desk.ticket:
                desk.goes_on("serving", desk.ticket)
            case PriorityRefused() | TicketServed() | TicketMissed() | TicketTransferred() | WindowResumed():
                desk.goes_on("open")
            case WindowPaused(ticket=ticket, until=until):
                desk.goes_on("paused", ticket)
                desk.until = until
            case WindowAssigned(services=services):
                desk.assigned = services
            case RatingInvited() if envelope.id in self.answered:
                self.answered.discard(envelope.id)
            case RatingInvited():
                desk.invitations[envelope.id] = invitation(envelope.id, record, self.people.get(record.staff))
            case RatingGiven(invitation=answered) | RatingNone(invitation=answered):
                if desk.invitations.pop(answered, None) is None:
                    self.answered.add(answered)
            case _:
                pass

    def elsewhere(self, staff: str, window: int) -> int:
        """At how many other windows this person is signed in (R172)."""
        return sum(desk.staff == staff and desk.window != window for desk in self.desks.values())

    def truth(self, window: int, rev: int) -> HallWindow:
        """What everybody may know of a window."""
        desk = self.desks[window]
        others: tuple[int, ...] = ()
        if not desk.alive or desk.state in ("paused", "closed"):
            others = tuple(d.window for d in self.desks.values() if d is not desk and d.alive and _instead(d, desk))
        person = self.people.get(desk.staff) if desk.staff else None
        invited = next(iter(desk.invitations.values()), None)
        known = self._told.get(window)
        called = desk.called_at if desk.ticket else ""
        facts = desk.alive, desk.state, person, desk.ticket, desk.services, called, invited, others, desk.until, rev
        if known is None or known[0] != facts:
            known = self._told[window] = facts, _truth(desk, rev, person, invited, others[:16])
        return known[1]


def _truth(
    desk: Desk, rev: int, person: Person | None, invited: Invitation | None, others: tuple[int, ...]
) -> HallWindow:
    if not desk.alive:
        return HallWindow(desk.window, rev, "unknown", services=desk.services, elsewhere=others)
    called = desk.called_at if desk.ticket else ""
    return HallWindow(
        desk.window, rev, desk.state, person, desk.ticket, desk.services, called, invited, others, desk.until
    )


def _instead(other: Desk, desk: Desk) -> bool:
    return other.state in ("open", "calling", "serving") and any(s in desk.services for s in other.services)


@lru_cache(maxsize=256)  # asked of every window at every event, and it changes a few times a day
def _done(services: tuple[str, ...], able: frozenset[str]) -> tuple[str, ...]:
    return tuple(service for service in services if not able or service in able)


def invitation(record_id: str, record: RatingInvited, person: Person | None) -> Invitation:
    """The invitation a rating.invited record makes; a person not in the roster is shown by number alone."""
    shown = person or Person(record.staff, record.staff)
    return Invitation(record_id, record.ticket, record.service, shown, record.until)

"""What should be in a hall on any day, from what was done alone: tickets, who sits where, and everybody's work."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta

EARLY = timedelta(minutes=10)  # before its time an appointment is called
OPEN = ((510, 720), (810, 1050))


@dataclass(slots=True)
class Ticket:
    """One ticket as it should be. at: when it was issued. only: the one window that may call it."""

    service: str
    klass: str
    at: datetime
    where: str = "waiting"
    window: int = 0
    called: datetime | None = None
    started: datetime | None = None
    sent_on: bool = False  # or re-joined: its place is no longer only its time of issue
    only: int = 0
    slot: datetime | None = None  # of its appointment

    def callable(self, now: datetime) -> bool:
        """Not before its time."""
        return self.slot is None or self.slot - EARLY <= now


@dataclass(slots=True)
class Book:
    """What should be: tickets by number, who sits where, the spans of work of each person."""

    tickets: dict[str, Ticket] = field(default_factory=dict)
    seated: dict[int, str] = field(default_factory=dict)
    paused: set[int] = field(default_factory=set)
    work: dict[str, list[tuple[datetime, datetime]]] = field(default_factory=lambda: defaultdict(list))
    counted: dict[tuple[str, int], int] = field(default_factory=dict)  # of so many spans; counting takes long

    def at(self, window: int) -> str:
        """The ticket at this window."""
        return next((n for n, t in self.tickets.items() if t.window == window and t.where in ("called", "serving")), "")

    def closed_seconds(self, staff: str) -> int:
        """Seconds of work outside opening hours, each once."""
        key = (staff, len(self.work[staff]))
        if key not in self.counted:
            seconds = {
                second
                for begin, end in self.work[staff]
                for second in range(int(begin.timestamp()), int(end.timestamp()))
                if not is_open(datetime.fromtimestamp(second, begin.tzinfo))
            }
            self.counted[key] = len(seconds)
        return self.counted[key]


def is_open(at: datetime) -> bool:
    """Whether anybody is received at this time of day."""
    minute = at.hour * 60 + at.minute
    return any(begin <= minute < end for begin, end in OPEN)

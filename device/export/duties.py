"""Who was on duty where, and away when: stretches from sign-in to sign-out, and the pauses inside them (R046)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from device.contract.messages import (
    Envelope,
    Record,
    StaffSignedIn,
    StaffSignedOut,
    WindowHandedOver,
    WindowPaused,
    WindowResumed,
)
from device.export.rows import StaffRow, WindowRow
from device.export.spans import DayOf, seconds_between


@dataclass(slots=True)
class Duties:
    """A fold over window and staff records. A stretch nobody ended, because the power went, stays open."""

    day_of: DayOf
    rows: list[WindowRow] = field(default_factory=list)
    duty: dict[int, WindowRow] = field(default_factory=dict)  # window -> the stretch that goes on
    pause: dict[int, WindowRow] = field(default_factory=dict)
    handed: list[tuple[str, str]] = field(default_factory=list)  # day, staff

    def add(self, envelope: Envelope, record: Record) -> None:
        """Take one record in; those of no window change nothing."""
        at = envelope.at
        match record:
            case StaffSignedIn(window, staff):
                self._begin(window, staff, at)
            case StaffSignedOut(window, _, why):
                self._end(self.pause, window, at)
                self._end(self.duty, window, at, why)
            case WindowHandedOver(window, staff, to):
                self.handed.append((self.day_of(at), staff))
                if row := self.duty.get(window):
                    row.substitute = to
                self._end(self.duty, window, at, "hand-over")
                self._begin(window, to, at)
            case WindowPaused(window, staff, reason):
                row = WindowRow(
                    self.day_of(at), window, staff, "paused", at, reason=reason, substitute=record.substitute
                )
                self.pause[window] = row
                self.rows.append(row)
            case WindowResumed(window):
                self._end(self.pause, window, at)
            case _:
                pass

    def count(self, of: Callable[[str, str], StaffRow]) -> None:
        """Add to each person's day how long they were there and away."""
        for row in self.rows:
            person = of(row.day, row.staff)
            if row.state == "duty":
                person.duty_seconds += row.seconds or 0.0
            else:
                person.pauses += 1
                person.paused_seconds += row.seconds or 0.0
        for day, staff in self.handed:
            of(day, staff).handed_over += 1

    def _begin(self, window: int, staff: str, at: str) -> None:
        going = self.duty.get(window)
        if going and going.staff == staff:
            return  # a hand-over is followed by the sign-in of who took it
        self.duty.pop(window, None)  # whose end nobody told, for the power went
        self.duty[window] = row = WindowRow(self.day_of(at), window, staff, "duty", at)
        self.rows.append(row)

    def _end(self, going: dict[int, WindowRow], window: int, at: str, why: str = "") -> None:
        if row := going.pop(window, None):
            row.ended, row.seconds, row.reason = at, seconds_between(row.began, at), row.reason or why

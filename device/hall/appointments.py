"""Appointments: a fold over their records, and what may still be booked (R061, R064, R180, R181).

Times are seconds since the epoch. A slot is a stretch of time; who comes up to `late` after its begin kept it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from device.contract.messages import AppointmentBooked, NumberAllotted, Record
from device.hall.discipline import Discipline
from device.moment import HALL_TIME

CODES = 1_000_000


@dataclass(slots=True)
class Appointments:
    """What is booked and not yet checked in, by code."""

    rules: Discipline
    booked: dict[str, AppointmentBooked] = field(default_factory=dict)
    taken: Counter[tuple[str, float]] = field(default_factory=Counter)  # service, slot -> how many
    requests: dict[str, str] = field(default_factory=dict)  # ask -> code
    used: set[str] = field(default_factory=set)

    def apply(self, record: Record) -> None:
        """Take one record in. A code counts once: the first who had it keeps it."""
        match record:
            case AppointmentBooked(code, service, slot, request=request):
                if code not in self.booked and code not in self.used:
                    self.booked[code] = record
                    self.taken[service, self.slot_of(_seconds(slot))] += 1
                    if request:
                        self.requests[request] = code
            case NumberAllotted(appointment=code) if code:
                self.booked.pop(code, None)
                self.used.add(code)
            case _:
                pass

    def slot_of(self, time: float) -> float:
        """The begin of the slot in which this time lies; slots begin on the hour and its parts."""
        return time - time % self.rules.slot

    def free(self, service: str, slot: float) -> bool:
        """Whether the slot takes one more."""
        return self.taken[service, slot] < self.rules.slot_places

    def new_code(self, wish: int) -> str:
        """Six digits nobody has; wish: where to begin to look, a random number."""
        taken = self.used | self.booked.keys()
        return next(code for n in range(CODES) if (code := f"{(wish + n) % CODES:06d}") not in taken)

    def check_in(self, code: str, service: str, day: str) -> AppointmentBooked | None:
        """The appointment of whoever is here with this code, if it is for today and this service; late or not."""
        found = self.booked.get(code)
        return found if found and found.service == service and found.slot[:10] == day else None

    def late(self, appointment: AppointmentBooked, now: float) -> bool:
        """Whether its right is lost: an ordinary ticket then (R064)."""
        return now > _seconds(appointment.slot) + self.rules.late

    def drop_before(self, day: str) -> None:
        """Who did not come, did not come."""
        self.booked = {code: one for code, one in self.booked.items() if one.slot[:10] >= day}
        self.requests = {request: code for request, code in self.requests.items() if code in self.booked}
        begins = datetime.fromisoformat(day).replace(tzinfo=HALL_TIME).timestamp()
        self.taken = Counter({key: count for key, count in self.taken.items() if key[1] >= begins})


def _seconds(stamp: str) -> float:
    return datetime.fromisoformat(stamp).timestamp()

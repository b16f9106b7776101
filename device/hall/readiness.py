"""Whether the devices are ready when they must be, from the pre-shift window on until the session ends.

R013, R071, R090. A device is ready when it has said so itself since the line came up: what the broker kept may be the
word of one that is gone. One that is down for a moment, because it starts again, is nobody's alarm.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, Literal

from device.contract.messages import AlarmRaised, DeviceState
from device.hall.calendar import hours_on, opens, windows_open
from device.hall.plan import Plan

NOT_READY: Final = "not-ready"
SETTLES: Final = 30.0  # s; a process that ended is back within 25 (N11), and says so
To = Literal["leader", "technician"]


@dataclass(slots=True)
class Readiness:
    """down: device -> since when it is not ready, monotonic seconds, and who mends it; not a fold over the book."""

    down: dict[str, tuple[float, To]] = field(default_factory=dict)
    heard: set[str] = field(default_factory=set)

    @staticmethod
    def of(plan: Plan) -> Readiness:
        """Before the line is up nobody is ready, and nobody can know."""
        return Readiness(dict.fromkeys(_planned(plan), (math.inf, "technician")))

    def line_up(self, mono: float) -> None:
        """Everybody speaks anew. Who was down already has been so since then."""
        everybody = [*self.down, *self.heard - self.down.keys()]
        self.down = {d: (min(mono, self.down[d][0] if d in self.down else mono), "technician") for d in everybody}

    def hear(self, device: str, state: DeviceState, *, retained: bool, mono: float) -> None:
        """A device speaks, or the broker for it."""
        if state.role == "coordinator":
            return
        self.heard.add(device)
        if state.status == "ready":
            if not retained:
                self.down.pop(device, None)
            return
        staff = state.status == "fault" and all(note.mender == "staff" for note in state.faults)
        since = self.down[device][0] if device in self.down else mono
        self.down[device] = (min(since, mono), "leader" if staff and state.faults else "technician")

    def alarms(self, plan: Plan, wall: datetime, mono: float, told: Iterable[str]) -> Iterator[AlarmRaised]:
        """What is not ready and must be. told: devices of which there is an alarm already; it stays until they are."""
        if not must_be_ready(plan, wall):
            return
        idle = {w.number for w in plan.windows.values()} - windows_open(plan, wall)
        known = frozenset(told)
        for device, (since, to) in self.down.items():
            window = plan.window_of(device)
            if window and window.number in idle:
                continue
            if device in known or mono - since >= SETTLES:
                yield AlarmRaised(NOT_READY, to, window.number if window else 0, about=device)


def must_be_ready(plan: Plan, wall: datetime) -> bool:
    """Whether the hall is open, or is going to be within the pre-shift window; before every session (R198)."""
    if hours_on(plan, wall.date()).at_time(wall):
        return True
    opening = opens(plan, wall)
    return opening is not None and opening - wall <= timedelta(seconds=plan.people.preshift)


def _planned(plan: Plan) -> Iterator[str]:
    for window in plan.windows.values():
        yield window.device
        if window.evaluator:
            yield window.evaluator
    yield from plan.kiosks

"""Whether a day is over: then a window that is closed may be switched off (R018, R238)."""

from __future__ import annotations

from datetime import datetime

from device.hall.calendar import hours_on
from device.hall.plan import Plan

ALL_DAY = 24 * 60


def day_over(plan: Plan, wall: datetime) -> bool:
    """Whether the hall opens no more today; one that never closes has no evening."""
    ends = [end for _, end in hours_on(plan, wall.date()).spans()]
    return all(end < ALL_DAY and end <= wall.hour * 60 + wall.minute for end in ends)

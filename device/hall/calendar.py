"""Business days and opening hours, in hall time (R010, R044, R076, R115)."""

from __future__ import annotations

from datetime import datetime, timedelta

from device.hall.plan import Plan


def business_day(wall: datetime, rollover: int) -> str:
    """The day a number belongs to: it begins `rollover` minutes after midnight, never at UTC's midnight (R076)."""
    return (wall - timedelta(minutes=rollover)).date().isoformat()


def days_from(day: str, count: int) -> tuple[str, ...]:
    """`count` business days beginning with `day`."""
    first = datetime.fromisoformat(day)
    return tuple((first + timedelta(days=n)).date().isoformat() for n in range(count))


def is_open(plan: Plan, wall: datetime) -> bool:
    """Whether tickets are given now; a hall without sessions never closes."""
    minute = wall.hour * 60 + wall.minute
    return not plan.sessions or any(start <= minute < end for start, end in plan.sessions)


def hours(plan: Plan) -> str:
    """`08:30-12:00 13:30-17:30`, or `00:00-24:00`."""
    return " ".join(f"{_clock(start)}-{_clock(end)}" for start, end in plan.sessions or ((0, 1440),))


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"

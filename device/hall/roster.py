"""Who is expected where: the roster, absences, and who stands in (R049, R119, R120, R168, R169, R175)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Literal

from device.contract.messages import AbsenceFiled, DayApproved, OutageFiled
from device.hall.calendar import Outage, extra_day, kind_of, windows_open
from device.hall.parameters import Absence
from device.hall.plan import Plan

HALF_DAY, DAY = timedelta(hours=5), timedelta(days=1)


def expected(plan: Plan, wall: datetime) -> dict[int, str]:
    """Window -> who should be there now: of an absent person the substitute, or nobody."""
    open_windows = windows_open(plan, wall)
    found: dict[int, str] = {}
    for entry in plan.people.roster:
        if entry.window not in open_windows or (entry.days and wall.weekday() not in entry.days):
            continue
        away = absence_of(plan, entry.staff, wall)
        staff = away.substitute if away else entry.staff
        if staff and entry.window not in found:
            found[entry.window] = staff
    return found


def absence_of(plan: Plan, staff: str, wall: datetime) -> Absence | None:
    """The absence this person is on now."""
    return next((a for a in plan.people.absences if a.staff == staff and a.begins <= wall < a.ends), None)


def whereabouts(plan: Plan, window: int, wall: datetime) -> Absence | None:
    """Why nobody of those expected at this window today comes: the absence that ends first (R157).

    None if somebody is expected, stands in, or is late.
    """
    due = [e for e in plan.people.roster if e.window == window and (not e.days or wall.weekday() in e.days)]
    away = [absence_of(plan, entry.staff, wall) for entry in due]
    alone = [absence for absence in away if absence and not absence.substitute]
    return min(alone, key=lambda absence: absence.ends) if alone and len(alone) == len(due) else None


def kind_of_absence(absence: Absence) -> Literal["half-day", "day", "longer"]:
    """Who arranges it: up to half a day the window (R175), up to a day the B role, longer the department (R169)."""
    length = absence.ends - absence.begins
    return "half-day" if length <= HALF_DAY else "day" if length <= DAY else "longer"


def absence_filed(absence: Absence, now: datetime) -> AbsenceFiled:
    """The record of an absence as it is first heard of."""
    return AbsenceFiled(
        absence.id,
        absence.staff,
        absence.begins.isoformat(timespec="seconds"),
        absence.ends.isoformat(timespec="seconds"),
        absence.substitute,
        absence.approved_by,
        kind_of_absence(absence),
        absence.begins < now,
    )


def days_approved(plan: Plan, now: datetime) -> list[DayApproved]:
    """The days from today on when the hall works though it rests, with who approved each (R100)."""
    found = []
    for day, approved_by in plan.calendar.approved.items():
        kind = kind_of(plan.calendar, date.fromisoformat(day))
        if day >= now.date().isoformat() and kind != "workday" and extra_day(plan, date.fromisoformat(day)):
            windows = tuple(sorted(plan.calendar.special[day][1].windows))
            found.append(DayApproved(day, kind, approved_by, windows))
    return found


def outage_filed(outage: Outage, now: datetime) -> OutageFiled:
    """The record of a planned closure as it is first heard of."""
    return OutageFiled(
        outage.id,
        outage.begins.isoformat(timespec="seconds"),
        outage.ends.isoformat(timespec="seconds"),
        tuple(sorted(outage.windows)),
        tuple(sorted(outage.services)),
        outage.begins < now,
    )

"""Business days and opening hours, in hall time (R010, R043, R044, R062, R065, R076, R115-R117).

A day is what the hall says of it, else a public holiday or make-up workday of the table, else what its weekday is. The
table is data made when the config is read; of a year that is not in it only the hall's own word and the weekday count,
and `table_ends` says so beforehand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from device.contract.messages import Words

if TYPE_CHECKING:
    from device.hall.plan import Plan

Sessions = tuple[tuple[int, int], ...]  # minutes of the day, half open, in order
Kind = Literal["workday", "weekend", "holiday"]
LOOK_AHEAD_DAYS = 60


@dataclass(frozen=True, slots=True)
class DayRule:
    """A kind of day. sessions: empty = the timetable's; windows: empty = all."""

    closed: bool = False
    sessions: Sessions = ()
    windows: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Outage:
    """A planned closure. windows and services empty: the whole hall. ends: not part of it."""

    id: str
    begins: datetime
    ends: datetime
    what: Words
    windows: frozenset[int] = frozenset()
    services: frozenset[str] = frozenset()
    elsewhere: tuple[int, ...] = ()
    staff_to: Words | None = None

    def at(self, wall: datetime) -> bool:
        """Whether it is now."""
        return self.begins <= wall < self.ends


@dataclass(frozen=True, slots=True)
class Calendar:
    """What kind of day is when. seasons: ((month, day), sessions), in order of the year.

    table_ends: the last day the table of holidays knows ("" = no table is followed). special: date -> kind, rule.
    """

    seasons: tuple[tuple[tuple[int, int], Sessions], ...] = ()
    weekend: frozenset[int] = frozenset()  # date.weekday()
    on_weekend: DayRule = DayRule()
    on_holiday: DayRule = DayRule()
    holidays: frozenset[str] = frozenset()
    workdays: frozenset[str] = frozenset()  # make-up workdays
    table_ends: str = ""
    table_days: int = 30
    special: Mapping[str, tuple[Kind, DayRule]] = field(default_factory=dict)
    outages: tuple[Outage, ...] = ()
    notice_days: int = 7
    approved: Mapping[str, str] = field(default_factory=dict)  # date -> who approved work on it


@dataclass(frozen=True, slots=True)
class Hours:
    """One day of the hall. sessions empty and not closed: open all day. windows empty: all of them."""

    kind: Kind
    closed: bool
    sessions: Sessions
    windows: frozenset[int]

    def at(self, minute: int) -> bool:
        """Whether the hall is open at this minute of the day."""
        return not self.closed and (not self.sessions or any(start <= minute < end for start, end in self.sessions))

    def at_time(self, wall: datetime) -> bool:
        """The same, for a time of this day."""
        return self.at(_minute(wall))

    def spans(self) -> Sessions:
        """When it is open, said out: all day is 0 to 1440."""
        return () if self.closed else self.sessions or ((0, 1440),)


def business_day(wall: datetime, rollover: int) -> str:
    """The day a number belongs to: it begins `rollover` minutes after midnight, never at UTC's midnight (R076)."""
    return (wall - timedelta(minutes=rollover)).date().isoformat()


def days_from(day: str, count: int) -> tuple[str, ...]:
    """`count` business days beginning with `day`."""
    first = datetime.fromisoformat(day)
    return tuple((first + timedelta(days=n)).date().isoformat() for n in range(count))


def kind_of(calendar: Calendar, day: date) -> Kind:
    """Which days this one counts as."""
    text = day.isoformat()
    if text in calendar.special:
        return calendar.special[text][0]
    if text in calendar.workdays:
        return "workday"
    if text in calendar.holidays:
        return "holiday"
    return "weekend" if day.weekday() in calendar.weekend else "workday"


@lru_cache(maxsize=256)
def hours_on(plan: Plan, day: date) -> Hours:
    """The hall on this day."""
    calendar = plan.calendar
    kind = kind_of(calendar, day)
    special = calendar.special.get(day.isoformat())
    general = {"workday": DayRule(), "weekend": calendar.on_weekend, "holiday": calendar.on_holiday}[kind]
    rule = special[1] if special else general
    sessions = rule.sessions or general.sessions or _timetable(plan, day)
    return Hours(kind, rule.closed or (not special and general.closed), sessions, rule.windows or general.windows)


def _timetable(plan: Plan, day: date) -> Sessions:
    """The season's sessions; before the year's first season last year's last one still holds (R116)."""
    begun = [sessions for begins, sessions in plan.calendar.seasons if begins <= (day.month, day.day)]
    if begun:
        return begun[-1]
    return plan.calendar.seasons[-1][1] if plan.calendar.seasons else plan.sessions


def is_open(plan: Plan, wall: datetime, service: str = "") -> bool:
    """Whether tickets are given now, for this service ("" = for any)."""
    found = services_open(plan, wall)
    return service in found if service else bool(found)


def services_open(plan: Plan, wall: datetime) -> frozenset[str]:
    """The services for which tickets are given now."""
    if not hours_on(plan, wall.date()).at_time(wall):
        return frozenset()
    return _served(plan, hours_on(plan, wall.date()).windows, _now(plan, wall))


def windows_open(plan: Plan, wall: datetime) -> frozenset[int]:
    """The windows that are to serve on this day and are not closed by plan (R010, R202)."""
    return _serving(plan, hours_on(plan, wall.date()).windows, _now(plan, wall))


@lru_cache(maxsize=64)
def _served(plan: Plan, windows: frozenset[int], outages: tuple[Outage, ...]) -> frozenset[str]:
    """The services of such a day while these outages are."""
    served = frozenset(service for n in _serving(plan, windows, outages) for service in plan.windows[n].services)
    return served.difference(*(outage.services for outage in outages))


@lru_cache(maxsize=64)
def _serving(plan: Plan, windows: frozenset[int], outages: tuple[Outage, ...]) -> frozenset[int]:
    """The windows of such a day (empty: all of them) while these outages are."""
    everywhere = frozenset(plan.windows)
    closed = (outage.windows or everywhere for outage in outages if not outage.services)
    return ((windows or everywhere) & everywhere).difference(*closed)


def _now(plan: Plan, wall: datetime) -> tuple[Outage, ...]:
    return tuple(outage for outage in plan.calendar.outages if outage.at(wall))


def outage_of(plan: Plan, window: int, wall: datetime) -> Outage | None:
    """The planned closure of this window that is now."""
    now = (o for o in plan.calendar.outages if o.at(wall) and not o.services)
    return next((o for o in now if window in (o.windows or frozenset({window}))), None)


def extra_day(plan: Plan, day: date) -> bool:
    """Whether the hall works on this day although it rests on days of its kind (R100)."""
    kind, special = kind_of(plan.calendar, day), plan.calendar.special.get(day.isoformat())
    rest = {"workday": False, "weekend": plan.calendar.on_weekend.closed, "holiday": plan.calendar.on_holiday.closed}
    return rest[kind] and special is not None and not special[1].closed


def bookable(plan: Plan, wall: datetime, service: str) -> bool:
    """Whether an appointment can be made for then: on a day on which the hall rests somebody approved it (R100)."""
    day = wall.date()
    return is_open(plan, wall, service) and (not extra_day(plan, day) or day.isoformat() in plan.calendar.approved)


def closes(plan: Plan, wall: datetime) -> datetime | None:
    """When the present session ends; None when the hall is closed or never closes."""
    today = hours_on(plan, wall.date())
    for start, end in today.sessions:
        if not today.closed and start <= _minute(wall) < end:
            return _midnight(wall) + timedelta(minutes=end)
    return None


def opens(plan: Plan, wall: datetime) -> datetime | None:
    """When the next session begins, today or within two months; None if none is known, or the hall is open all day."""
    for ahead in range(LOOK_AHEAD_DAYS):
        midnight = _midnight(wall) + timedelta(days=ahead)
        for start, _ in hours_on(plan, midnight.date()).spans():
            begins = midnight + timedelta(minutes=start)
            if begins > wall:
                return begins
    return None


def closed_spans(plan: Plan, begin: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
    """The parts of a span in which the hall is not open, in order: what overtime is made of; all of an extra day."""
    at, midnight = begin, _midnight(begin)
    while midnight < end and begin < end:
        day = midnight.date()
        for start, stop in () if extra_day(plan, day) else hours_on(plan, day).spans():
            opening, closing = midnight + timedelta(minutes=start), midnight + timedelta(minutes=stop)
            if at < opening:
                yield at, min(opening, end)
            at = max(at, closing)
            if at >= end:
                return
        midnight += timedelta(days=1)
    if at < end:
        yield at, end


def working_day_after(plan: Plan, day: date, count: int) -> date:
    """The `count`-th working day after `day`: how deadlines are counted."""
    while count > 0:
        day += timedelta(days=1)
        count -= kind_of(plan.calendar, day) == "workday"
    return day


def announced(plan: Plan, wall: datetime) -> tuple[Outage, ...]:
    """Planned outages that citizens must hear of now, the next one first (R065)."""
    notice = timedelta(days=plan.calendar.notice_days)
    due = [o for o in plan.calendar.outages if o.begins.date() - notice <= wall.date() and wall < o.ends]
    return tuple(sorted(due, key=lambda o: o.begins))


def table_ends_soon(plan: Plan, wall: datetime) -> str:
    """The last day of which holidays are known, if that is soon or over; else ""."""
    ends = plan.calendar.table_ends
    soon = (wall.date() + timedelta(days=plan.calendar.table_days)).isoformat()
    return ends if ends and ends < soon else ""


def hours(plan: Plan, wall: datetime | None = None) -> str:
    """`08:30-12:00 13:30-17:30`, or `00:00-24:00`: on the day of `wall`, else on an ordinary one (R055); "": closed."""
    spans = hours_on(plan, wall.date()).spans() if wall else plan.sessions or ((0, 1440),)
    return " ".join(f"{_clock(start)}-{_clock(end)}" for start, end in spans)


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _minute(wall: datetime) -> int:
    return wall.hour * 60 + wall.minute


def _midnight(wall: datetime) -> datetime:
    return wall.replace(hour=0, minute=0, second=0, microsecond=0)

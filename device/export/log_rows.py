"""More tables of an export: what the hall hands on in the evening, to auditors, to whoever pays; and its catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from device.export.columns import Day, Department, Service, Staff, Window


@dataclass(slots=True)
class LogRow:
    """The service log: what one window did of one service on one day (R073)."""

    day: Day
    window: Window
    service: Service
    served: Annotated[int, "items done"] = 0
    visits: Annotated[int, "of these the last of their visit"] = 0
    missed: Annotated[int, "calls in vain"] = 0
    transferred: Annotated[int, "tickets sent on"] = 0
    registered: Annotated[int, "items registered under a case number (R133)"] = 0
    over_limit: Annotated[int, "items with a reason for being over the limit"] = 0
    service_seconds: Annotated[float, "start to end, suspensions taken off, by clocks that were right"] = 0.0


@dataclass(slots=True)
class HandOverRow:
    """The list that goes with the papers in the evening: what was handed in, by case number (R133, R237)."""

    day: Day
    case: Annotated[str, "number under which it is handled from then on"]
    ticket: Annotated[str, "under which it was handed in"]
    service: Service
    window: Annotated[int, "at which"]
    staff: Annotated[str, "who took it in"]
    registered: Annotated[str, "when, RFC 3339"]


@dataclass(slots=True)
class EventRow:
    """One record of the book, in the book's order: each step as its device wrote it, never changed (R139).

    That none is missing or was changed, `hallside verify` shows of the book itself. Ratings, the cases they open and
    alarms are left out here: what stands beside them in time would tell who got which.
    """

    day: Day
    at: Annotated[str, "when, by the device's clock"]
    device: Annotated[str, "who wrote it"]
    event: Annotated[str, "what happened: the type of the record"]
    clock: Annotated[str, "`synced`, or `floor` if the device did not know the time"]
    record: Annotated[str, "the record's id"]
    ticket: Annotated[str, "of which ticket, or empty"] = ""
    window: Annotated[int | None, "at which window, if at one"] = None
    staff: Annotated[str, "by or of whom, or empty"] = ""


@dataclass(slots=True)
class ClaimRow:
    """What one person may claim for overtime of one kind of day in one month, of the days exported (R100, R247)."""

    month: Annotated[str, "2026-11"]
    staff: Staff
    kind: Annotated[str, "of the days: `workday`, `weekend`, `holiday`"]
    department: Department = ""
    stretches: Annotated[int, "rows of `overtime` it is made of"] = 0
    seconds: Annotated[float, "in all"] = 0.0
    unapproved_seconds: Annotated[float, "of these on a day of rest that nobody had approved"] = 0.0


@dataclass(slots=True)
class ServiceRow:
    """One service of the hall's catalogue, as configured; empty for a book without its config (R041, R288)."""

    service: Annotated[str, "as in the other tables"]
    code: Annotated[str, "item code in the catalogue of government services"]
    name: Annotated[str, "name"]
    name_en: Annotated[str, "in English, or empty"]
    level: Annotated[str, "at which level of government it is decided"]
    kind: Annotated[str, "type of item"]
    promise_days: Annotated[int, "working days promised; 0: settled at once"]
    minutes: Annotated[int, "minutes it usually takes"]
    limit_minutes: Annotated[int, "minutes it may take; 0: no limit"]
    modes: Annotated[str, "how it is done: `walk-in`, `appointment`, `home-visit`"]

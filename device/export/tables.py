"""From the book's records to the tables of an export: a fold, so the same records always give the same rows (R051).

Rules:

1. A record counts once, by its id, whatever the order of arrival; tables are in order of day, time and name.
2. Times are the devices' own. Where a device did not know the time, no duration is computed from it.
3. A person's ratings of a day that is not over are given only from the fifth on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from device.contract.messages import (
    AlarmAnswered,
    AlarmEnded,
    AlarmRaised,
    Envelope,
    FaultBegan,
    FaultEnded,
    HelpAsked,
    OvertimeWorked,
    RatingGiven,
    RatingInvited,
    RatingNone,
    RatingTagged,
    Record,
    SelftestDone,
)
from device.export.cases import CaseTables
from device.export.dimensions import Dimensions, day_of_ticket
from device.export.duties import Duties
from device.export.forecasts import Forecasts
from device.export.log import Log
from device.export.log_rows import ClaimRow, EventRow, ServiceRow
from device.export.outages import Outages
from device.export.rows import AlarmRow, DatedRow, FaultRow, OvertimeRow, PatrolRow, RatingRow, Row, StaffRow
from device.export.spans import DayOf, seconds_between
from device.export.tickets import Tickets
from device.hall.alarms import CALLED_BACK
from device.hall.cases import COMPLAINT

UNSEEN = ("rating", "case", "alarm")  # records that are no rows of `events`
ENOUGH = 5  # ratings of one person on a day that is not over


@dataclass(slots=True)
class Tables:
    """Everything an export can say. day_of: the hall's business day of an instant; departments: staff -> home."""

    day_of: DayOf
    departments: Mapping[str, str] = field(default_factory=dict)
    tickets: Tickets = field(init=False)
    duties: Duties = field(init=False)
    forecasts: Forecasts = field(init=False)
    log: Log = field(init=False)
    cases: CaseTables = field(init=False)
    services: Sequence[ServiceRow] = ()
    events: list[EventRow] = field(default_factory=list)
    dimensions: Dimensions = field(default_factory=Dimensions)
    outages: Outages = field(default_factory=Outages)
    ratings: dict[tuple[str, str, int, str, str, str], RatingRow] = field(default_factory=dict)
    overtime: list[OvertimeRow] = field(default_factory=list)
    faults: list[FaultRow] = field(default_factory=list)
    open_faults: dict[tuple[str, str, str], FaultRow] = field(default_factory=dict)
    alarms: dict[str, AlarmRow] = field(default_factory=dict)
    patrol: dict[tuple[str, str], PatrolRow] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.tickets = Tickets(self.outages.net)
        self.duties = Duties(self.day_of)
        self.forecasts = Forecasts(self.day_of)
        self.cases = CaseTables(self.day_of)
        self.log = Log(self.day_of)

    def add(self, envelope: Envelope, record: Record) -> None:
        """Take one record in."""
        if envelope.id in self.seen:
            return
        self.seen.add(envelope.id)
        self.outages.add(envelope, record)
        self.tickets.add(envelope, record)
        self.duties.add(envelope, record)
        self.forecasts.add(envelope, record)
        self.log.add(envelope, record)
        self.cases.add(envelope, record)
        self.dimensions.add(envelope, record)
        complains = isinstance(record, HelpAsked) and record.reason == COMPLAINT
        if record.type.partition(".")[0] not in UNSEEN and not complains:
            self.events.append(_event(self.day_of(envelope.at), envelope, record))
        if not isinstance(record, RatingTagged):  # when somebody touched something is nobody else's to see
            self._patrol(envelope, record)
        match record:
            case RatingInvited() | RatingGiven() | RatingNone():
                self._rating(record)
            case OvertimeWorked(staff, window, ticket, began, ended, seconds):
                self.overtime.append(
                    OvertimeRow(
                        self.day_of(began),
                        staff,
                        window,
                        ticket,
                        began,
                        ended,
                        seconds,
                        record.kind,
                        record.approved_by,
                    )
                )
            case FaultBegan(part, code):
                row = FaultRow(self.day_of(envelope.at), envelope.device, part, code, envelope.at)
                if self.open_faults.setdefault((envelope.device, part, code), row) is row:
                    self.faults.append(row)
            case FaultEnded(part, code):
                if fault := self.open_faults.pop((envelope.device, part, code), None):
                    fault.ended, fault.seconds = envelope.at, seconds_between(fault.began, envelope.at)
            case AlarmRaised(kind, to, window, service):
                self.alarms[envelope.id] = AlarmRow(
                    self.day_of(envelope.at), envelope.id, kind, to, window or None, service, envelope.at,
                    about=record.about, part=record.part, code=record.code,
                )  # fmt: skip
            case AlarmAnswered(alarm=alarm) if told := self.alarms.get(alarm):
                _answered(told, envelope.at, record)
            case AlarmEnded(alarm) if told := self.alarms.get(alarm):
                told.ended = told.ended or envelope.at
            case _:
                pass

    def between(self, first: str, last: str, today: str) -> dict[str, list[Row]]:
        """The rows of these business days, both counted. today: the business day that is not over yet."""
        staff = self._staff()
        self.tickets.finish()
        self.forecasts.mark(self.tickets.rows.values())
        every: dict[str, Iterable[DatedRow]] = {
            "tickets": self.tickets.rows.values(),
            "windows": self.duties.rows,
            "staff": staff.values(),
            "ratings": [_withheld(row) if row.day >= today and _few(row) else row for row in self.ratings.values()],
            "dimensions": self.dimensions.rows(today),
            "forecasts": self.forecasts.rows(self.tickets.rows.values()),
            "overtime": self.overtime,
            "faults": self.faults,
            "alarms": self.alarms.values(),
            "patrol": self.patrol.values(),
            "log": self.log.rows.values(),
            "handover": self.log.handed,
            "cases": self.cases.until(today),
            "attendance": self.cases.attended.values(),
        }
        found: dict[str, list[Row]] = {
            name: sorted((row for row in rows if first <= row.day <= last), key=_order) for name, rows in every.items()
        }
        claims = self._claims(row for row in self.overtime if first <= row.day <= last)
        events: list[Row] = [row for row in self.events if first <= row.day <= last]  # in the book's own order
        return found | {"claims": sorted(claims, key=_order), "events": events, "services": list(self.services)}

    def _claims(self, overtime: Iterable[OvertimeRow]) -> list[Row]:
        rows: dict[tuple[str, str, str], ClaimRow] = {}
        for row in overtime:
            key = (row.day[:7], row.staff, row.kind)
            claim = rows.setdefault(key, ClaimRow(*key, self.departments.get(row.staff, "")))
            claim.stretches += 1
            claim.seconds += row.seconds
            if row.kind != "workday" and not row.approved_by:
                claim.unapproved_seconds += row.seconds
        return list(rows.values())

    def _rating(self, record: RatingInvited | RatingGiven | RatingNone) -> None:
        day = day_of_ticket(record.ticket)
        source, channel = ("citizen", "evaluator")
        if isinstance(record, RatingGiven):
            source, channel = record.source, record.channel
        key = (day, record.staff, record.window, record.service, source, channel)
        row = self.ratings.setdefault(key, RatingRow(*key))
        match record:
            case RatingInvited():
                row.invited += 1
            case RatingNone():
                row.none += 1
            case RatingGiven(level=level):
                setattr(row, f"level_{level}", getattr(row, f"level_{level}") + 1)

    def _staff(self) -> dict[tuple[str, str], StaffRow]:
        rows: dict[tuple[str, str], StaffRow] = {}

        def of(day: str, staff: str) -> StaffRow:
            return rows.setdefault((day, staff), StaffRow(day, staff, self.departments.get(staff, "")))

        self.duties.count(of)
        self.tickets.count(of)
        for row in self.overtime:
            of(row.day, row.staff).overtime_seconds += row.seconds
        return rows

    def _patrol(self, envelope: Envelope, record: Record) -> None:
        day, device = self.day_of(envelope.at), envelope.device
        row = self.patrol.setdefault((day, device), PatrolRow(day, device, 0, envelope.at, envelope.at))
        row.heard += 1
        row.first, row.last = min(row.first, envelope.at), max(row.last, envelope.at)
        match record:
            case SelftestDone(verdict):
                row.selftest = verdict
            case FaultBegan():
                row.faults += 1
            case FaultEnded(part, code) if fault := self.open_faults.get((device, part, code)):
                row.fault_seconds += seconds_between(fault.began, envelope.at)
            case HelpAsked(reason=reason) if reason != COMPLAINT:
                row.help_asked += 1
            case _:
                pass


def _event(day: str, envelope: Envelope, record: Record) -> EventRow:
    ticket, window, staff = getattr(record, "ticket", ""), getattr(record, "window", None), getattr(record, "staff", "")
    return EventRow(
        day, envelope.at, envelope.device, record.type, envelope.clock, envelope.id, ticket, window or None, staff
    )


def _answered(told: AlarmRow, at: str, record: AlarmAnswered) -> None:
    """Who dealt with it first; how long it is to take, as last said; when its asker was first called back."""
    if record.action == CALLED_BACK:
        told.called_back = told.called_back or at
    told.expected_minutes = record.expected_minutes or told.expected_minutes
    if not told.answered:
        told.answered, told.answered_by, told.action = at, record.staff, record.action
        told.seconds = seconds_between(told.raised, at)


def _few(row: RatingRow) -> bool:
    return sum(getattr(row, f"level_{level}") or 0 for level in range(1, 6)) < ENOUGH


def _withheld(row: RatingRow) -> RatingRow:
    return RatingRow(
        row.day, row.staff, row.window, row.service, row.source, row.channel, row.invited, row.none,
        None, None, None, None, None, withheld=True,
    )  # fmt: skip


def _order(row: Row) -> tuple[str, ...]:
    return tuple(str(getattr(row, name)) for name in row.__slots__[:8])

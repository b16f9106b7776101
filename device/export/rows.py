"""What `hallside export` gives out: one dataclass a table, every field with its meaning (R216).

Nothing here names a citizen. A staff number is as far as it goes towards a person; names stay in the roster. A field
that is not known, or withheld, is None.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Final, TypeVar, get_type_hints

from device.export.case_rows import AttendanceRow, CaseRow
from device.export.columns import Began, Day, Department, Device, Service, Staff, Window
from device.export.log_rows import ClaimRow, EventRow, HandOverRow, LogRow, ServiceRow

Seconds = float


@dataclass(slots=True)
class TicketRow:
    """One ticket from issue to end (R024, R053, R118, R215). Its rating is not here: that would name who got it."""

    day: Day
    ticket: Annotated[str, "identity: business day and number, unique for ever"]
    number: Annotated[str, "as printed and called"]
    service: Annotated[str, "service wanted first"] = ""
    klass: Annotated[str, "priority class, `appointment`, or empty"] = ""
    lang: Annotated[str, "the citizen's language"] = ""
    source: Annotated[str, "`online`: the coordinator's number; `block`: the kiosk's own while offline"] = ""
    kiosk: Annotated[str, "device that issued it"] = ""
    issued: Annotated[str | None, "when, RFC 3339"] = None
    clock: Annotated[str, "`synced`, or `floor` if the kiosk did not know the time"] = ""
    paper: Annotated[str, "`printed`, `failed`, `unknown`, or empty: no word on it"] = ""
    called: Annotated[str | None, "first call"] = None
    calls: Annotated[int, "calls and recalls"] = 0
    by_hand: Annotated[str, "reason of the last call out of order, or empty (R023)"] = ""
    window: Annotated[int | None, "at which it was last"] = None
    staff: Annotated[str, "number of who called it last"] = ""
    started: Annotated[str | None, "the citizen was at the window"] = None
    ended: Annotated[str | None, "last service done, or the ticket given up"] = None
    state: Annotated[str, "`waiting`, `called`, `serving`, `served`, `missed`, `released`, `left` unserved"] = "waiting"
    items: Annotated[int, "services done on this ticket"] = 0
    transfers: Annotated[int, "times it went on to another window or service"] = 0
    over: Annotated[str, "reason of a service over its time limit, or empty (R079, R240)"] = ""
    wait_seconds: Annotated[Seconds | None, "issue to first call"] = None
    told_minutes: Annotated[int | None, "minutes of waiting the citizen was told with the number (R242)"] = None
    told_most: Annotated[int | None, "and what nine waits in ten were not to exceed"] = None
    service_seconds: Annotated[
        Seconds | None, "start to end of all its services, without suspensions, faults and power cuts (R082)"
    ] = None


@dataclass(slots=True)
class WindowRow:
    """One stretch of one person at one window: on duty, or away (R046, R073, R176)."""

    day: Day
    window: Window
    staff: Annotated[str, "number of the person on duty"]
    state: Annotated[str, "`duty`: signed in; `paused`: away, inside a duty"]
    began: Began
    ended: Annotated[str | None, "until when; empty: it goes on, or nobody said"] = None
    seconds: Annotated[Seconds | None, "how long"] = None
    reason: Annotated[str, "reason of the pause, or how the duty ended"] = ""
    substitute: Annotated[str, "for a pause: why nobody stood in; for a hand-over: who took the window (R173)"] = ""


@dataclass(slots=True)
class StaffRow:
    """One person's day (R046, R050, R051, R118)."""

    day: Day
    staff: Staff
    department: Department = ""
    duty_seconds: Annotated[Seconds, "signed in, all windows together"] = 0.0
    pauses: Annotated[int, "times away"] = 0
    paused_seconds: Annotated[Seconds, "how long in all"] = 0.0
    calls: Annotated[int, "tickets called"] = 0
    by_hand: Annotated[int, "of these out of order"] = 0
    served: Annotated[int, "services done"] = 0
    missed: Annotated[int, "calls in vain"] = 0
    service_seconds: Annotated[Seconds, "at services, without suspensions, faults and power cuts (R082)"] = 0.0
    over_limit: Annotated[int, "services with a reason for being over the limit"] = 0
    overtime_seconds: Annotated[Seconds, "outside opening hours (R247)"] = 0.0
    handed_over: Annotated[int, "windows handed to another person"] = 0


@dataclass(slots=True)
class RatingRow:
    """Ratings of one person at one window for one service on one day, never a single one (R051, R118, R256).

    While the business day lasts, fewer than five of them are withheld, so that nobody learns who pressed what.
    """

    day: Day
    staff: Annotated[str, "number shown to the citizen at the press"]
    window: Window
    service: Annotated[str, "service rated"]
    source: Annotated[str, "who rated: `citizen` (R257)"] = "citizen"
    channel: Annotated[str, "where: `evaluator`, … (R258)"] = "evaluator"
    invited: Annotated[int, "services that awaited a rating"] = 0
    none: Annotated[int, "not rated; never counted as good (R236)"] = 0
    level_5: Annotated[int | None, "非常满意"] = 0
    level_4: Annotated[int | None, "满意"] = 0
    level_3: Annotated[int | None, "基本满意"] = 0
    level_2: Annotated[int | None, "不满意, bad"] = 0
    level_1: Annotated[int | None, "非常不满意, bad"] = 0
    withheld: Annotated[bool, "fewer than five today: levels are empty"] = False


@dataclass(slots=True)
class DimensionRow:
    """How often one of the eight dimensions was touched after rating one service, once a day is over (R259)."""

    day: Day
    service: Annotated[str, "service rated"]
    dimension: Annotated[
        str, "`discipline`, `appearance`, `conduct`, `attitude`, `language`, `efficiency`, `competence`, `rules`"
    ]
    bad: Annotated[int, "after a bad rating, 不满意 or 非常不满意"] = 0
    other: Annotated[int, "after any other"] = 0


@dataclass(slots=True)
class ForecastRow:
    """How true one service's promised waits were on one day, and what was chosen near closing (R242, R244, R246)."""

    day: Day
    service: Service
    promised: Annotated[int, "tickets with a promise"] = 0
    called: Annotated[int, "of these called by the hall's own order, by clocks that were right"] = 0
    error_seconds: Annotated[Seconds | None, "median of |told - waited| of those"] = None
    kept: Annotated[int, "of those, who did not wait longer than the bound they were told: nine in ten should"] = 0
    shown: Annotated[int, "forecasts shown near closing"] = 0
    waited: Annotated[int, "who took a number then"] = 0
    booked: Annotated[int, "who wanted an appointment then"] = 0
    left: Annotated[int, "who took no number"] = 0


@dataclass(slots=True)
class OvertimeRow:
    """One stretch of overtime; a stretch is in the book once (R247)."""

    day: Day
    staff: Staff
    window: Window
    ticket: Annotated[str, "who was served"]
    began: Began
    ended: Annotated[str, "until when"]
    seconds: Annotated[Seconds, "of these, not counted before"]
    kind: Annotated[str, "of the day: `workday`, `weekend`, `holiday`"] = "workday"
    approved_by: Annotated[str, "who approved work on a day of rest, or empty (R100)"] = ""


@dataclass(slots=True)
class FaultRow:
    """One thing wrong with one part of one device (R068, R082, R187)."""

    day: Annotated[str, "business day on which it began"]
    device: Device
    part: Annotated[str, "part"]
    code: Annotated[str, "what is wrong"]
    began: Began
    ended: Annotated[str | None, "until when; empty: not mended yet"] = None
    seconds: Annotated[Seconds | None, "how long"] = None


@dataclass(slots=True)
class AlarmRow:
    """One call for somebody in charge, and how it was answered; of repairs the call-back (R070, R084, R140, R222)."""

    day: Day
    alarm: Annotated[str, "the record's id"]
    kind: Annotated[str, "what it is about"]
    to: Annotated[str, "who is asked"]
    window: Annotated[int | None, "window, if it is about one"]
    service: Annotated[str, "service, if it is about one"]
    raised: Annotated[str, "when"]
    answered: Annotated[str | None, "when somebody dealt with it"] = None
    answered_by: Annotated[str, "who"] = ""
    action: Annotated[str, "what they did"] = ""
    ended: Annotated[str | None, "when it was over"] = None
    seconds: Annotated[Seconds | None, "raised to answered"] = None
    about: Annotated[str, "device, if it is about one"] = ""
    part: Annotated[str, "its part that is broken, or was last (R253)"] = ""
    code: Annotated[str, "what is or was wrong with it"] = ""
    expected_minutes: Annotated[int, "how long mending was to take, as last said; 0: nobody could say (R088)"] = 0
    called_back: Annotated[str | None, "when whoever asked for a repair was called back after it (R070)"] = None


@dataclass(slots=True)
class PatrolRow:
    """One device's day as a patrol looks at it (R047, R189)."""

    day: Day
    device: Device
    heard: Annotated[int, "records it made: it was on"]
    first: Annotated[str, "first of them"]
    last: Annotated[str, "last of them"]
    selftest: Annotated[str, "last self test: `OK`, `SOON`, `NOW`, or empty (R014, R226)"] = ""
    faults: Annotated[int, "faults that began (R187)"] = 0
    fault_seconds: Annotated[Seconds, "of those that ended"] = 0.0
    help_asked: Annotated[int, "times citizens called for help at it (R021)"] = 0


DatedRow = (
    TicketRow
    | WindowRow
    | StaffRow
    | RatingRow
    | DimensionRow
    | ForecastRow
    | OvertimeRow
    | FaultRow
    | AlarmRow
    | PatrolRow
    | LogRow
    | HandOverRow
    | EventRow
    | CaseRow
    | AttendanceRow
)
Row = DatedRow | ClaimRow | ServiceRow

TABLES: Final[dict[str, type[Row]]] = {
    "tickets": TicketRow,
    "windows": WindowRow,
    "staff": StaffRow,
    "ratings": RatingRow,
    "dimensions": DimensionRow,
    "forecasts": ForecastRow,
    "overtime": OvertimeRow,
    "faults": FaultRow,
    "alarms": AlarmRow,
    "patrol": PatrolRow,
    "log": LogRow,
    "handover": HandOverRow,
    "claims": ClaimRow,
    "events": EventRow,
    "services": ServiceRow,
    "cases": CaseRow,
    "attendance": AttendanceRow,
}


NAMES: Final[dict[type, str]] = {kind: name for name, kind in TABLES.items()}
OneRow = TypeVar("OneRow", bound=Row)


def rows_of(tables: Mapping[str, Sequence[Row]], kind: type[OneRow]) -> list[OneRow]:
    """The rows of the one table that is made of these."""
    return [row for row in tables[NAMES[kind]] if isinstance(row, kind)]


@dataclass(frozen=True, slots=True)
class Field:
    """A column: kind is one of text, integer, number, yes-no; empty: whether it may be."""

    name: str
    kind: str
    empty: bool
    says: str


KINDS: Final = {str: "text", int: "integer", float: "number", bool: "yes-no"}


def fields(table: type[Row]) -> tuple[Field, ...]:
    """The columns of a table, in order."""
    found = []
    for name, hint in get_type_hints(table, include_extras=True).items():
        said, kinds = hint.__metadata__[0], getattr(hint.__origin__, "__args__", (hint.__origin__,))
        (kind,) = (KINDS[one] for one in kinds if one is not type(None))
        found.append(Field(name, kind, type(None) in kinds, said))
    return tuple(found)

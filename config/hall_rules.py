"""What a hall decides for itself: its calendar, its queue, leave, closing, people, load. What each rule means stands in
docs/rules.md; what holds when a hall says nothing, in defaults.toml.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from config.parts import Strict
from config.shapes import Clockface, Date, LocalTime, MaybeText, MonthDay, Name, StaffNumber, Text

WindowNumber = Annotated[int, Field(ge=1, le=999)]
WindowNumbers = Annotated[tuple[WindowNumber, ...], Field(max_length=999)]
Sessions = Annotated[tuple[tuple[Clockface, Clockface], ...], Field(max_length=8)]
Language = Literal["zh", "en", "ug", "bo", "mn"]  # what `Words` carries
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


class Words(Strict):
    """A text in the languages of the hall; Chinese is always there, and stands for what is empty.

    ug: Uyghur, bo: Tibetan, mn: Mongolian in its traditional script.
    """

    zh: Text
    en: MaybeText = ""
    ug: MaybeText = ""
    bo: MaybeText = ""
    mn: MaybeText = ""


# --- calendar ------------------------------------------------------------------------------------------------


class DayRule(Strict):
    """A kind of day. sessions: empty = as on a working day; windows: empty = all of them (R010)."""

    closed: bool = False
    sessions: Sessions = ()
    windows: WindowNumbers = ()


class Calendar(Strict):
    """Which days are what. weekend: which weekdays are rest days (R062). public_holidays: whose table is followed."""

    weekend: Annotated[tuple[Weekday, ...], Field(max_length=7)]
    public_holidays: Literal["none", "china"]
    notice_days: Annotated[int, Field(ge=0, le=60)]  # planned outages are announced so long before (R065)
    table_days: Annotated[int, Field(ge=1, le=120)]  # technicians hear so long before that the holiday table ends
    on_weekend: DayRule = DayRule()
    on_holiday: DayRule = DayRule()


class Season(Strict):
    """A timetable, from this day of every year until the next one's (R116)."""

    name: Name
    begins: MonthDay
    sessions: Annotated[Sessions, Field(min_length=1)]


class SpecialDay(DayRule):
    """One day as the hall decides it, over every table. kind: as which days it counts.

    approved_by: who approved that the hall works though it rests; without it no appointment is made for then (R100).
    """

    date: Date
    kind: Literal["workday", "weekend", "holiday"]
    approved_by: StaffNumber | None = None


class Outage(Strict):
    """A planned closure or maintenance. windows and services empty: the whole hall (R065, R202, R203).

    what: the reason, as citizens read it. elsewhere: windows to go to instead. staff_to: where the staff are meanwhile.
    """

    id: Name
    begins: LocalTime
    ends: LocalTime
    what: Words
    windows: WindowNumbers = ()
    services: Annotated[tuple[Name, ...], Field(max_length=64)] = ()
    elsewhere: Annotated[tuple[WindowNumber, ...], Field(max_length=16)] = ()
    staff_to: Words | None = None


# --- queue ---------------------------------------------------------------------------------------------------


class PriorityClass(Strict):
    """People who come before others by a written rule (R032, R130, R221). rank: 1 before 2. share: calls in a round of
    the weighted policy, where ordinary tickets have one. proof: what staff ask to see; nobody is asked without one.
    """

    id: Name
    name: Words
    rank: Annotated[int, Field(ge=1, le=9)]
    share: Annotated[int, Field(ge=1, le=9)] = 2
    proof: Words | None = None


class Queue(Strict):
    """In which order people are called. ageing_minutes: whoever waited so long comes before later priority tickets."""

    policy: Literal["fcfs", "strict", "weighted", "alternating"]
    ageing_minutes: Annotated[int, Field(ge=1, le=600)]
    reserve: Annotated[int, Field(ge=0, le=500)]  # online numbers of a series kept for priority tickets (R080)
    early_minutes: Annotated[int, Field(ge=0, le=120)]  # an appointment is called at most so long before its time
    late_minutes: Annotated[int, Field(ge=1, le=240)]  # and keeps its right so long after it (R064)
    slot_minutes: Annotated[int, Field(ge=5, le=240)]
    slot_places: Annotated[int, Field(ge=1, le=99)]  # appointments for one service in one slot
    book_days: Annotated[int, Field(ge=1, le=60)]
    classes: Annotated[tuple[PriorityClass, ...], Field(alias="class", max_length=16)]


# --- leave, closing, people, load ----------------------------------------------------------------------------


class Leave(Strict):
    """Leaving a window for a while (R097-R113). reason_minutes: where a reason has its own limit."""

    minutes: Annotated[int, Field(ge=1, le=240)]
    remind_minutes: Annotated[int, Field(ge=0, le=60)]
    most_away: Annotated[int, Field(ge=1, le=99)]  # windows of one counter that may be left at once (R113)
    reason_minutes: Annotated[dict[Name, Annotated[int, Field(ge=1, le=240)]], Field(max_length=16)]
    checklist: Words | None = None  # what to do before one leaves (R016)


class Closing(Strict):
    """After closing time. month_minutes: overtime of one person in a month that is told to the leader (R248)."""

    month_minutes: Annotated[int, Field(ge=1, le=44_640)]
    tidy: Words | None = None  # what to do before one goes home (R098)


class Voice(Strict):
    """What the hall's voice says. languages: of every call, before that of the ticket; yao: the digit 1 is said 幺.

    clear_for: priority classes whose calls are louder and said twice (R033). opening: welcomes when the hall opens.
    closing_minutes: so long before its end the hall is told, 0 never (R243). apology: for what is out of order (R037).
    waited_minutes: whoever waited so long is called with an apology first, 0 nobody (R128).
    """

    languages: Annotated[tuple[Language, ...], Field(max_length=5)]
    yao: bool
    clear_for: tuple[Name, ...]
    opening: bool
    closing_minutes: Annotated[int, Field(ge=0, le=240)]
    waited_minutes: Annotated[int, Field(ge=0, le=480)]
    apology: bool


class People(Strict):
    """Who works where. sign_in: by staff number and PIN, or by card and PIN."""

    sign_in: Literal["number", "card"]
    windows_each: Annotated[int, Field(ge=1, le=9)]  # at which one person may be signed in at once (R172)
    nobody_acts_seconds: Annotated[int, Field(ge=20, le=3600)]  # called, and nobody does anything (R048)
    idle_minutes: Annotated[int, Field(ge=1, le=240)]  # signed in, people wait, nobody is called (R197)
    absent_minutes: Annotated[int, Field(ge=1, le=240)]  # after opening: the leader hears of who is not there
    escalate_minutes: Annotated[int, Field(ge=1, le=480)]  # and then the head of the centre (R171)
    per_window_percent: Annotated[int, Field(ge=100, le=300)]  # people for 100 open windows (R252)
    preshift_minutes: Annotated[int, Field(ge=5, le=10)]  # so long before a session all is to be ready (R013, R090)


class Load(Strict):
    """When a queue is long (R084, R085): an alarm at `long`, over at `short`. warn_minutes: before a time limit."""

    long: Annotated[int, Field(ge=1, le=999)]
    short: Annotated[int, Field(ge=0, le=998)]
    warn_minutes: Annotated[int, Field(ge=0, le=60)]


# --- bad ratings and complaints, power -----------------------------------------------------------------------

Days = Annotated[int, Field(ge=1, le=60)]


class CaseDays(Strict):
    """Working days in which each kind must be done (R069)."""

    bad_rating: Days
    complaint: Days
    report: Days
    suggestion: Days


class Cases(Strict):
    """Bad ratings and complaints (R069, R264). remind_days: so long before its day the supervisor is reminded of a
    case; escalate_days: so long after it the head of the centre is told."""

    days: CaseDays
    remind_days: Annotated[int, Field(ge=0, le=10)]
    escalate_days: Annotated[int, Field(ge=0, le=30)]


class Power(Strict):
    """What is a power cut (R283): so many devices gone within so many seconds. voucher_days: so long whoever was kept
    waiting may come earlier, once, as a priority class of this rank (R285)."""

    devices: Annotated[int, Field(ge=2, le=999)]
    seconds: Annotated[int, Field(ge=5, le=300)]
    voucher_days: Annotated[int, Field(ge=1, le=30)]
    voucher_rank: Annotated[int, Field(ge=2, le=9)]

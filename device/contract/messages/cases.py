"""The records of bad ratings and complaints: the supervisor's protected list, in the book and nowhere else (R261-R264).

They name who was rated, so they never travel: the coordinator makes them and its book keeps them. No citizen is named:
who gave a name is kept where they gave it, under `ref`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from annotated_types import Ge, Le, MaxLen

from device.contract.messages.values import (
    Day,
    MaybeDay,
    MaybeName,
    MaybeStaff,
    MaybeStamp,
    MaybeTicket,
    MaybeUuid,
    MaybeWindow,
    Name,
    Pattern,
    Staff,
    Stamp,
    Text,
    Uuid,
)

CaseKind = Literal["bad-rating", "complaint", "report", "suggestion"]
Source = Literal["citizen", "self", "superior", "third-party"]  # R257: never mixed in one figure
Channel = Literal[  # R138, R258, R265
    "evaluator", "qr", "web", "app", "sms", "phone", "hotline", "box", "e-mail", "letter", "desk"
]
CaseState = Literal["open", "assigned", "verified", "unfounded", "rectified", "fed-back"]
Step = Literal[
    "assigned", "verified", "unfounded", "rectified", "fed-back", "answered", "called-back", "reminded", "rechecked",
    "again",
]  # fmt: skip
Ref = Annotated[str, Pattern(r"[A-Za-z0-9./_-]{0,40}")]


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What a case is about. of: the record it came from. ref: its number where it came from, as at the 12345 hotline.

    level: the rating's, 0 without one. named: somebody gave their name and is owed an answer (R262). window, staff,
    device: to whom it belongs (R260). about: in the supervisor's words, nobody's name in them.
    """

    kind: CaseKind
    source: Source
    channel: Channel
    of: MaybeUuid = ""
    ref: Ref = ""
    level: Annotated[int, Ge(0), Le(5)] = 0
    tags: Annotated[tuple[Name, ...], MaxLen(8)] = ()
    named: bool = False
    ticket: MaybeTicket = ""
    service: MaybeName = ""
    window: MaybeWindow = 0
    staff: MaybeStaff = ""
    device: MaybeName = ""
    about: Text = ""


@dataclass(frozen=True, slots=True)
class CaseOpened:
    """Somebody is owed an answer, until `due`; this record's id is the case's. by: who registered it, if a person."""

    type: ClassVar[str] = "case.opened"
    facts: CaseFacts
    due: Day
    by: MaybeStaff = ""


@dataclass(frozen=True, slots=True)
class CaseMoved:
    """A step of a case, by whom (R263, R264). to: to whom it is assigned. note: what was found, done or said.

    unfounded, again: what was verified was not so; what was re-checked is not well and begins anew, until `due`.
    """

    type: ClassVar[str] = "case.moved"
    case: Uuid
    step: Step
    staff: Staff
    to: MaybeStaff = ""
    note: Text = ""
    due: MaybeDay = ""


@dataclass(frozen=True, slots=True)
class CaseCarried:
    """An open case as it stands, written again before the book's beginning is read no more."""

    type: ClassVar[str] = "case.carried"
    case: Uuid
    opened: Stamp
    facts: CaseFacts
    due: Day
    state: CaseState
    to: MaybeStaff = ""
    answered: MaybeStamp = ""
    moved: MaybeStamp = ""

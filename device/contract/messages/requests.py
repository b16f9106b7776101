"""What a hall takes in although nobody can serve it now: a request, and how to reach whoever made it, if they wish."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, ClassVar, Literal

from annotated_types import MaxLen

from device.contract.messages.parts import Person
from device.contract.messages.values import SECRET, Code, Day, Lang, MaybeDay, MaybeStaff, Name, Pattern, Staff, Uuid


@dataclass(frozen=True, slots=True)
class RequestRegistered:
    """A kiosk took a request in: a home visit (R066), or what no window can serve now (R160). Nobody is named by it.

    code: what its slip says, and by which whoever made it asks for it. guide: who registered it for them (R220).
    """

    type: ClassVar[str] = "request.registered"
    code: Code
    service: Name
    kind: Literal["home-visit", "unserved"]
    lang: Lang = "zh"
    guide: MaybeStaff = ""


@dataclass(frozen=True, slots=True)
class ConsentGiven:
    """Whoever made the request agreed that their number is kept: for what, and until when (R245, R279).

    Committed together with the number and before it counts; the number itself is in no record.
    """

    type: ClassVar[str] = "consent.given"
    code: Code
    purpose: Literal["call-back"]
    until: Day
    kiosk: Name


@dataclass(frozen=True, slots=True)
class RequestClosed:
    """The request is settled, or its time is over; from now on no number is kept for it. staff "": its time is over."""

    type: ClassVar[str] = "request.closed"
    code: Code
    staff: MaybeStaff = ""


@dataclass(frozen=True, slots=True)
class AskContact:
    """Call me back about my request: said with consent alone. The number is never recorded and never logged."""

    type: ClassVar[str] = "ask.contact"
    code: Code
    contact: Annotated[str, Pattern(r"[0-9]{5,20}"), SECRET] = field(repr=False)


@dataclass(frozen=True, slots=True)
class AnswerContact:
    """Kept until that day, or not at all."""

    type: ClassVar[str] = "answer.contact"
    to: Uuid
    outcome: Literal["kept", "refused"]
    until: MaybeDay = ""


@dataclass(frozen=True, slots=True)
class AskGuide:
    """May this person help at this kiosk? The PIN travels only inside TLS and is never recorded (R220)."""

    type: ClassVar[str] = "ask.guide"
    staff: Staff
    pin: Annotated[str, MaxLen(64), SECRET] = field(repr=False)


@dataclass(frozen=True, slots=True)
class AnswerGuide:
    """Yes, with who it is, or no."""

    type: ClassVar[str] = "answer.guide"
    to: Uuid
    outcome: Literal["welcome", "refused", "locked"]
    person: Person | None = None

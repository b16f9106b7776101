"""What several messages share: words, a person, a fault; and what a device says of itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from annotated_types import Ge, Le, MaxLen

from device.contract.messages.values import (
    Day,
    Hash,
    MaybeName,
    MaybeUuid,
    Name,
    Series,
    Staff,
    Stamp,
    Text,
    Ticket,
    Uuid,
)


@dataclass(frozen=True, slots=True)
class Words:
    """A text in the languages of the hall; Chinese is always there, and stands for what is empty."""

    zh: Text
    en: Text = ""
    ug: Text = ""
    bo: Text = ""
    mn: Text = ""


@dataclass(frozen=True, slots=True)
class Person:
    """Who is on duty, as citizens may see it (R006, R124, R159)."""

    number: Staff
    name: Annotated[str, MaxLen(40)]
    stars: Annotated[int, Ge(0), Le(5)] = 0
    duty: Annotated[str, MaxLen(40)] = ""
    photo: Annotated[str, MaxLen(80)] = ""


@dataclass(frozen=True, slots=True)
class Invitation:
    """A service that awaits its rating: one ticket, one service, one person, one window."""

    id: Uuid
    ticket: Ticket
    service: MaybeName
    person: Person
    until: Stamp


@dataclass(frozen=True, slots=True)
class FaultNote:
    """One thing wrong with a device: which part, since when, who mends it.

    urgency: `soon` is no fault yet; a device with nothing worse is ready.
    """

    part: Name
    code: Name
    since: Stamp
    mender: Literal["staff", "technician"]
    urgency: Literal["now", "soon"] = "now"


@dataclass(frozen=True, slots=True)
class Block:
    """Numbers first..last of one series and day, given to one kiosk alone."""

    series: Series
    day: Day
    first: Annotated[int, Ge(1), Le(999)]
    last: Annotated[int, Ge(1), Le(999)]


@dataclass(frozen=True, slots=True)
class DeviceState:
    """What a device says of itself, retained; the broker says `offline` for it when it is gone."""

    type: ClassVar[str] = "device.state"
    role: Literal["kiosk", "board", "window", "evaluator", "coordinator"]
    version: Annotated[str, MaxLen(40)]
    boot: MaybeUuid
    status: Literal["ready", "fault", "offline"]
    faults: Annotated[tuple[FaultNote, ...], MaxLen(32)] = ()
    config: Hash = ""
    theme: Hash = ""

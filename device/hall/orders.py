"""What the office may order of the coordinator on its own machine: lists, steps of cases, vouchers, attendance.

Shapes like the wire's, so the same bounds hold; nothing of it travels on the wire.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar, Final, Literal, get_args

from annotated_types import MaxLen

from device.contract.messages import (
    CaseFacts,
    Code,
    Day,
    MaybeDay,
    MaybeNumber,
    MaybeStaff,
    Pattern,
    Staff,
    Stamp,
    Text,
)
from device.contract.messages.cases import Step

CaseId = Annotated[str, Pattern(r"[0-9a-f-]{4,36}")]  # a case's id, or the end of it


@dataclass(frozen=True, slots=True)
class ListCases:
    """The work list; every: what is done too."""

    type: ClassVar[str] = "cases.list"
    every: bool = False


@dataclass(frozen=True, slots=True)
class OpenCase:
    """A complaint, report or suggestion that came by another way than a device (R138, R265). due: the sender's own."""

    type: ClassVar[str] = "cases.open"
    facts: CaseFacts
    due: MaybeDay = ""


@dataclass(frozen=True, slots=True)
class MoveCase:
    """The next step of a case."""

    type: ClassVar[str] = "cases.move"
    case: CaseId
    step: Step
    to: MaybeStaff = ""
    note: Text = ""


@dataclass(frozen=True, slots=True)
class ListVouchers:
    """The register of who was kept waiting by a power cut; number: of this ticket alone."""

    type: ClassVar[str] = "vouchers.list"
    number: MaybeNumber = ""


@dataclass(frozen=True, slots=True)
class Attended:
    """One event of the attendance system."""

    staff: Staff
    day: Day
    event: Literal["morning-in", "morning-out", "afternoon-in", "afternoon-out"]
    noted: Stamp


@dataclass(frozen=True, slots=True)
class ImportAttendance:
    """Events of the attendance system, as its file has them (R114)."""

    type: ClassVar[str] = "attendance.import"
    events: Annotated[tuple[Attended, ...], MaxLen(200)]


@dataclass(frozen=True, slots=True)
class ListRequests:
    """What was registered and is not settled, and whom to call back (R160)."""

    type: ClassVar[str] = "requests.list"


@dataclass(frozen=True, slots=True)
class CloseRequest:
    """A request is settled: its phone number is deleted (R279)."""

    type: ClassVar[str] = "requests.close"
    code: Code


Order = ListCases | OpenCase | MoveCase | ListVouchers | ImportAttendance | ListRequests | CloseRequest
ORDERS: Final[dict[str, type[Order]]] = {kind.type: kind for kind in get_args(Order)}

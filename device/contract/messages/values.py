"""The bounded values of which every message is made: a number, a day, a name, a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from annotated_types import Ge, Le, MaxLen


@dataclass(frozen=True, slots=True)
class Pattern:
    """The whole text must match this regular expression."""

    regex: str


@dataclass(frozen=True, slots=True)
class Secret:
    """The field must not appear in a log, a recording or an error."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """Not digits alone: the text, or the first eight digits of a ticket, is a real day or instant."""

    of: Literal["day", "instant", "ticket"]


SECRET = Secret()
Name = Annotated[str, Pattern(r"[a-z][a-z0-9-]{0,31}")]  # device, service, zone, part, reason, fault code
Uuid = Annotated[str, Pattern(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")]
MaybeUuid = Annotated[str, Pattern(r"([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})?")]
_INSTANT = r"2\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d:\d\d"
Stamp = Annotated[str, Pattern(_INSTANT), Calendar("instant")]  # RFC 3339 with offset
MaybeStamp = Annotated[str, Pattern(f"({_INSTANT})?"), Calendar("instant")]
Day = Annotated[str, Pattern(r"2\d{3}-\d\d-\d\d"), Calendar("day")]  # business day, hall time
MaybeDay = Annotated[str, Pattern(r"(2\d{3}-\d\d-\d\d)?"), Calendar("day")]
Series = Annotated[str, Pattern(r"[A-Z]")]
Number = Annotated[str, Pattern(r"[A-Z]\d{3}")]  # what is printed and called
MaybeNumber = Annotated[str, Pattern(r"([A-Z]\d{3})?")]
Ticket = Annotated[str, Pattern(r"2\d{7}-[A-Z]\d{3}"), Calendar("ticket")]  # business day and number: unique for ever
MaybeTicket = Annotated[str, Pattern(r"(2\d{7}-[A-Z]\d{3})?"), Calendar("ticket")]
Staff = Annotated[str, Pattern(r"[A-Za-z0-9]{1,12}")]
MaybeStaff = Annotated[str, Pattern(r"[A-Za-z0-9]{0,12}")]
MaybeName = Annotated[str, Pattern(r"([a-z][a-z0-9-]{0,31})?")]
Window = Annotated[int, Ge(1), Le(999)]
MaybeWindow = Annotated[int, Ge(0), Le(999)]
Count = Annotated[int, Ge(0), Le(100_000)]
Seq = Annotated[int, Ge(0), Le(2**53)]
Text = Annotated[str, MaxLen(200)]
Code = Annotated[str, Pattern(r"\d{6}")]  # an appointment's
CaseNumber = Annotated[str, Pattern(r"[0-9A-Z][0-9A-Z-]{3,31}")]  # of the hall's business system
MaybeCode = Annotated[str, Pattern(r"(\d{6})?")]
VoucherCode = Annotated[str, Pattern(r"\d{12}")]  # after a power cut
MaybeVoucher = Annotated[str, Pattern(r"(\d{12})?")]
Hash = Annotated[str, Pattern(r"[0-9a-f]{0,64}")]
Lang = Annotated[str, Pattern(r"[a-z]{2,3}")]
Level = Annotated[int, Ge(1), Le(5)]  # 5 非常满意, 4 满意, 3 基本满意, 2 不满意, 1 非常不满意 (R256)


def ticket_of(day: str, number: str) -> str:
    """The ticket's identity: `2026-11-21`, `A012` -> `20261121-A012`."""
    return f"{day.replace('-', '')}-{number}"

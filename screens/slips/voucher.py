"""The voucher for whom the power cut kept waiting: one visit with priority, by number, used once (R285)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Final, Literal

from annotated_types import MaxLen, MinLen

from screens.document import Block, Document, Feed, Line, Qr, Rule
from screens.slips import frame
from screens.slips.shapes import MaybeShort, Short

TEMPLATE: Final = "voucher"
Token = Annotated[str, MinLen(1), MaxLen(100)]


@dataclass(frozen=True, slots=True)
class VoucherFacts:
    """number, service, day: of the ticket that was not served. code: what the QR code says, worth one visit;
    digits: the same to be keyed in, empty: as it is.

    until: the last day it counts; None, without end. It names no person: whoever holds the paper has the priority.
    """

    hall: Short
    number: Token
    service: Short
    day: date
    reason: Literal["power", "fault"]
    code: Token
    until: date | None = None
    phone: MaybeShort = ""
    reprint: bool = False
    digits: MaybeShort = ""


def compose(facts: VoucherFacts) -> Document:
    """One copy."""
    return frame.one_copy(TEMPLATE, facts.reprint, _body(facts))


def _body(facts: VoucherFacts) -> Iterator[Block]:
    yield Line(facts.hall, align="center", bold=True)
    yield Line(frame.say(TEMPLATE, facts.reason))
    yield Line(frame.say(TEMPLATE, "promise"), bold=True)
    yield Rule()
    yield Line(frame.say(TEMPLATE, "number"), align="center")
    yield Line(facts.number, 4, "center", bold=True)
    yield frame.two_ends(TEMPLATE, "service", facts.service)
    yield frame.two_ends(TEMPLATE, "day", frame.day(TEMPLATE, facts.day))
    if facts.until is not None:
        yield frame.two_ends(TEMPLATE, "until", frame.day(TEMPLATE, facts.until))
    yield frame.two_ends(TEMPLATE, "code", facts.digits or facts.code)
    yield from (Feed(), Qr(facts.code), Feed())
    yield Line(frame.say(TEMPLATE, "once"), align="center")
    if facts.phone:
        yield from frame.field(TEMPLATE, "phone", facts.phone)

"""Form E, 受理通知书: the application is taken, what was received, when it will be done, where the result is.

Rows R134, R211, R213, R229, R269, R275, R276.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Final, Literal

from annotated_types import MaxLen

from screens.document import Block, Document, Line
from screens.slips import frame
from screens.slips.shapes import Code, Long, MaybeLong, MaybeShort, Office, Short, WorkingDays

TEMPLATE: Final = "acceptance"


@dataclass(frozen=True, slots=True)
class AcceptanceFacts:
    """case: the case's serial number. deadline_days: working days, 0 at once; due: the last of them, if known.

    receiver: who took the papers in. pickup_window, address: where the result is fetched, or sent. qr: to follow it.
    """

    office: Office
    case: Short
    applicant: Short = field(repr=False)
    contact: MaybeShort = field(repr=False)
    item: Short
    materials: Annotated[tuple[Long, ...], MaxLen(40)]
    received: date
    deadline_days: WorkingDays
    receiver: Short
    delivery: Literal["window", "post"]
    due: date | None = None
    pickup_window: MaybeShort = ""
    address: MaybeLong = field(default="", repr=False)
    qr: Code = ""
    reprint: bool = False


def compose(facts: AcceptanceFacts) -> Document:
    """Two copies."""
    return frame.two_copies(TEMPLATE, facts.reprint, lambda: _body(facts))


def _body(facts: AcceptanceFacts) -> Iterator[Block]:
    yield from frame.application(TEMPLATE, facts)
    yield from frame.section(TEMPLATE, "materials", facts.materials)
    limit = frame.days(TEMPLATE, facts.deadline_days)
    counted = frame.say(TEMPLATE, "counted") if facts.deadline_days else ""
    yield Line(f"{frame.say(TEMPLATE, 'deadline')}：{counted}{limit}", bold=True)
    if facts.due is not None:
        yield from frame.field(TEMPLATE, "due", frame.day(TEMPLATE, facts.due))
    fetched = facts.delivery == "window"
    ways = (
        frame.box(fetched, frame.say(TEMPLATE, "at_window")),
        frame.box(not fetched, frame.say(TEMPLATE, "by_post")),
    )
    yield from frame.field(TEMPLATE, "delivery", "  ".join(ways))
    yield from frame.field(TEMPLATE, "pickup", facts.pickup_window if fetched else "")
    yield from frame.field(TEMPLATE, "address", "" if fetched else facts.address)
    yield from frame.code(TEMPLATE, "track", facts.qr)
    yield from frame.office(TEMPLATE, facts.office)
    yield from frame.field(TEMPLATE, "receiver", facts.receiver)
    yield from frame.signatures(TEMPLATE, facts.office)

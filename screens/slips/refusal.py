"""Form F, 不予受理通知书: the application is not taken, why, who may, and what can be done about it.

Rows R135, R162, R211, R230, R277.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal

from screens.document import Block, Document, Line
from screens.slips import frame
from screens.slips.shapes import Long, MaybeLong, MaybeShort, Office, Short

TEMPLATE: Final = "refusal"
GROUNDS: Final = ("not_needed", "not_ours", "other")


@dataclass(frozen=True, slots=True)
class RefusalFacts:
    """grounds: which of the form's three boxes. reason: in full, always. elsewhere: who may take it instead."""

    office: Office
    case: MaybeShort
    applicant: Short = field(repr=False)
    contact: MaybeShort = field(repr=False)
    item: Short
    received: date
    grounds: Literal["not_needed", "not_ours", "other"]
    reason: Long
    elsewhere: MaybeLong = ""
    reprint: bool = False


def compose(facts: RefusalFacts) -> Document:
    """Two copies."""
    return frame.two_copies(TEMPLATE, facts.reprint, lambda: _body(facts))


def _body(facts: RefusalFacts) -> Iterator[Block]:
    yield from frame.application(TEMPLATE, facts)
    yield Line(frame.say(TEMPLATE, "grounds"), bold=True)
    yield from (Line(frame.box(facts.grounds == ground, frame.say(TEMPLATE, ground))) for ground in GROUNDS)
    yield Line(frame.say(TEMPLATE, "reason"), bold=True)
    yield Line(facts.reason)
    yield from frame.field(TEMPLATE, "elsewhere", facts.elsewhere)
    yield Line(frame.say(TEMPLATE, "remedy"))
    yield from frame.office(TEMPLATE, facts.office)
    yield from frame.signatures(TEMPLATE, facts.office)

"""Form G, 一次性告知书: everything that is still needed, told once; each material with its own check boxes.

Rows R040, R136, R164, R182, R231, R277, R278.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Final

from annotated_types import MaxLen, MinLen

from screens.document import Block, Document, Line
from screens.slips import frame
from screens.slips.shapes import Long, MaybeLong, MaybeShort, Office, Short, WorkingDays

TEMPLATE: Final = "supplement"


@dataclass(frozen=True, slots=True)
class Needed:
    """One material. incomplete, nonconforming: its two boxes. how: what is to be done about it."""

    material: Short
    incomplete: bool
    nonconforming: bool
    how: MaybeLong = ""


@dataclass(frozen=True, slots=True)
class SupplementFacts:
    """within_days: working days in which to bring it. late: what happens after that."""

    office: Office
    case: MaybeShort
    applicant: Short = field(repr=False)
    contact: MaybeShort = field(repr=False)
    item: Short
    received: date
    needed: Annotated[tuple[Needed, ...], MinLen(1), MaxLen(40)]
    within_days: WorkingDays
    late: Long
    reprint: bool = False


def compose(facts: SupplementFacts) -> Document:
    """Two copies."""
    return frame.two_copies(TEMPLATE, facts.reprint, lambda: _body(facts))


def _body(facts: SupplementFacts) -> Iterator[Block]:
    yield from frame.application(TEMPLATE, facts)
    for n, needed in enumerate(facts.needed, 1):
        yield Line(f"{n}. {needed.material}", bold=True)
        boxes = (
            frame.box(needed.incomplete, frame.say(TEMPLATE, "incomplete")),
            frame.box(needed.nonconforming, frame.say(TEMPLATE, "nonconforming")),
        )
        yield Line("  ".join(boxes))
        yield from frame.field(TEMPLATE, "how", needed.how)
    yield Line(frame.say(TEMPLATE, "count", count=len(facts.needed)))
    yield from frame.field(TEMPLATE, "within", frame.say(TEMPLATE, "within_value", days=facts.within_days))
    yield from frame.field(TEMPLATE, "late", facts.late)
    yield from frame.office(TEMPLATE, facts.office)
    yield from frame.signatures(TEMPLATE, facts.office)

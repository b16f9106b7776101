"""一次性（咨询）告知单: conditions, materials, procedure and promised time of one item, told once; rows R039, R239."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Final

from annotated_types import MaxLen

from screens.document import Block, Document
from screens.slips import frame
from screens.slips.shapes import Code, Long, MaybeLong, Office, Points, Short, WorkingDays

TEMPLATE: Final = "consult"


@dataclass(frozen=True, slots=True)
class ConsultFacts:
    """fee: "" costs nothing. guide: link to the service guide, as a QR code."""

    office: Office
    item: Short
    conditions: Annotated[tuple[Long, ...], MaxLen(40)]
    materials: Points
    procedure: Points
    deadline_days: WorkingDays
    fee: MaybeLong = ""
    guide: Code = ""
    reprint: bool = False


def compose(facts: ConsultFacts) -> Document:
    """One copy: it is the citizen's."""
    return frame.one_copy(TEMPLATE, facts.reprint, _body(facts))


def _body(facts: ConsultFacts) -> Iterator[Block]:
    yield from frame.field(TEMPLATE, "item", facts.item)
    yield from frame.section(TEMPLATE, "conditions", facts.conditions)
    yield from frame.section(TEMPLATE, "materials", facts.materials)
    yield from frame.section(TEMPLATE, "procedure", facts.procedure)
    yield from frame.field(TEMPLATE, "deadline", frame.days(TEMPLATE, facts.deadline_days))
    yield from frame.field(TEMPLATE, "fee", facts.fee or frame.say(TEMPLATE, "free"))
    yield from frame.code(TEMPLATE, "guide", facts.guide)
    yield from frame.office(TEMPLATE, facts.office)
    yield from frame.signatures(TEMPLATE, facts.office, applicant=False)

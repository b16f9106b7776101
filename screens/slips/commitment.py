"""告知承诺书: what the law asks, told once, and what the applicant pledges instead of proving it; row R249."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from screens.document import Block, Document, Line
from screens.slips import frame
from screens.slips.shapes import Long, MaybeShort, Office, Points, Short

TEMPLATE: Final = "commitment"


@dataclass(frozen=True, slots=True)
class CommitmentFacts:
    """told, pledged: the item's own points, word for word. consequence: of a pledge that is not true."""

    office: Office
    applicant: Short = field(repr=False)
    contact: MaybeShort = field(repr=False)
    item: Short
    told: Points
    pledged: Points
    consequence: Long
    reprint: bool = False


def compose(facts: CommitmentFacts) -> Document:
    """Two copies."""
    return frame.two_copies(TEMPLATE, facts.reprint, lambda: _body(facts))


def _body(facts: CommitmentFacts) -> Iterator[Block]:
    yield from frame.field(TEMPLATE, "applicant", facts.applicant)
    yield from frame.field(TEMPLATE, "contact", facts.contact)
    yield from frame.field(TEMPLATE, "item", facts.item)
    yield from frame.section(TEMPLATE, "told", facts.told)
    yield from frame.section(TEMPLATE, "pledged", facts.pledged)
    yield Line(frame.say(TEMPLATE, "consequence"), bold=True)
    yield Line(facts.consequence)
    yield Line(frame.say(TEMPLATE, "pledge"))
    yield from frame.office(TEMPLATE, facts.office)
    yield from frame.signatures(TEMPLATE, facts.office)

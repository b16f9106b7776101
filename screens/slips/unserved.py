"""The list of numbers not yet served, by service, to go on with by hand (R038) or to hand over (R285)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Final, Literal

from annotated_types import MaxLen, MinLen

from screens.document import Block, Document, Feed, Line, Rule
from screens.slips import frame
from screens.slips.shapes import MaybeShort, Short

TEMPLATE: Final = "unserved"
Number = Annotated[str, MinLen(1), MaxLen(20)]


@dataclass(frozen=True, slots=True)
class Waiting:
    """One service, and the numbers that wait for it, in the order in which they would be called."""

    service: Short
    numbers: Annotated[tuple[Number, ...], MaxLen(999)]


@dataclass(frozen=True, slots=True)
class UnservedFacts:
    """printed: hall time, "2026-11-21 10:40", or "" if no clock can be trusted. Numbers only, nobody's name."""

    hall: Short
    reason: Literal["power", "fault", "closing"]
    printed: MaybeShort
    services: Annotated[tuple[Waiting, ...], MaxLen(64)]
    reprint: bool = False


def compose(facts: UnservedFacts) -> Document:
    """One copy."""
    return frame.one_copy(TEMPLATE, facts.reprint, _body(facts))


def _body(facts: UnservedFacts) -> Iterator[Block]:
    yield Line(facts.hall, align="center")
    yield Line(frame.say(TEMPLATE, facts.reason))
    yield from frame.field(TEMPLATE, "printed", facts.printed)
    total = 0
    for waiting in facts.services:
        if waiting.numbers:
            total += len(waiting.numbers)
            yield Rule()
            count = len(waiting.numbers)
            yield Line(frame.say(TEMPLATE, "service", service=waiting.service, count=count), bold=True)
            yield Line("  ".join(waiting.numbers))
    yield Rule()
    if total:
        yield frame.two_ends(TEMPLATE, "total", frame.say(TEMPLATE, "total_value", count=total))
    else:
        yield Line(frame.say(TEMPLATE, "none"))
    yield from (Feed(), Line(frame.say(TEMPLATE, "handover")), Feed())

"""The notice to put on the door when the hall cannot go on today, as after a power cut (R284): ready, in large letters.

What the people who wait should do stands on it: their numbers are registered, and they come earlier next time (R285).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from screens.document import Block, Document, Feed, Line, Rule
from screens.slips import frame
from screens.slips.shapes import MaybeShort, Short

TEMPLATE: Final = "notice"


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """since, until: hall time, as people say it; until "" is not known yet. elsewhere: where urgent business is done.

    registered: the numbers of today are on the register, and their holders come earlier next time.
    """

    hall: Short
    reason: Literal["power", "fault", "closing"]
    since: Short
    until: MaybeShort = ""
    elsewhere: MaybeShort = ""
    phone: MaybeShort = ""
    registered: bool = True
    reprint: bool = False


def compose(facts: NoticeFacts) -> Document:
    """One copy."""
    return frame.one_copy(TEMPLATE, facts.reprint, _body(facts))


def _body(facts: NoticeFacts) -> Iterator[Block]:
    yield Line(facts.hall, 2, "center", bold=True)
    yield Feed()
    yield Line(frame.say(TEMPLATE, facts.reason), 2, bold=True)
    yield Line(frame.say(TEMPLATE, f"{facts.reason}_en"))
    yield Feed()
    yield from frame.field(TEMPLATE, "since", facts.since)
    yield from frame.field(TEMPLATE, "until", facts.until or frame.say(TEMPLATE, "unknown"))
    if facts.registered:
        yield Rule()
        yield Line(frame.say(TEMPLATE, "registered"), 2)
        yield Line(frame.say(TEMPLATE, "registered_en"))
    if facts.elsewhere or facts.phone:
        yield Rule()
        yield from frame.field(TEMPLATE, "elsewhere", facts.elsewhere)
        yield from frame.field(TEMPLATE, "phone", facts.phone)
    yield from (Feed(), Line(frame.say(TEMPLATE, "sorry")), Feed())

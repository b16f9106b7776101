"""承诺办结通知单: by when the hall promises to be done, in writing; rows R161, R163."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from screens.document import Block, Document, Line
from screens.slips import frame
from screens.slips.shapes import Office, Short, WorkingDays

TEMPLATE: Final = "promise"


@dataclass(frozen=True, slots=True)
class PromiseFacts:
    """deadline_days: working days from `accepted`; due: the last of them."""

    office: Office
    case: Short
    applicant: Short = field(repr=False)
    item: Short
    accepted: date
    deadline_days: WorkingDays
    due: date
    reprint: bool = False


def compose(facts: PromiseFacts) -> Document:
    """One copy."""
    return frame.one_copy(TEMPLATE, facts.reprint, _body(facts))


def _body(facts: PromiseFacts) -> Iterator[Block]:
    yield from frame.field(TEMPLATE, "case", facts.case)
    yield from frame.field(TEMPLATE, "applicant", facts.applicant)
    yield from frame.field(TEMPLATE, "item", facts.item)
    yield from frame.field(TEMPLATE, "accepted", frame.day(TEMPLATE, facts.accepted))
    yield Line(frame.say(TEMPLATE, "opening"))
    yield Line(f"{frame.say(TEMPLATE, 'deadline')}：{frame.days(TEMPLATE, facts.deadline_days)}", bold=True)
    yield Line(f"{frame.say(TEMPLATE, 'due')}：{frame.day(TEMPLATE, facts.due)}", bold=True)
    yield Line(frame.say(TEMPLATE, "late"))
    yield from frame.office(TEMPLATE, facts.office)
    yield from frame.signatures(TEMPLATE, facts.office, applicant=False)

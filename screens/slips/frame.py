"""What all forms have in common: head, fields, check boxes, signatures, and two copies of everything."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Protocol

from screens.document import Block, Cut, Document, Feed, Line, Pair, Qr, Rule
from screens.slips.shapes import Office, words

TICKED, BLANK = "■", "□"  # both are in the ROM of every Chinese printer


class Application(Protocol):
    """What every form that answers an application says of it."""

    @property
    def case(self) -> str: ...
    @property
    def applicant(self) -> str: ...
    @property
    def contact(self) -> str: ...
    @property
    def item(self) -> str: ...
    @property
    def received(self) -> date: ...


def say(template: str, key: str, **blanks: object) -> str:
    """A phrase of this template, or of all; its blanks filled."""
    own, common = words()[template], words()["common"]
    return (own[key] if key in own else common[key]).format(**blanks)


def two_copies(template: str, reprint: bool, body: Callable[[], Iterator[Block]]) -> Document:
    """The form twice, for the applicant and for the file, each cut off (R277)."""
    blocks: list[Block] = []
    for copy in ("served", "filed"):
        mark = f"{say(template, copy)} {say(template, copy + '_en')}"
        blocks += [Line(mark, align="right"), *head(template, reprint), *body()]
        blocks += [Line(say(template, "copies")), Cut()]
    return Document(template, tuple(blocks))


def one_copy(template: str, reprint: bool, body: Iterator[Block]) -> Document:
    """A slip that is not filed."""
    return Document(template, (*head(template, reprint), *body, Cut()))


def head(template: str, reprint: bool) -> Iterator[Block]:
    """The title in both languages; a reprint says so first and large."""
    if reprint:
        yield Line(say(template, "reprint"), 2, "center", bold=True)
        yield Line(say(template, "reprint_note"), align="center")
    yield Line(say(template, "title"), 2, "center", bold=True)
    yield Line(say(template, "title_en"), align="center")
    yield Rule()


def field(template: str, key: str, value: str) -> Iterator[Block]:
    """Label and value; nothing if there is no value."""
    if value:
        yield Line(f"{say(template, key)}：{value}")


def application(template: str, facts: Application) -> Iterator[Block]:
    """Which application the form answers, and the sentence it begins with."""
    yield from field(template, "case", facts.case)
    yield from field(template, "applicant", facts.applicant)
    yield from field(template, "contact", facts.contact)
    yield from field(template, "item", facts.item)
    yield from field(template, "received", day(template, facts.received))
    yield Line(say(template, "opening"))


def numbered(points: tuple[str, ...]) -> Iterator[Block]:
    """A list, its points counted."""
    yield from (Line(f"{n}. {point}") for n, point in enumerate(points, 1))


def section(template: str, key: str, points: tuple[str, ...]) -> Iterator[Block]:
    """A heading and its list; nothing if the list is empty."""
    if points:
        yield Line(say(template, key), bold=True)
        yield from numbered(points)


def box(ticked: bool, text: str) -> str:
    """A check box with its text."""
    return f"{TICKED if ticked else BLANK} {text}"


def day(template: str, when: date) -> str:
    """The date in full."""
    return say(template, "date", year=when.year, month=when.month, day=when.day)


def days(template: str, count: int) -> str:
    """A time limit in working days; none is at once."""
    return say(template, "working_days", days=count) if count else say(template, "on_the_spot")


def code(template: str, key: str, text: str) -> Iterator[Block]:
    """A QR code with the line that says what it is for."""
    if text:
        yield from (Feed(), Qr(text), Feed(), Line(say(template, key), align="center"))


def office(template: str, facts: Office) -> Iterator[Block]:
    """Who issued it, and whom to ask."""
    yield Rule()
    yield from field(template, "department", facts.department)
    yield from field(template, "window", say(template, "window_value", window=facts.window) if facts.window else "")
    yield from field(template, "officer", facts.officer)
    yield from field(template, "phone", facts.phone)
    yield from field(template, "complaints", facts.complaint_phone)


def signatures(template: str, facts: Office, *, applicant: bool = True) -> Iterator[Block]:
    """Where people sign, and the hall's seal."""
    if applicant:
        yield from (Feed(), Line(say(template, "sign_applicant")))
    yield from (Feed(), Line(say(template, "sign_officer")), Feed())
    yield Line(facts.hall + say(template, "seal"), align="right")
    yield Line(day(template, facts.issued), align="right")
    yield Feed()


def two_ends(template: str, key: str, value: str) -> Pair:
    """Label at the left edge, short value at the right one."""
    return Pair(say(template, key), value)

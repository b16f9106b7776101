"""The ticket: what the citizen is told on paper, as a document any pen can write.

Chinese comes first; for a citizen who chose another language the same facts follow in it (R059). What is not known
(people ahead, minutes, the time of day) is left out or said to be unknown, never made up (R056).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from screens.document import Block, Cut, Document, Feed, Line, Pair, Qr, Rule
from screens.views import Bilingual, Clockface

SOURCE = "zh"


@dataclass(frozen=True, slots=True)
class TicketFacts:
    """What one ticket says.

    ahead, minutes: None when the coordinator could not be heard. issued: hall time, "2026-11-21 09:30", and whether
    the clock can be trusted. attempts: calls before a number counts as missed (R267). qr: what the code says; ""
    prints none. complaint_phone: "" prints none. reprint: this number may be on another paper already (R277). most:
    minutes that nine waits in ten do not exceed (R242); 0: not known. promise: working days until the result, 0:
    settled at once (R041); None: not said.
    """

    hall: Bilingual
    number: str
    service: Bilingual
    place: Bilingual
    ahead: int | None
    minutes: int | None
    issued: Clockface
    lang: str
    complaint_phone: str
    attempts: int
    qr: str
    reprint: bool = False
    most: int = 0
    promise: int | None = None


@cache
def words() -> Mapping[str, Mapping[str, str]]:
    """Language -> key -> phrase with {blanks}; the source language first."""
    text = files("screens").joinpath("ticket.toml").read_text("utf-8")
    return {lang: dict(phrases) for lang, phrases in tomllib.loads(text).items()}


def compose(facts: TicketFacts) -> Document:
    """The ticket as a document, the same for every width of paper. A language without words gets Chinese alone."""
    return Document(facts.number, tuple(_blocks(facts)))


def void() -> Document:
    """For a printer whose last ticket was cut short by a restart: what stands on the paper counts for nothing."""
    lines = (Line(phrases["void"], 2, "center", bold=True) for phrases in words().values())
    return Document("void", (*lines, Cut()))


def _blocks(facts: TicketFacts) -> Iterator[Block]:
    second = facts.lang if facts.lang != SOURCE and facts.lang in words() else None
    langs = (SOURCE,) if second is None else (SOURCE, second)

    def say(key: str, lang: str = SOURCE, **blanks: object) -> str:
        return words()[lang][key].format(**blanks)

    def both(key: str) -> str:
        return " ".join(say(key, lang) for lang in langs)

    def own(name: Bilingual, scale: int, bold: bool) -> Iterator[Block]:
        yield Line(name.zh, scale, "center", bold)
        if second == "en" and name.en:
            yield Line(name.en, 1, "center", bold)

    if facts.reprint:  # first and large: whoever holds two papers with one number knows which came later
        marks = dict.fromkeys((SOURCE, "en", *langs))  # staff anywhere read one of the first two
        yield Line(" ".join(say("reprint", lang) for lang in marks), 2, "center", bold=True)
        yield from (Line(say("reprint_note", lang), align="center") for lang in langs)
        yield Rule()
    yield from own(facts.hall, 1, bold=True)
    yield Rule()
    yield Line(both("your_number"), align="center")
    yield Line(facts.number, 4, "center", bold=True)
    yield from own(facts.service, 2, bold=False)
    yield Rule()
    if facts.place.zh:
        yield Line(both("go_to"), align="center")
        yield from own(facts.place, 2, bold=True)
        yield Feed()
    if facts.ahead is not None:
        yield Pair(both("ahead"), say("ahead_value", langs[-1], ahead=facts.ahead))
    if facts.minutes is not None:
        yield Pair(both("wait"), say("wait_value", langs[-1], minutes=facts.minutes))
        if facts.most > facts.minutes:
            yield Pair(both("most"), say("most_value", langs[-1], minutes=facts.most))
    if facts.promise is not None:
        key = "promise_days" if facts.promise else "promise_now"
        yield Pair(both("promise"), say(key, langs[-1], days=facts.promise))
    if facts.issued.trusted:
        yield Pair(both("issued"), facts.issued.text)
    else:
        yield from (Line(say("issued_unsure", lang)) for lang in langs)
    yield Rule()
    for lang in langs:
        yield Line(say("sit_down", lang))
        yield Line(say("missed", lang, attempts=facts.attempts))
    if facts.qr:
        yield from (Feed(), Qr(facts.qr), Feed())  # the quiet zone above and below, or scanners do not find it
    if facts.complaint_phone:
        yield Line(f"{both('complaints')} {facts.complaint_phone}", align="center")
    yield Cut()

"""A journal, a book, a line and parts that say into a trace what they were asked for and what anybody saw of it.

They change nothing: the product's own journal, book and shell do the work, in the product's own order.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from device.contract.codec import read
from device.contract.messages import (
    AnswerBlock,
    AnswerCall,
    AnswerNumber,
    BlockReserved,
    NumberAllotted,
    RatingGiven,
    Receipt,
    Record,
    TicketCalled,
    TicketIssued,
    WindowPaused,
)
from device.table_parts import TablePrinter, TableScreen
from drivers.book_sqlite import SqliteBook
from drivers.durable import BookRow, Fact
from drivers.journal_sqlite import SqliteJournal
from drivers.protocols import Link
from screens.document import Document, Qr
from screens.views import ConsolePage, EvaluatorThanks, KioskBusy, KioskNoPaper, KioskTake, View


class Marks:
    """The trace's voice: one line a mark, each one write."""

    def __init__(self, path: Path) -> None:
        self._to = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
        self._counts: Counter[str] = Counter()

    def say(self, **words: object) -> None:
        os.write(self._to, json.dumps(words).encode())

    def saw(self, *tags: str) -> None:
        """Somebody outside saw what only these records allow."""
        if tags:
            self.say(k="saw", tags=tags)

    def nth(self, what: str) -> str:
        """`what` for the so many-th time in this life: for steps that have no name of their own."""
        self._counts[what] += 1
        return f"{what} {os.getpid()} {self._counts[what]}"


def tags_of(device: str, seq: int, payload: bytes, marks: Marks) -> Iterator[str]:
    """By what a record will be known when somebody saw what it allows."""
    yield f"record {device} {seq}"
    match read(payload)[1]:
        case TicketIssued(ticket=ticket):
            yield f"ticket {ticket}"
        case NumberAllotted(ticket=ticket):
            yield f"allotted {ticket}"
        case BlockReserved(block=block):
            yield f"block {block}"
        case TicketCalled(ticket=ticket):
            yield f"called {ticket}"
        case RatingGiven():
            yield marks.nth(f"rating {device}")
        case WindowPaused():
            yield marks.nth(f"pause {device}")


class MarkedJournal(SqliteJournal):
    """The product's journal; unit: its name in the trace."""

    def __init__(self, path: Path, unit: str, devices: Sequence[str], marks: Marks) -> None:
        super().__init__(path)
        self._unit, self._marks = unit, marks
        heads = {device: self.head(device) for device in devices}
        kept = [[device, key, value] for device in ("", *devices) for key, value in sorted(self.kept(device).items())]
        marks.say(k="opened", unit=unit, id=self.id, heads=heads, kept=kept)

    def commit(self, facts: Sequence[Fact], kept: Mapping[tuple[str, str], str | None]) -> None:
        rows = [[f.device, f.seq, f.id, hashlib.sha256(f.payload).hexdigest()] for f in facts]
        tags = [tag for f in facts for tag in tags_of(f.device, f.seq, f.payload, self._marks)]
        changes = [[*key, value] for key, value in kept.items()]
        self._marks.say(k="intent", unit=self._unit, facts=rows, kept=changes, tags=tags)
        super().commit(facts, kept)
        self._marks.say(k="done", unit=self._unit)

    def receipt(self, device: str, upto: int) -> int:
        self._marks.say(k="receipt", unit=self._unit, device=device, upto=upto)
        return super().receipt(device, upto)


class MarkedBook(SqliteBook):
    """The product's book."""

    def __init__(self, path: Path, unit: str, marks: Marks) -> None:
        super().__init__(path)
        self._unit, self._marks = unit, marks
        marks.say(k="opened", unit=unit, rows=sum(1 for _ in self.since("")))

    @property
    def rows(self) -> list[BookRow]:
        """All of it, as a table's book has it to look at."""
        return list(self.since(""))

    def enter(self, rows: Sequence[BookRow]) -> None:
        said = [[r.device, r.journal, r.seq, r.id, hashlib.sha256(r.payload).hexdigest()] for r in rows]
        tags = [f"row {r.device} {r.journal} {r.seq}" for r in rows]
        tags += [tag for r in rows for tag in tags_of(r.device, r.seq, r.payload, self._marks)]
        self._marks.say(k="intent", unit=self._unit, rows=said, tags=tags)
        super().enter(rows)
        self._marks.say(k="done", unit=self._unit)


class MarkedLink:
    """A line on which everything that goes out is marked before it goes."""

    def __init__(self, link: Link, device: str, marks: Marks) -> None:
        self._link, self._device, self._marks = link, device, marks

    def publish(self, topic: str, payload: bytes, *, qos: int, retain: bool, expiry: int | None) -> bool:
        envelope, body = read(payload)
        match body:
            case _ if isinstance(body, Record):
                self._marks.saw(f"record {self._device} {envelope.seq}")
            case Receipt(journal, upto) if upto:
                self._marks.saw(f"row {topic.split('/')[-2]} {journal} {upto}")
            case AnswerNumber(number=number, day=day) if number:
                self._marks.saw(f"allotted {day.replace('-', '')}-{number}")
            case AnswerBlock(blocks=blocks):
                self._marks.saw(*(f"block {block}" for block in blocks))
            case AnswerCall(ticket=ticket) if ticket:
                self._marks.saw(f"called {ticket}")
        return self._link.publish(topic, payload, qos=qos, retain=retain, expiry=expiry)

    def close(self, farewell: tuple[str, bytes] | None = None) -> None:
        self._link.close(farewell)


class MarkedScreen(TableScreen):
    """A screen on which what promises something is marked before it is seen."""

    device = ""
    day = ""
    marks: Marks

    def show(self, view: View) -> None:
        before = self.shown[-1] if self.shown else None
        match view:
            case KioskBusy(number=number) | KioskTake(number=number) | KioskNoPaper(number=number) if number:
                self.marks.saw(f"ticket {self.day}-{number}")
            case EvaluatorThanks() if not isinstance(before, EvaluatorThanks):
                self.marks.saw(self.marks.nth(f"saw rating {self.device}").removeprefix("saw "))
            case ConsolePage(state="paused") if isinstance(before, ConsolePage) and before.state != "paused":
                self.marks.saw(self.marks.nth(f"saw pause {self.device}").removeprefix("saw "))
        super().show(view)


class MarkedPrinter(TablePrinter):
    """A printer whose tickets are marked when it is asked for them, earlier than any paper."""

    marks: Marks

    def write(self, document: Document) -> bytes:
        uids = [block.text.rpartition(":")[2] for block in document.blocks if isinstance(block, Qr)]
        self.marks.saw(*(f"ticket {uid}" for uid in uids))
        return super().write(document)

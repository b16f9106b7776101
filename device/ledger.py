"""The durable step: everything a batch promised, committed before anything of it can be seen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from device.contract.channels import COORDINATOR
from device.contract.codec import Malformed, encode, read, read_again, record_hash
from device.contract.messages import (
    AbsenceFiled,
    AlarmAnswered,
    AlarmEnded,
    AlarmRaised,
    AppointmentBooked,
    AttendanceNoted,
    BlockReserved,
    CaseCarried,
    CaseMoved,
    CaseOpened,
    ConsentGiven,
    DayApproved,
    Envelope,
    ItemDelivered,
    ItemRegistered,
    OutageFiled,
    OvertimeWorked,
    Record,
    RequestClosed,
    RequestRegistered,
    VoucherMoved,
    VouchersGiven,
    WaitsLearned,
)
from device.effects import Enter, Keep, Remember
from device.hall.calendar import business_day
from device.intake import Intake
from device.moment import Moment
from drivers.durable import Book, BookRow, Fact, Journal
from drivers.journal_file import DiskFailed

BLOCK_DAYS: Final = 31  # no hall grants blocks for more days ahead (config.schema.Numbers.days)

LASTING = (  # granted for days ahead, open until somebody ends it, counted over a month, or learned
    BlockReserved, AppointmentBooked, OvertimeWorked, AbsenceFiled, OutageFiled, CaseOpened, CaseMoved, CaseCarried,
    VouchersGiven, VoucherMoved, AttendanceNoted, DayApproved, WaitsLearned, ItemRegistered, ItemDelivered,
    RequestRegistered, ConsentGiven, RequestClosed, AlarmRaised, AlarmAnswered, AlarmEnded,
)  # fmt: skip
# A kind that is added is not found among rows that were marked without it: then the book must be marked anew.
# Rows that an older version entered are not marked: told by their bytes, with whatever spaces their device writes.
_KINDS: Final = b"|".join(kind.type.encode().replace(b".", rb"\.") for kind in LASTING)
_OF_WHAT_LASTS: Final = re.compile(rb'"type"\s*:\s*"(?:' + _KINDS + rb')"')


@dataclass(slots=True)
class Ledger:
    """One process's journal and, at the coordinator, its book. rollover: minute at which the business day begins.

    A coordinator's own records are rows of the book; everybody else's wait in the journal for their receipt.
    """

    journal: Journal
    rollover: int
    book: Book | None = None
    intake: Intake = field(init=False)
    _heads: dict[str, tuple[int, str]] = field(default_factory=dict)
    _facts: dict[str, list[Fact]] = field(default_factory=dict)
    _kept: dict[tuple[str, str], str | None] = field(default_factory=dict)
    _rows: list[BookRow] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.intake = Intake(self.book.upto() if self.book else {})

    def write(self, device: str, effect: Remember | Keep | Enter, moment: Moment) -> None:
        """Note what the next `commit` makes durable. Malformed for a record that no peer would take."""
        match effect:
            case Remember(record, identity):
                self._remember(device, record, identity, moment)
            case Keep(key, value):
                self._kept[device, key] = value
            case Enter(envelope, record):
                self._enter(envelope, self.intake.payload(envelope), record, moment)

    @property
    def pending(self) -> bool:
        """Whether `commit` would write anything."""
        return bool(self._rows or self._facts or self._kept)

    def commit(self) -> dict[str, list[Fact]]:
        """All of it, or JournalFailed. Returns each device's new facts, which may now travel.

        The book goes first: what it holds is never asked for again, and a role's own memory may lag behind it.
        """
        rows, facts, kept = self._rows, self._facts, self._kept
        if rows:
            if self.book is None:
                raise RuntimeError("only a coordinator enters records in a book")
            self.book.enter(rows)
            self._rows = []
        if facts or kept:
            self.journal.commit([fact for new in facts.values() for fact in new], kept)
            self._facts, self._kept = {}, {}
        return facts

    def replay(self, oldest: str, today: str) -> Iterator[tuple[Envelope, Record]]:
        """What the coordinator's state is folded from, in order of arrival: everything of today and of the last day
        before it, which may be before a week end, for nobody may have said yet who was left over (R178).

        Of the days from `oldest` to that one only what LASTING names still matters.
        """
        for row in wanted(self.book, oldest, today) if self.book else ():
            yield read_again(row.payload)

    def _remember(self, device: str, record: Record, identity: str, moment: Moment) -> None:
        seq, prev = self._head(device)
        seq += 1
        envelope = Envelope(identity, moment.at(), moment.clock, device, 1, seq, self.journal.id, prev)
        payload = encode(envelope, record)
        self._heads[device] = (seq, record_hash(payload))
        if device == COORDINATOR:
            self._enter(envelope, payload, record, moment)
        else:
            self._facts.setdefault(device, []).append(Fact(device, seq, identity, payload))

    def _enter(self, envelope: Envelope, payload: bytes, record: Record, moment: Moment) -> None:
        # The day of arrival, by the coordinator's clock: a device whose clock is wrong must not hide from the replay.
        day = business_day(moment.wall, self.rollover)
        lasting = isinstance(record, LASTING)
        self._rows.append(BookRow(envelope.device, envelope.journal, envelope.seq, envelope.id, day, payload, lasting))

    def _head(self, device: str) -> tuple[int, str]:
        if device not in self._heads:
            in_book = self.book if device == COORDINATOR else None
            self._heads[device] = in_book.head(device, self.journal.id) if in_book else self.journal.head(device)
        return self._heads[device]


def replayed_days(wall: datetime, rollover: int) -> tuple[str, str]:
    """Of which business days a start reads: from the oldest that can matter to today."""
    return business_day(wall - timedelta(days=BLOCK_DAYS), rollover), business_day(wall, rollover)


def wanted(book: Book, oldest: str, today: str) -> Iterator[BookRow]:
    """The rows of which `Ledger.replay` tells."""
    since = book.day_before(today) or today
    for row in book.since(since, oldest):
        if row.day >= since or _OF_WHAT_LASTS.search(row.payload):
            yield row


def refuse_damaged(book: Book, oldest: str, today: str) -> None:
    """DiskFailed if one of these rows is no record of ours, by all the wire's checks: a start spares itself most."""
    for row in wanted(book, oldest, today):
        try:
            read(row.payload)
        except Malformed as why:
            mend = "If a newer version wrote it, install that again; if not, keep the file aside for rescue"
            raise DiskFailed(
                f"book.db: record {row.seq} of {row.device} ({why}). {mend} (technician)", "damaged"
            ) from why

"""The tickets of an export: one row each, and what their services count for the people who did them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from device.contract.messages import (
    Envelope,
    ItemServed,
    Record,
    TicketCalled,
    TicketIssued,
    TicketMissed,
    TicketPrinted,
    TicketPrintFailed,
    TicketPrintUnknown,
    TicketRecalled,
    TicketRejoined,
    TicketReleased,
    TicketServed,
    TicketsLeft,
    TicketStarted,
    TicketTransferred,
)
from device.export.rows import StaffRow, TicketRow
from device.export.spans import seconds_between

Done = TicketServed | ItemServed
ENDED = ("served", "released", "left")


@dataclass(slots=True)
class Tickets:
    """A fold over ticket records; rows by identity."""

    net: Callable[[str, str, str], float]  # device, began, ended -> seconds without its outages (R082)
    rows: dict[str, TicketRow] = field(default_factory=dict)
    calls: list[tuple[str, str, bool]] = field(default_factory=list)  # day, staff, by hand
    missed: list[tuple[str, str]] = field(default_factory=list)
    done: list[tuple[str, Envelope, Done]] = field(default_factory=list)  # day

    def add(self, envelope: Envelope, record: Record) -> None:
        """Take one record in; those that are no ticket's change nothing."""
        if isinstance(record, TicketsLeft):
            for ticket in record.tickets if record.why == "day-ended" else ():  # after a cut they may still be served
                row = self._row(ticket)
                if row.state not in ENDED:
                    row.state = "left"
            return
        ticket = getattr(record, "ticket", "")
        if not ticket:
            return
        match record:
            case TicketIssued():
                self._issued(self._row(ticket), envelope, record)
            case TicketPrinted() | TicketPrintFailed() | TicketPrintUnknown():
                self._paper(self._row(ticket), record)
            case TicketCalled(window=window, staff=staff, by=by, reason=reason):
                row = self._row(ticket)
                row.calls += 1
                self._first_call(row, envelope)
                row.by_hand = reason if by == "hand" else row.by_hand
                self._move(row, "called", window, staff)
                self.calls.append((row.day, staff, by == "hand"))
            case TicketRecalled():
                self._row(ticket).calls += 1
            case TicketMissed(window=window, staff=staff):
                self._move(self._row(ticket), "missed", window, staff)
                self.missed.append((self._row(ticket).day, staff))
            case TicketRejoined():
                self._move(self._row(ticket), "waiting", None, "")
            case TicketStarted(window=window, staff=staff):
                row = self._row(ticket)
                row.started = row.started or envelope.at
                self._move(row, "serving", window, staff)
            case TicketServed() | ItemServed():
                self._served(self._row(ticket), envelope, record)
            case TicketTransferred():
                row = self._row(ticket)
                row.transfers += 1
                self._move(row, "waiting", None, "")
            case TicketReleased():
                row = self._row(ticket)
                row.ended = envelope.at
                row.state = "released"
            case _:
                pass

    def count(self, of: Callable[[str, str], StaffRow]) -> None:
        """Add to each person's day what they did."""
        for day, staff, by_hand in self.calls:
            of(day, staff).calls += 1
            of(day, staff).by_hand += by_hand
        for day, staff in self.missed:
            of(day, staff).missed += 1
        for day, envelope, record in self.done:
            row = of(day, record.staff)
            row.served += 1
            row.service_seconds += self._worked(envelope, record) or 0.0
            row.over_limit += bool(record.over)

    def finish(self) -> None:
        """Say of each ticket how long it was worked on: known only with every fault, which may arrive later."""
        for row in self.rows.values():
            row.service_seconds = None
        for _, envelope, record in self.done:
            if (seconds := self._worked(envelope, record)) is not None:
                row = self._row(record.ticket)
                row.service_seconds = (row.service_seconds or 0.0) + seconds

    def _worked(self, envelope: Envelope, record: Done) -> float | None:
        # Not from a clock that stood at its floor: the difference would be no work of anybody's.
        if envelope.clock != "synced":
            return None
        return max(0.0, self.net(envelope.device, record.started, envelope.at) - record.away_seconds)

    def _row(self, ticket: str) -> TicketRow:
        if ticket not in self.rows:
            self.rows[ticket] = TicketRow(f"{ticket[:4]}-{ticket[4:6]}-{ticket[6:8]}", ticket, ticket[9:])
        return self.rows[ticket]

    def _issued(self, row: TicketRow, envelope: Envelope, record: TicketIssued) -> None:
        row.service, row.klass, row.lang, row.source = record.service, record.klass, record.lang, record.source
        row.kiosk, row.issued, row.clock = envelope.device, envelope.at, envelope.clock
        self._waited(row)

    @staticmethod
    def _paper(row: TicketRow, record: TicketPrinted | TicketPrintFailed | TicketPrintUnknown) -> None:
        if row.paper != "printed":  # once it came out it did; of a second copy nobody knows
            row.paper = record.type.removeprefix("ticket.").removeprefix("print_")

    def _first_call(self, row: TicketRow, envelope: Envelope) -> None:
        row.called = min(row.called or envelope.at, envelope.at)
        self._waited(row)

    def _waited(self, row: TicketRow) -> None:
        if row.issued and row.called and row.clock == "synced":
            row.wait_seconds = seconds_between(row.issued, row.called)

    def _served(self, row: TicketRow, envelope: Envelope, record: Done) -> None:
        row.items += 1
        row.over = record.over or row.over
        row.started = row.started or record.started
        row.ended = envelope.at
        self.done.append((row.day, envelope, record))
        if isinstance(record, TicketServed):
            row.window, row.staff, row.state = record.window, record.staff, "served"

    @staticmethod
    def _move(row: TicketRow, state: str, window: int | None, staff: str) -> None:
        if row.state in ENDED:
            return  # what comes late undoes nothing
        row.state = state
        if window is not None:
            row.window, row.staff = window, staff

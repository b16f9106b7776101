"""The evening's papers: the service log of every window, and what was handed in by case number (R073, R133, R237)."""

from __future__ import annotations

from dataclasses import dataclass, field

from device.contract.messages import (
    Envelope,
    ItemRegistered,
    ItemServed,
    Record,
    TicketCalled,
    TicketMissed,
    TicketServed,
    TicketTransferred,
)
from device.export.log_rows import HandOverRow, LogRow
from device.export.spans import DayOf, seconds_between


@dataclass(slots=True)
class Log:
    """A fold over window records."""

    day_of: DayOf
    rows: dict[tuple[str, int, str], LogRow] = field(default_factory=dict)
    handed: list[HandOverRow] = field(default_factory=list)
    called: dict[str, str] = field(default_factory=dict)  # ticket -> the service for which it was called last

    def add(self, envelope: Envelope, record: Record) -> None:
        """Take one record in; those that do no work change nothing."""
        match record:
            case TicketCalled(ticket=ticket, service=service):
                self.called[ticket] = service
            case TicketServed() | ItemServed():
                self._served(envelope, record)
            case TicketMissed(ticket, window):
                self._of(envelope, window, self.called.get(ticket, "")).missed += 1
            case TicketTransferred(ticket, window):
                self._of(envelope, window, self.called.get(ticket, "")).transferred += 1
            case ItemRegistered(ticket, service, window, staff, case):
                self._of(envelope, window, service).registered += 1
                day = self.day_of(envelope.at)
                self.handed.append(HandOverRow(day, case, ticket, service, window, staff, envelope.at))
            case _:
                pass

    def _served(self, envelope: Envelope, record: TicketServed | ItemServed) -> None:
        row = self._of(envelope, record.window, record.service)
        row.served += 1
        row.visits += isinstance(record, TicketServed)
        row.over_limit += bool(record.over)
        if envelope.clock == "synced":
            row.service_seconds += max(0.0, seconds_between(record.started, envelope.at) - record.away_seconds)
        if isinstance(record, ItemServed):
            self.called[record.ticket] = record.next_service

    def _of(self, envelope: Envelope, window: int, service: str) -> LogRow:
        key = (self.day_of(envelope.at), window, service)
        return self.rows.setdefault(key, LogRow(*key))

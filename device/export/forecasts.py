"""How true the hall's promises of waits were, day by day and service by service (R242), and what citizens chose (R244).

A promise is held against the wait that it was about: from the ticket to its first call. A wait whose length nobody
knows, for a clock was wrong, counts for nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import median

from device.contract.messages import ChoiceMade, Envelope, EstimateShown, NumberAllotted, Record
from device.export.rows import ForecastRow, TicketRow
from device.export.spans import DayOf


@dataclass(slots=True)
class Forecasts:
    """A fold over what was told and chosen."""

    day_of: DayOf
    told: dict[str, tuple[int, int]] = field(default_factory=dict)  # ticket -> minutes, at most
    shown: list[tuple[str, str]] = field(default_factory=list)  # day, service
    chosen: list[tuple[str, str, str]] = field(default_factory=list)  # and the choice

    def add(self, envelope: Envelope, record: Record) -> None:
        """Take one record in; others change nothing."""
        match record:
            case NumberAllotted(ticket=ticket, minutes=minutes, most=most) if most:
                self.told[ticket] = minutes, most
            case EstimateShown(service=service):
                self.shown.append((self.day_of(envelope.at), service))
            case ChoiceMade(service=service, choice=choice):
                self.chosen.append((self.day_of(envelope.at), service, choice))
            case _:
                pass

    def mark(self, tickets: Iterable[TicketRow]) -> None:
        """Write beside each ticket what its citizen was told."""
        for ticket in tickets:
            if ticket.ticket in self.told:
                ticket.told_minutes, ticket.told_most = self.told[ticket.ticket]

    def rows(self, tickets: Iterable[TicketRow]) -> list[ForecastRow]:
        """One row a day and service of which anything was told. tickets: marked."""
        found: dict[tuple[str, str], ForecastRow] = {}
        errors: dict[tuple[str, str], list[float]] = {}

        def of(day: str, service: str) -> ForecastRow:
            return found.setdefault((day, service), ForecastRow(day, service))

        for ticket in tickets:
            if ticket.told_minutes is None or ticket.told_most is None or not ticket.issued:
                continue
            row = of(ticket.day, ticket.service)
            row.promised += 1
            if ticket.wait_seconds is None or ticket.by_hand:
                continue
            row.called += 1
            row.kept += ticket.wait_seconds <= ticket.told_most * 60
            errors.setdefault((ticket.day, ticket.service), []).append(
                abs(ticket.wait_seconds - ticket.told_minutes * 60)
            )
        for key, each in errors.items():
            found[key].error_seconds = round(median(each), 1)
        for day, service in self.shown:
            of(day, service).shown += 1
        for day, service, choice in self.chosen:
            row = of(day, service)
            row.waited += choice == "wait"
            row.booked += choice == "appointment"
            row.left += choice == "leave"
        return list(found.values())

"""What became of every ticket: whoever is neither served nor gone of their own will is dropped unseen by nobody (R178).

A fold over ticket records in whatever order they arrive, and whichever day it is.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from device.contract.messages import (
    Record,
    TicketIssued,
    TicketMissed,
    TicketRejoined,
    TicketReleased,
    TicketServed,
    TicketsLeft,
)


@dataclass(slots=True)
class Fates:
    """ticket -> whether its citizen is still owed a service, and which they came for."""

    owed: dict[str, bool] = field(default_factory=dict)
    services: dict[str, str] = field(default_factory=dict)

    def apply(self, record: Record) -> None:
        """Take one record in."""
        match record:
            case TicketIssued(ticket=ticket, service=service):
                self.owed.setdefault(ticket, True)
                self.services[ticket] = service
            case TicketServed(ticket=ticket) | TicketReleased(ticket=ticket):
                self.owed[ticket] = False
            case TicketMissed(ticket=ticket):
                self.owed[ticket] = False
            case TicketRejoined(ticket=ticket):
                self.owed[ticket] = True
            case TicketsLeft(tickets=tickets, why="day-ended"):  # after a power cut they may still be served
                self.owed |= dict.fromkeys(tickets, False)
            case _:
                pass

    def before(self, day: str) -> list[str]:
        """Whose day is over and who were not served, in order."""
        first = day.replace("-", "")
        return sorted(ticket for ticket, owed in self.owed.items() if owed and ticket[:8] < first)

    def drop_before(self, day: str) -> None:
        """What was settled on days gone by."""
        first = day.replace("-", "")
        self.owed = {ticket: owed for ticket, owed in self.owed.items() if owed or ticket[:8] >= first}
        self.services = {ticket: service for ticket, service in self.services.items() if ticket in self.owed}

    def of_day(self, day: str) -> dict[str, str]:
        """Who of this day is still owed a service, and which."""
        of = day.replace("-", "")
        return {t: self.services.get(t, "") for t, owed in self.owed.items() if owed and t[:8] == of}

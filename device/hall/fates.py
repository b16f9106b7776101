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
    """ticket -> whether its citizen is still owed a service."""

    owed: dict[str, bool] = field(default_factory=dict)

    def apply(self, record: Record) -> None:
        """Take one record in."""
        match record:
            case TicketIssued(ticket=ticket):
                self.owed.setdefault(ticket, True)
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

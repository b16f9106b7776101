"""The tickets of the day and their order: a fold over ticket records. Rules:

1. First come, first served among the tickets a window may serve (R081). A ticket's place is when it was issued; from a
   kiosk whose clock is not trusted, when it arrived.
2. A transferred ticket keeps its number and its place (R042, R093, R129). Sent to one window, only that one calls it.
3. A missed ticket waits for its citizen; re-joining puts it behind the next `rejoin_after` waiting tickets (R267).
4. A window has one ticket. Calling another puts an unanswered one back in its place.
5. Records of different devices come in any order: a ticket may be served here before it is known where it was issued,
   and re-join here before it is known that it was missed there.
6. What comes late undoes nothing: a ticket that was served is served, and nobody is taken away from the window at which
   they stand by another's word.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from device.contract.messages import (
    Envelope,
    Record,
    TicketCalled,
    TicketIssued,
    TicketMissed,
    TicketRecalled,
    TicketRejoined,
    TicketServed,
    TicketStarted,
    TicketTransferred,
)

Where = Literal["waiting", "called", "serving", "served", "missed"]


@dataclass(slots=True)
class Card:
    """One ticket as the coordinator knows it. place: sort key (seconds, order of arrival)."""

    ticket: str
    place: tuple[float, float] = (0.0, 0.0)
    service: str = ""
    lang: str = "zh"
    where: Where = "waiting"
    window: int = 0  # at which it is, or was last
    only: int = 0  # the one window that may call it, 0: any that serves the service
    attempts: int = 0
    issued: bool = False  # its ticket.issued has arrived
    known: bool = False  # so somebody holds it; or because they stood at a window
    back: bool = False  # re-joined, although nobody has said yet that it was missed

    @property
    def number(self) -> str:
        return self.ticket[9:]

    def free_for(self, window: int) -> bool:
        """Whether this window's word decides where the ticket is."""
        return self.where != "served" and (self.where != "serving" or self.window == window)


@dataclass(slots=True)
class Queue:
    """All tickets of the day."""

    rejoin_after: int = 2
    cards: dict[str, Card] = field(default_factory=dict)
    by: dict[Where, dict[str, Card]] = field(
        default_factory=lambda: defaultdict(dict)
    )  # the same cards by where they are
    arrivals: int = 0
    latest: float = 0.0

    def apply(self, envelope: Envelope, record: Record) -> None:
        """Take one record in. Records that are no ticket's leave the queue as it is."""
        match record:
            case TicketIssued():
                self._issued(envelope, record)
            case TicketCalled(ticket, service, window, request=request):
                self.put_back(window, ticket)
                card = self.card(ticket, service)
                if card.free_for(window):
                    self._move(card, "called", window)
                    card.attempts = 1
                if request:  # whoever decided this knew of everything that was heard before
                    card.back = False
            case TicketRecalled(ticket, _, _, attempt):
                self.card(ticket).attempts = attempt
            case TicketStarted(ticket, service, window):
                card = self.card(ticket, service)
                if card.free_for(window):
                    self._move(card, "serving", window)
            case TicketServed(ticket, service, window):
                self._move(self.card(ticket, service), "served", window)
            case TicketMissed(ticket, window):
                card = self.card(ticket)
                if card.where == "called" and card.window == window:
                    self._move(card, "missed", window)
                    if card.back:
                        card.back = False
                        self._rejoined(card)
            case TicketRejoined(ticket):
                card = self.card(ticket)
                card.back = card.where in ("waiting", "called")
                self._rejoined(card)
            case TicketTransferred(ticket, window, _, to_service, to_window):
                card = self.card(ticket)
                if card.free_for(window):
                    self._move(card, "waiting", window)
                    card.only, card.known = to_window, True
                    card.service = to_service or card.service
            case _:
                pass

    def waiting(self, services: frozenset[str], window: int = 0) -> list[Card]:
        """Who waits for one of these services and may be called to this window, in order."""
        found = [
            card
            for card in self.by["waiting"].values()
            if card.known and (card.only == window if card.only else card.service in services)
        ]
        return sorted(found, key=lambda card: card.place)

    def missed(self) -> tuple[str, ...]:
        """Numbers called in vain, in order of their places."""
        return tuple(card.number for card in sorted(self.by["missed"].values(), key=lambda card: card.place))

    def called_to(self, window: int) -> Card | None:
        """Whom the window is calling."""
        return next((card for card in self.by["called"].values() if card.window == window), None)

    def put_back(self, window: int, ticket: str = "") -> None:
        """The window goes on with this ticket, or with none: whoever else it had called waits again in their place."""
        for card in [card for card in self.by["called"].values() if card.window == window and card.ticket != ticket]:
            self._move(card, "waiting", window)

    def leave(self, window: int) -> None:
        """Nobody is at the window any more: whom it was serving waits again too."""
        self.put_back(window)
        for card in [card for card in self.by["serving"].values() if card.window == window]:
            self._move(card, "waiting", window)

    def drop_before(self, day: str) -> None:
        """A new business day begins with an empty hall. (A kiosk whose clock is ahead gives tickets of tomorrow.)"""
        first = day.replace("-", "")
        self.cards = {ticket: card for ticket, card in self.cards.items() if ticket[:8] >= first}
        self.by.clear()
        for card in self.cards.values():
            self.by[card.where][card.ticket] = card

    def card(self, ticket: str, service: str = "") -> Card:
        """The card of this ticket, a new one if nothing was heard of it."""
        card = self.cards.get(ticket)
        if card is None:
            card = self.cards[ticket] = self.by["waiting"][ticket] = Card(ticket)
        card.service = card.service or service
        return card

    def _issued(self, envelope: Envelope, record: TicketIssued) -> None:
        card = self.card(record.ticket)
        if card.issued:
            return
        self.arrivals += 1
        at = datetime.fromisoformat(envelope.at).timestamp() if envelope.clock == "synced" else self.latest
        self.latest = max(self.latest, at)
        card.place = max(card.place, (at, float(self.arrivals)))
        card.service, card.lang = card.service or record.service, record.lang
        card.issued = card.known = True

    def _rejoined(self, card: Card) -> None:
        if card.where != "missed":
            return
        before = self.waiting(frozenset({card.service}), card.only)[: self.rejoin_after]
        if before:
            seconds, order = before[-1].place
            # Behind that ticket, before the next, and behind whoever re-joined there earlier.
            self.arrivals += 1
            card.place = max(card.place, (seconds, order + self.arrivals * 1e-6))
        card.known = True
        self._move(card, "waiting", card.window)

    def _move(self, card: Card, where: Where, window: int) -> None:
        self.by[card.where].pop(card.ticket, None)
        card.where, card.window = where, window
        self.by[where][card.ticket] = card

"""The tickets of the day and their order: a fold over ticket records. Rules:

1. First come, first served among equals (R081); between classes `discipline` decides. A ticket's place is when it was
   issued; from a kiosk whose clock is not trusted, when it arrived. Numbers of one series that one giver gave, the
   coordinator or a kiosk alone, rise with time: a clock that was set back puts nobody before a lower number.
2. A transferred ticket keeps its number, class and place (R042, R093, R129). Sent to one window, only that one calls
   it, until it is left: then any that serves the service does. A priority ticket does not wait for a pause (R080).
3. A missed ticket waits for its citizen; re-joining puts it behind the next `rejoin_after` waiting tickets (R267).
4. A window has one ticket. Calling another puts an unanswered one back in its place.
5. Records of different devices come in any order: a ticket may be served here before it is known where it was issued,
   and re-join here before it is known that it was missed there.
6. What comes late undoes nothing: a ticket that was served is served, and nobody is taken away from the window at which
   they stand by another's word.
7. Without proof a priority ticket waits on as an ordinary one (R130). Whoever gave a ticket up is not called (R178).
"""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from device.contract.messages import (
    Envelope,
    ItemServed,
    PriorityRefused,
    Record,
    TicketCalled,
    TicketIssued,
    TicketMissed,
    TicketRecalled,
    TicketRejoined,
    TicketReleased,
    TicketServed,
    TicketStarted,
    TicketTransferred,
)
from device.hall.discipline import RECENT_MOST
from device.hall.lanes import Lanes

Where = Literal["waiting", "called", "serving", "served", "missed", "left"]
OVER = ("served", "left")


@dataclass(slots=True)
class Card:
    """One ticket as the coordinator knows it. place: sort key (seconds, order of arrival). slot: of its appointment."""

    ticket: str
    place: tuple[float, float] = (0.0, 0.0)
    service: str = ""
    lang: str = "zh"
    klass: str = ""
    need: str = ""
    slot: float = 0.0
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
        return self.where not in OVER and (self.where != "serving" or self.window == window)


@dataclass(slots=True)
class Queue:
    """All tickets of the day."""

    rejoin_after: int = 2
    cards: dict[str, Card] = field(default_factory=dict)
    by: dict[Where, dict[str, Card]] = field(
        default_factory=lambda: defaultdict(dict)
    )  # the same cards by where they are
    lanes: Lanes = field(default_factory=Lanes)  # those who wait and are known
    recent: dict[int, deque[str]] = field(default_factory=dict)  # window -> the classes it called last
    arrivals: int = 0
    latest: float = 0.0
    given: dict[tuple[str, str], tuple[str, float]] = field(default_factory=dict)  # giver, series -> highest, when

    def apply(self, envelope: Envelope, record: Record) -> None:
        """Take one record in. Records that are no ticket's leave the queue as it is."""
        match record:
            case TicketIssued():
                self._issued(envelope, record)
            case TicketCalled(ticket, service, window, by=by, request=request):
                self.put_back(window, ticket)
                card = self.card(ticket, service)
                if by == "system":
                    self.recent.setdefault(window, deque(maxlen=RECENT_MOST)).append(card.klass)
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
            case _:
                self._goes_on(record)

    def _goes_on(self, record: Record) -> None:
        """The visit is not over, or was given up."""
        match record:
            case ItemServed(ticket, window=window, next_service=service):
                card = self.card(ticket)
                if card.free_for(window):
                    self._move(card, "serving", window)
                    card.service = service or card.service
            case TicketTransferred(ticket, window, _, to_service, to_window):
                card = self.card(ticket)
                if card.free_for(window):
                    self._out(card)
                    card.only, card.known = to_window, True
                    card.service = to_service or card.service
                    self._in(card, "waiting", window)
            case PriorityRefused(ticket, klass, window):
                card = self.card(ticket)
                if card.free_for(window) and card.klass == klass:
                    self._out(card)
                    card.klass = ""
                    self._in(card, "waiting", window)
            case TicketReleased(ticket, window=window):
                card = self.card(ticket)
                if card.free_for(window):
                    self._move(card, "left", window)
            case _:
                pass

    def waiting(self, services: frozenset[str], window: int = 0) -> list[Card]:
        """Who waits for one of these services and may be called to this window, in order."""
        return [self.cards[ticket] for ticket in self.lanes.tickets(services, window)]

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

    def unbind(self, window: int, *, priority_only: bool) -> None:
        """The one window these were sent to serves nobody now: any other that has their service may."""
        for ticket in self.lanes.tickets((), window):
            card = self.cards[ticket]
            if card.service and (card.klass or not priority_only):
                self._out(card)
                card.only = 0
                self._in(card, "waiting", card.window)

    def back_in_line(self, window: int) -> None:
        """Nobody is at the window any more, or somebody else: whom it was serving waits again too."""
        self.put_back(window)
        for card in [card for card in self.by["serving"].values() if card.window == window]:
            self._move(card, "waiting", window)

    def drop_before(self, day: str) -> None:
        """A new business day begins with an empty hall. (A kiosk whose clock is ahead gives tickets of tomorrow.)"""
        first = day.replace("-", "")
        self.cards = {ticket: card for ticket, card in self.cards.items() if ticket[:8] >= first}
        self.by.clear()
        self.lanes = Lanes()
        self.recent.clear()
        self.given = {key: one for key, one in self.given.items() if key[1][:8] >= first}
        for card in self.cards.values():
            self._in(card, card.where, card.window)

    def card(self, ticket: str, service: str = "") -> Card:
        """The card of this ticket, a new one if nothing was heard of it."""
        card = self.cards.get(ticket)
        if card is None:
            card = self.cards[ticket] = self.by["waiting"][ticket] = Card(ticket)
        if service and not card.service:
            self._out(card)
            card.service = service
            self._in(card, card.where, card.window)
        return card

    def _issued(self, envelope: Envelope, record: TicketIssued) -> None:
        card = self.card(record.ticket)
        if card.issued:
            return
        self.arrivals += 1
        at = datetime.fromisoformat(envelope.at).timestamp() if envelope.clock == "synced" else self.latest
        self.latest = max(self.latest, at)
        at = self._risen(envelope.device if record.source == "block" else "", record.ticket, at)
        self._out(card)
        card.place = max(card.place, (at, float(self.arrivals)))
        card.service, card.lang = card.service or record.service, record.lang
        card.klass, card.need = record.klass, record.need
        card.slot = datetime.fromisoformat(record.slot).timestamp() if record.slot else 0.0
        card.issued = card.known = True
        self._in(card, card.where, card.window)

    def _risen(self, giver: str, ticket: str, at: float) -> float:
        """When this ticket was issued, as far as its number bears it out."""
        key = (giver, ticket[:10])
        highest, when = self.given.get(key, ("", 0.0))
        if ticket < highest:
            return at
        self.given[key] = (ticket, max(at, when))
        return max(at, when)

    def _rejoined(self, card: Card) -> None:
        if card.where != "missed":
            return
        before = self.waiting(frozenset({card.service}), card.only)[: self.rejoin_after]
        self._out(card)
        if before:
            seconds, order = before[-1].place
            # Behind that ticket, before the next, and behind whoever re-joined there earlier.
            self.arrivals += 1
            card.place = max(card.place, (seconds, order + self.arrivals * 1e-6))
        card.known, card.slot = True, 0.0
        self._in(card, "waiting", card.window)

    def _move(self, card: Card, where: Where, window: int) -> None:
        self._out(card)
        self._in(card, where, window)

    def _out(self, card: Card) -> None:
        """Before a card changes; `_in` follows."""
        self.by[card.where].pop(card.ticket, None)
        if card.where == "waiting" and card.known:
            self.lanes.take(card)

    def _in(self, card: Card, where: Where, window: int) -> None:
        card.where, card.window = where, window
        self.by[where][card.ticket] = card
        if where == "waiting" and card.known:
            self.lanes.put(card)

"""How far a ticket is, for whoever holds its number (R060). Pure; the answer says nothing of the person."""

from __future__ import annotations

from device.contract.messages import AnswerPlace
from device.hall.state import HallState
from device.hall.truths import minutes


def place_of(to: str, ticket: str, hall: HallState) -> AnswerPlace:
    """The answer to the ask `to`. A ticket of another day is as unknown as one nobody issued."""
    card = hall.queue.cards.get(ticket)
    if card is None or card.where == "left" or (card.where == "waiting" and not card.known):
        return AnswerPlace(to, "unknown")
    if card.where != "waiting":
        return AnswerPlace(to, card.where, card.service, window=card.window)
    line = hall.queue.waiting(frozenset({card.service}), card.only)
    ahead = next((n for n, other in enumerate(line) if other is card), len(line))
    about = minutes(hall, card.service, ahead) if card.service in hall.plan.services else 0
    return AnswerPlace(to, "waiting", card.service, ahead, about, card.only)

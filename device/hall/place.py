"""How far a ticket is, for whoever holds its number (R060). Pure; the answer says nothing of the person."""

from __future__ import annotations

from device.contract.messages import AnswerPlace
from device.hall.promise import waiting
from device.hall.state import HallState
from device.moment import Moment


def place_of(to: str, ticket: str, hall: HallState, moment: Moment) -> AnswerPlace:
    """The answer to the ask `to`. A ticket of another day is as unknown as one nobody issued."""
    card = hall.queue.cards.get(ticket)
    if card is None or card.where == "left" or (card.where == "waiting" and not card.known):
        return AnswerPlace(to, "unknown")
    if card.where != "waiting":
        return AnswerPlace(to, card.where, card.service, window=card.window)
    told = waiting(hall, card, moment)
    return AnswerPlace(to, "waiting", card.service, told.ahead, told.minutes, card.only, told.most)

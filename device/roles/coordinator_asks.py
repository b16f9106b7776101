"""What the coordinator is asked, and its answers: numbers, reserved blocks, whom to call.

Decisions are records, committed before they are answered; a repeated ask gets the same answer.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Literal

from device.contract.messages import (
    AnswerBlock,
    AnswerCall,
    AnswerNumber,
    AskBlock,
    AskCall,
    AskNumber,
    BlockReserved,
    Envelope,
    HallCall,
    NumberAllotted,
    TicketCalled,
    ticket_of,
)
from device.effects import Effect, Publish
from device.hall.calendar import days_from
from device.hall.floor import Desk
from device.hall.numbers import printed
from device.hall.queue import Card
from device.hall.truths import gives_tickets, minutes
from device.moment import Moment

if TYPE_CHECKING:
    from device.roles.coordinator import Coordinator

BLOCKS_IN_AN_ANSWER = 90  # 8 KiB of payload


def number(c: Coordinator, envelope: Envelope, ask: AskNumber, moment: Moment) -> list[Effect]:
    """The next number of a service."""
    to, hall, service = envelope.id, c.hall, c.plan.services.get(ask.service)
    before = hall.allotted.get(to)
    effects: list[Effect] = c.new_day(moment)
    if before:
        answer = _given(c, to, ask.service, before[0].ticket, before[1])
    elif service is None:
        answer = AnswerNumber(to, "unknown")
    elif not gives_tickets(hall, moment):
        answer = AnswerNumber(to, "closed")
    elif (found := hall.numbers.next_online(hall.day, service.series)) is None:
        answer = AnswerNumber(to, "full")
    else:
        ticket = ticket_of(hall.day, printed(service.series, found))
        effects.append(c.decide(NumberAllotted(to, envelope.device, ask.service, ticket), moment))
        answer = _given(c, to, ask.service, ticket, hall.day)
    return [*effects, Publish(answer, moment.id(1), place=envelope.device)]


def _given(c: Coordinator, to: str, service: str, ticket: str, day: str) -> AnswerNumber:
    ahead = sum(1 for card in c.hall.queue.waiting(frozenset({service})) if card.ticket != ticket)
    return AnswerNumber(to, "given", ticket[9:], day, ahead, minutes(c.hall, service, ahead), c.book)


def blocks(c: Coordinator, envelope: Envelope, ask: AskBlock, moment: Moment) -> list[Effect]:
    """Reserved blocks of every series for the days ahead, and all the asker holds."""
    effects: list[Effect] = c.new_day(moment)
    numbers, rules = c.hall.numbers, c.plan.rules
    series, holder = c.plan.series(), (envelope.device, ask.journal)
    if envelope.device in c.plan.kiosks:
        days = days_from(c.hall.day, min(rules.block_days, BLOCKS_IN_AN_ANSWER // max(1, len(series))))
        for day in days:
            for letter in series:
                block = numbers.next_block(holder, day, letter)
                if block:
                    effects.append(c.decide(BlockReserved(envelope.device, ask.journal, block), moment))
    held = numbers.blocks(holder, c.hall.day)[:BLOCKS_IN_AN_ANSWER]
    return [*effects, Publish(AnswerBlock(envelope.id, held, c.book), moment.id(1), place=envelope.device)]


def call(c: Coordinator, envelope: Envelope, ask: AskCall, moment: Moment) -> list[Effect]:
    """Whom a window serves next."""
    place = c.plan.window_of(envelope.device)
    desk = c.hall.floor.desks[place.number] if place and place.device == envelope.device else None
    if desk is None or desk.staff != ask.staff or desk.state not in ("open", "calling"):
        return _answer(AnswerCall(envelope.id, "refused"), envelope, moment)
    # The answer was lost, or the window was restarted: the call that stands is the answer.
    queue = c.hall.queue
    standing = queue.called_to(desk.window) or queue.cards.get(c.hall.calls.get(envelope.id, ""))
    if standing:
        return _answer(_called(envelope.id, standing), envelope, moment)
    if ask.number:
        return _out_of_order(c, envelope, ask, desk, moment)
    waiting = queue.waiting(frozenset(desk.services), desk.window)
    if not waiting:
        return _answer(AnswerCall(envelope.id, "empty"), envelope, moment)
    return _do_call(c, envelope, waiting[0], desk, "system", "", moment)


def _out_of_order(c: Coordinator, envelope: Envelope, ask: AskCall, desk: Desk, moment: Moment) -> list[Effect]:
    ticket = ticket_of(c.hall.day, ask.number)
    card = c.hall.queue.cards.get(ticket)
    if card is None and c.hall.numbers.out(c.hall.day, ask.number[0], int(ask.number[1:])):
        card = c.hall.queue.card(ticket)  # whose kiosk has not been heard of since, or never will be
    if card is None or card.where == "served":
        return _answer(AnswerCall(envelope.id, "unknown"), envelope, moment)
    if card.where in ("called", "serving"):
        return _answer(AnswerCall(envelope.id, "elsewhere"), envelope, moment)
    if not ask.reason:
        return _answer(AnswerCall(envelope.id, "refused"), envelope, moment)
    return _do_call(c, envelope, card, desk, "hand", ask.reason, moment)


def _do_call(
    c: Coordinator,
    envelope: Envelope,
    card: Card,
    desk: Desk,
    by: Literal["system", "hand"],
    reason: str,
    moment: Moment,
) -> list[Effect]:
    decided = c.decide(
        TicketCalled(card.ticket, card.service, desk.window, desk.staff, by, reason, envelope.id), moment
    )
    return [
        decided,
        *_answer(_called(envelope.id, card), envelope, moment),
        announce(c, decided.id, card.ticket, desk.window, 1, moment),
        *c.say_changes(moment),
    ]


def _called(to: str, card: Card) -> AnswerCall:
    return AnswerCall(to, "called", card.ticket, card.service, card.lang)


def _answer(answer: AnswerCall, envelope: Envelope, moment: Moment) -> list[Effect]:
    return [Publish(answer, moment.id(1), place=envelope.device)]


def announce(c: Coordinator, call_id: str, ticket: str, window: int, attempt: int, moment: Moment) -> Publish:
    """One call or recall for every board and voice."""
    card = c.hall.queue.cards.get(ticket)
    langs = tuple(dict.fromkeys(("zh", card.lang if card else "zh")))
    seconds = c.plan.rules.call_valid_seconds
    until = datetime.fromtimestamp(moment.wall.timestamp() + seconds, moment.wall.tzinfo)
    place = c.plan.windows[window].place
    made = HallCall(ticket, window, place, attempt, until.isoformat(timespec="milliseconds"), langs)
    return Publish(made, call_id, seconds=seconds)

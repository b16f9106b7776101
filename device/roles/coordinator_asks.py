"""What the coordinator is asked, and its answers: numbers, reserved blocks, whom to call.

Decisions are records, committed before they are answered; a repeated ask gets the same answer.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal

from device.contract.messages import (
    AnswerBlock,
    AnswerBooking,
    AnswerCall,
    AnswerNumber,
    AppointmentBooked,
    AskBlock,
    AskBooking,
    AskCall,
    AskNumber,
    BlockReserved,
    Envelope,
    HallCall,
    NumberAllotted,
    TicketCalled,
    VoucherMoved,
    ticket_of,
)
from device.effects import Effect, Publish
from device.hall.calendar import bookable, days_from
from device.hall.discipline import APPOINTMENT, VOUCHER
from device.hall.floor import Desk
from device.hall.numbers import printed
from device.hall.plan import Service
from device.hall.promise import comes_now, newcomer, people_ahead
from device.hall.queue import OVER, Card
from device.hall.truths import gives_tickets
from device.moment import HALL_TIME, Moment

if TYPE_CHECKING:
    from device.roles.coordinator import Coordinator

BLOCKS_IN_AN_ANSWER = 90  # 8 KiB of payload


def number(c: Coordinator, envelope: Envelope, ask: AskNumber, moment: Moment) -> list[Effect]:
    """The next number of a service; with an appointment's code it is a check-in (R181), with a voucher's that is used
    in the same commit (R285): of two kiosks that ask at once the second is told that it is."""
    to, hall, service = envelope.id, c.hall, c.plan.services.get(ask.service)
    before = hall.allotted.get(to)
    effects: list[Effect] = c.new_day(moment)
    appointment = hall.appointments.check_in(ask.appointment, ask.service, hall.day) if ask.appointment else None
    wrong = hall.vouchers.look(ask.voucher, hall.day) if ask.voucher else ""
    if before:
        answer = _given(c, before[0], before[1], moment)
    elif service is None or not service.offered or (ask.appointment and appointment is None):
        answer = AnswerNumber(to, "unknown")
    elif not gives_tickets(hall, moment, ask.service):
        answer = AnswerNumber(to, "closed")
    elif wrong:
        answer = AnswerNumber(to, "unknown", voucher=wrong)
    elif ask.holder and (waits := _waits_already(c, ask)):
        answer = replace(_given(c, waits, hall.day, moment), to=to, outcome="already")
    else:
        record = _allot(c, envelope, ask, appointment, service, moment)
        if record:
            effects.append(c.decide(record, moment))
            if ask.voucher:
                effects.append(c.decide(VoucherMoved(ask.voucher, "held", record.ticket, to), moment))
        answer = _given(c, record, hall.day, moment) if record else AnswerNumber(to, "full")
    return [*effects, Publish(answer, moment.id(1), place=envelope.device)]


def _waits_already(c: Coordinator, ask: AskNumber) -> NumberAllotted | None:
    """The number with which the same person waits for the same service (R266)."""
    ticket = c.hall.requests.holders.get((ask.holder, ask.service), "")
    card = c.hall.queue.cards.get(ticket)
    if card is None or card.where not in ("waiting", "called"):
        return None
    return next((record for record, _ in c.hall.allotted.values() if record.ticket == ticket), None)


def _allot(
    c: Coordinator,
    envelope: Envelope,
    ask: AskNumber,
    appointment: AppointmentBooked | None,
    service: Service,
    moment: Moment,
) -> NumberAllotted | None:
    """The next number, of its class; None if the series is used up. A class nobody defined is none (R130)."""
    rules = c.plan.discipline
    klass, slot = ask.klass if ask.klass in rules.asked() else "", ""
    if ask.voucher and rules.rank(VOUCHER) <= rules.rank(klass):
        klass = VOUCHER
    if appointment and not c.hall.appointments.late(appointment, moment.wall.timestamp()):
        klass, slot = klass or APPOINTMENT, appointment.slot
    found = c.hall.numbers.next_online(c.hall.day, service.series, 0 if klass else rules.reserve)
    if found is None:
        return None
    ticket = ticket_of(c.hall.day, printed(service.series, found))
    told = newcomer(c.hall, service.id, klass, moment, ask.need)
    minutes, most = (0, 0) if slot else (told.minutes, told.most)  # whoever has a time knows when
    return NumberAllotted(
        envelope.id,
        envelope.device,
        service.id,
        ticket,
        klass,
        ask.need,
        slot,
        ask.appointment,
        minutes,
        most,
        ask.holder,
    )


def _given(c: Coordinator, given: NumberAllotted, day: str, moment: Moment) -> AnswerNumber:
    card = c.hall.queue.cards.get(given.ticket)
    who = card if card and card.where == "waiting" and card.known else comes_now(given.klass, moment)
    ahead = people_ahead(c.hall, who, given.service, moment)
    return AnswerNumber(
        given.request, "given", given.ticket[9:], day, ahead, given.minutes, c.book, given.klass, given.slot, given.most
    )


def booking(c: Coordinator, envelope: Envelope, ask: AskBooking, moment: Moment) -> list[Effect]:
    """An appointment in the slot in which the wished instant lies, if there is room (R180)."""
    known, rules = c.hall.appointments, c.plan.discipline
    effects: list[Effect] = []
    wish = known.slot_of(datetime.fromisoformat(ask.slot).timestamp())
    slot = datetime.fromtimestamp(wish, HALL_TIME)
    latest = moment.wall + timedelta(days=rules.book_days)
    before = known.booked.get(known.requests.get(envelope.id, ""))
    if before:
        answer = _booked(c, envelope.id, before)
    elif ask.service not in c.plan.services or "appointment" not in c.plan.services[ask.service].modes:
        answer = AnswerBooking(envelope.id, "unknown")
    elif not moment.wall < slot < latest or not bookable(c.plan, slot, ask.service):
        answer = AnswerBooking(envelope.id, "closed")
    elif not known.free(ask.service, wish):
        answer = AnswerBooking(envelope.id, "full")
    else:
        code = known.new_code(moment.seed >> 8)
        record = AppointmentBooked(code, ask.service, slot.isoformat(timespec="seconds"), ask.source, envelope.id)
        effects.append(c.decide(record, moment))
        answer = _booked(c, envelope.id, record)
    return [*effects, Publish(answer, moment.id(1), place=envelope.device)]


def _booked(c: Coordinator, to: str, record: AppointmentBooked) -> AnswerBooking:
    until = datetime.fromisoformat(record.slot) + timedelta(seconds=c.plan.discipline.late)
    return AnswerBooking(to, "booked", record.code, record.slot, until.isoformat(timespec="seconds"))


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
    card = c.hall.next_for(desk, moment.wall.timestamp())
    if card is None:
        return _answer(AnswerCall(envelope.id, "empty"), envelope, moment)
    return _do_call(c, envelope, card, desk, "system", "", moment)


def _out_of_order(c: Coordinator, envelope: Envelope, ask: AskCall, desk: Desk, moment: Moment) -> list[Effect]:
    ticket = ticket_of(c.hall.day, ask.number)
    card = c.hall.queue.cards.get(ticket)
    if card is None and c.hall.numbers.out(c.hall.day, ask.number[0], int(ask.number[1:])):
        card = c.hall.queue.card(ticket)  # whose kiosk has not been heard of since, or never will be
    if card is None or card.where in OVER:
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
    return AnswerCall(to, "called", card.ticket, card.service, card.lang, card.klass)


def _answer(answer: AnswerCall, envelope: Envelope, moment: Moment) -> list[Effect]:
    return [Publish(answer, moment.id(1), place=envelope.device)]


def announce(c: Coordinator, call_id: str, ticket: str, window: int, attempt: int, moment: Moment) -> Publish:
    """One call or recall for every board and voice."""
    card = c.hall.queue.cards.get(ticket)
    langs = tuple(dict.fromkeys(("zh", card.lang if card else "zh")))
    seconds = c.plan.rules.call_valid_seconds
    until = datetime.fromtimestamp(moment.wall.timestamp() + seconds, moment.wall.tzinfo)
    place = c.plan.windows[window].place
    clearly = card is not None and card.klass in c.plan.voice.clear_for
    waited = card is not None and attempt == 1 and _waited_long(c, card, moment)
    made = HallCall(ticket, window, place, attempt, until.isoformat(timespec="milliseconds"), langs, clearly, waited)
    return Publish(made, call_id, seconds=seconds)


def _waited_long(c: Coordinator, card: Card, moment: Moment) -> bool:
    """Since the number was taken, or its appointment; by sure clocks alone (place 0: the kiosk's never was)."""
    since, limit = max(card.place[0], card.slot), 60 * c.plan.voice.waited_minutes
    known = moment.clock == "synced" and card.place[0] > 0
    return known and limit > 0 and moment.wall.timestamp() - since >= limit

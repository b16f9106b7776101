"""Calling at a window: whom the coordinator says, or by number what the citizen shows (R023, R129, R130, R267)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from device.contract.messages import AnswerCall, AskCall, HallWindow, TicketCalled, TicketRejoined, ticket_of
from device.effects import Effect, Forget
from device.moment import Moment

if TYPE_CHECKING:
    from device.roles.window import Window


def number_typed(w: Window, entry: str, moment: Moment) -> list[Effect]:
    """A number to call, or to let re-join, was typed or scanned."""
    number = number_in(w, entry, moment)
    if not number:
        return w.say("console.bad_number")
    return _rejoin(w, number, moment) if w.mode == "rejoin" else _by_number(w, number, moment)


def number_in(w: Window, entry: str, moment: Moment) -> str:
    """The number typed, or the one on a ticket of today whose code was scanned; "" if it can be neither."""
    today = f"hallside:{w.plan.id}:{w.day(moment).replace('-', '')}-"
    number = entry.removeprefix(today).upper()
    digits = number[1:].isascii() and number[1:].isdigit()
    return number if len(number) == 4 and number[0] in w.plan.series() and digits else ""


def _by_number(w: Window, number: str, moment: Moment) -> list[Effect]:
    if w.live:
        w.wanted, w.mode = number, "reason"
        return []
    ticket = ticket_of(w.day(moment), number)
    w.mode = ""
    w.session.call(ticket, "", moment.at())
    return w.note(TicketCalled(ticket, "", w.here.number, w.staff, "hand", "offline"), moment)


def _rejoin(w: Window, number: str, moment: Moment) -> list[Effect]:
    w.mode = ""
    record = TicketRejoined(ticket_of(w.day(moment), number), w.here.number, w.staff)
    return w.note(record, moment) + w.say("console.rejoined", number=number)


def missed_an_answer(w: Window, truth: HallWindow, moment: Moment) -> list[Effect]:
    """Somebody was called here for a question that we gave up, and is on their way: ask it again."""
    session = w.session
    if truth.state != "calling" or session.phase != "open" or not session.request or w.asking:
        return []
    return w.ask(AskCall(w.staff), moment, session.request)


def answered(w: Window, answer: AnswerCall, moment: Moment) -> list[Effect]:
    """A call stands even if it comes after we gave up: the boards have announced it."""
    waited, w.asking = w.asking is not None, None
    settle: list[Effect] = [Forget("ask")]
    if answer.outcome == "called" and w.session.phase == "open":
        w.mode, w.entry = "", ""
        w.session.call(answer.ticket, answer.service, moment.at(), answer.klass)
        settle += _ask_for_proof(w)
    elif waited and answer.outcome != "called":
        settle += w.say(f"console.call_{answer.outcome}")
    return settle


def _ask_for_proof(w: Window) -> list[Effect]:
    """Of whoever is called before others the staff ask to see why (R130)."""
    klass = w.plan.discipline.classes.get(w.session.klass)
    if klass is None or klass.proof is None:
        return []
    return w.say("console.proof", klass=klass.name.zh, proof=klass.proof.zh)

"""How a citizen gets a number: asked of the coordinator, or out of the kiosk's own block (rules 2, 3 of kiosk.py)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from device.contract.messages import AnswerNumber, AskNumber, TicketIssued, ticket_of
from device.effects import Effect, Forget, Keep, Publish, Remember, Remind
from device.hall.calendar import business_day
from device.hall.numbers import printed
from device.hall.plan import Service, two
from device.moment import Moment
from device.roles import kiosk_printing as printing
from device.roles.common import clockface
from device.roles.errand import Errand
from device.roles.scans import VOUCHER_WRONG
from screens.views import KioskPlace

if TYPE_CHECKING:
    from device.roles.kiosk import Kiosk


def wanted(k: Kiosk, service_id: str, moment: Moment) -> list[Effect]:
    """A service was touched: near closing the forecast comes first, else the errand begins."""
    service, why = k.plan.services.get(service_id), k.blocked(moment)
    if service is None or not service.offered or (why and not (why == "closed" and service.always)):
        return []
    if k.time.sure(moment) and not k.visit.code:
        heard = k.services.get(service_id)
        if told := k.late.show(service, heard, k.lang, k.time.now(moment), moment):
            return [*told, *k.visit.touched()]
    return _begin(k, service, moment.id(0), moment)


def waits(k: Kiosk, moment: Moment) -> list[Effect]:
    """Told how long it may take, the citizen takes a number all the same (R244)."""
    service, request = k.late.service, k.late.request
    chosen = k.late.chosen("wait", moment)
    k.late.close()
    return [*chosen, *_begin(k, service, request, moment)] if service and not k.blocked(moment) else chosen


def _begin(k: Kiosk, service: Service, request: str, moment: Moment) -> list[Effect]:
    visit, holder = k.visit, k.desk.take_holder()
    k.errand = Errand(
        request, service, k.lang, klass=visit.klass, need=visit.need, appointment=visit.code,
        voucher=visit.voucher, guide=k.desk.guide.guide,
    )  # fmt: skip
    k.step = "asking"
    stop: list[Effect] = [Forget("idle"), Forget("gone")]
    if not k.link:
        return [*from_block(k, moment), *stop]
    wait = Remind(k.plan.rules.answer_seconds, f"answer:{request}")
    ask = AskNumber(service.id, k.lang, visit.klass, visit.need, visit.code, visit.voucher, holder)
    return [Publish(ask, request), wait, *stop]


def answered(k: Kiosk, answer: AnswerNumber, moment: Moment) -> list[Effect]:
    """The coordinator's answer to the touch that is waiting for it."""
    errand = k.errand
    if errand is None or answer.to != errand.request:
        return []  # a late answer to a touch that is settled: its number stays a gap
    match answer.outcome:
        case "given" if k.stock.reserve.believes(answer.book, answer.day):
            errand.ahead, errand.minutes, errand.most = answer.ahead, answer.minutes or None, answer.most
            errand.klass, errand.slot = answer.klass, answer.slot
            return _issue(k, errand, ticket_of(answer.day, answer.number), answer.day, "online", moment)
        case "given":
            return from_block(k, moment)
        case "closed":
            return k.sorry("closed")
        case "full":
            return k.sorry("full")
        case "already":  # the same person waits for it with this number: no second one (R266)
            page = KioskPlace(
                k.lang, "waiting", answer.number, two(errand.service.name),
                two(k.plan.place_of(errand.service.id)), answer.ahead, answer.minutes, most=answer.most,
            )  # fmt: skip
            k.home()
            return k.lookup.turn(page)
        case "unknown" if answer.voucher:
            lang, what = k.lang, VOUCHER_WRONG[answer.voucher]
            k.home()
            return k.lookup.turn(KioskPlace(lang, what))
        case "unknown" if errand.appointment:  # not for this service, or not for today: the staff will see
            lang = k.lang
            k.home()
            return k.lookup.turn(KioskPlace(lang, "appointment"))
        case "unknown":
            return k.sorry("lost")


def from_block(k: Kiosk, moment: Moment) -> list[Effect]:
    """Nobody answers: a number that was reserved for this."""
    errand = k.errand
    if errand is None:
        return []
    day = max(k.day, business_day(k.time.now(moment), k.plan.rollover))  # never back: numbers only rise
    number = k.stock.reserve.take(day, errand.service.series)
    if number is None:
        return k.sorry("lost")
    return _issue(k, errand, ticket_of(day, printed(errand.service.series, number)), day, "block", moment)


def _issue(
    k: Kiosk, errand: Errand, ticket: str, day: str, source: Literal["online", "block"], moment: Moment
) -> list[Effect]:
    errand.ticket, k.day = ticket, day
    errand.since, errand.issued = k.time.now(moment), clockface(moment)
    record = TicketIssued(
        errand.request, ticket, errand.number, day, errand.service.id, source, errand.lang, errand.klass,
        errand.need, errand.slot, errand.guide,
    )  # fmt: skip
    return [
        Remember(record, moment.id(1)),
        Keep("day", day),
        *k.stock.keep(),
        *printing.put(k, errand),
        Forget(f"answer:{errand.request}"),
    ]

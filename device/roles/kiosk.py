"""The ticket kiosk. Rules:

1. One touch is one ticket: from the touch until the paper is taken, further touches count for nothing.
2. The number comes from the coordinator; when it does not answer in time, from the kiosk's own reserved block.
3. The number is committed before the paper, the screen or the broker knows of it.
4. A number once committed stands, whatever the paper does; the citizen is told it on the screen.
5. A kiosk that was cut off in the middle of a print cannot know: it says so and never prints a second number.
6. A ticket that surely did not come out is printed again, marked, as soon as the printer can (rules: errand.py).

    home --tap--> asking --answer or time-out--> printing --paper--> take | no paper --done--> home
                                                    ^-------- printer ready, still owed ---------'
      \\--printer not ready, closed, no number--> sorry
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

from device.contract.messages import (
    AnswerBlock,
    AnswerNumber,
    AskNumber,
    DeviceState,
    HallCall,
    HallMissed,
    HallService,
    HallWindow,
    TicketIssued,
    TicketPrinted,
    TicketPrintFailed,
    TicketPrintUnknown,
    ticket_of,
)
from device.effects import Began, Effect, Event, Forget, Heard, Keep, Print, Publish, Remember, Remind, Reminded, Tapped
from device.hall.calendar import business_day, is_open
from device.hall.numbers import printed
from device.hall.plan import Plan, Service, two
from device.moment import Moment
from device.roles.common import HallTime, Shown, clockface, next_minute
from device.roles.errand import Errand, errand_kept
from device.roles.half_ticket import VOID, HalfTicket
from device.roles.kiosk_desk import OPENING, KioskDesk
from device.roles.kiosk_pages import Step, Why, errand_page, home_page, sorry_page
from device.roles.kiosk_stock import Stock
from device.roles.kiosk_voice import Guidance
from device.roles.late import Late
from device.roles.paper import ticket_paper
from device.roles.scans import VOUCHER_WRONG, AppointmentCode, Lookup, read_code
from device.roles.visit import Visit
from drivers.events import LinkDown, LinkUp, Printed, PrinterReport, PrintFailed, PrintUnknown, Scanned
from screens.views import KioskClosing, KioskHelp, KioskLookup, KioskPage, KioskPlace, KioskStill


@dataclass(slots=True)
class Kiosk:
    """See the module's rules."""

    name: str
    plan: Plan
    speaks: bool = False  # it has a loudspeaker
    step: Step = "home"
    errand: Errand | None = None
    owed: Errand | None = None
    lang: str = "zh"
    why: Why = "starting"
    sure: bool = True
    link: bool = False
    report: PrinterReport = PrinterReport(ready=False, code="starting")  # noqa: RUF009  frozen
    half: HalfTicket = field(default_factory=HalfTicket)
    refused: bool = False  # a printer that used to answer is silent, and takes no ticket
    stock: Stock = field(default_factory=Stock)
    day: str = ""
    time: HallTime = field(default_factory=HallTime)
    services: dict[str, HallService] = field(default_factory=dict)
    shown: Shown = field(default_factory=Shown)
    lookup: Lookup = field(init=False)
    visit: Visit = field(init=False)
    late: Late = field(init=False)
    desk: KioskDesk = field(init=False)
    guidance: Guidance = field(init=False)

    def __post_init__(self) -> None:
        self.lookup, self.visit, self.late = Lookup(self.plan), Visit(self.plan), Late(self.plan)
        self.desk, self.guidance = KioskDesk(self.plan), Guidance(self.speaks)

    def handle(self, event: Event, moment: Moment) -> list[Effect]:
        """One event in, everything to do about it out."""
        self.time.hear(event, moment)
        self.guidance.hear(event)
        effects = self._touched(event, moment)
        if not effects and isinstance(event, Heard) and isinstance(event.body, HallCall | HallWindow | HallMissed):
            return []  # most of what is heard in a large hall changes nothing here
        view, modes = self._view(moment), self.visit.modes
        view = view if view.modes == modes else replace(view, modes=modes)
        return [*effects, *self.shown.show(view), *self.guidance.shown(view, moment)]

    def _touched(self, event: Event, moment: Moment) -> list[Effect]:
        """With voice guidance a touch names a key before another one presses it."""
        page = self.shown.views.get("main")
        if key := self.guidance.searching(event, page, self.visit.modes):
            self.visit.modes = replace(self.visit.modes, focus=key)
            return [*self.guidance.named(key, page, moment), *self.visit.touched()]
        effects = self._react(event, moment)
        if isinstance(event, Tapped) and self.visit.modes.focus:
            self.visit.modes = replace(self.visit.modes, focus="")
        return effects

    def _react(self, event: Event, moment: Moment) -> list[Effect]:
        if self.step in ("home", "sorry") or event in (Reminded("lookup"), Reminded("notice")):
            beside = self._beside(event, moment)
            if beside is not None:
                return beside
        match event, self.step:
            case Began(), _:
                return self._began(event, moment)
            case Tapped(key=key), _:
                return self._tapped(key, moment)
            case Reminded(key=key), _:
                return self._reminded(key, moment)
            case Heard(_, HallService() as service), _:
                return self._service(service)
            case Heard(_, AnswerNumber() as answer), "asking":
                return self._answered(answer, moment)
            case Heard(_, AnswerBlock() as answer), _:
                return self.stock.granted(answer, business_day(self.time.now(moment), self.plan.rollover))
            case Heard(_, DeviceState(role="coordinator", status="ready" | "fault")), _ if self.stock.unanswered:
                return self.stock.ask(self.link, moment)  # it came up after us, and has not heard us
            case LinkUp(), _:
                self.link = True
                return self.stock.ask(self.link, moment)
            case LinkDown(), _:
                self.link = False
                self.services.clear()  # what cannot be kept true is not shown
                return []
            case PrinterReport() as report, _:
                return self._reported(report, moment)
            case Heard(_, (HallCall() | HallWindow()) as call), _ if self.owed and call.ticket == self.owed.ticket:
                return self._owe_nothing()  # whoever has this number is at the window
            case (Printed() | PrintFailed() | PrintUnknown()) as outcome, _ if outcome.job == VOID:
                return self.half.voided(outcome)
            case (Printed() | PrintFailed() | PrintUnknown()) as outcome, "printing":
                return self._out(outcome, moment)
            case _:
                return []

    def _beside(self, event: Event, moment: Moment) -> list[Effect] | None:
        """The pages beside the way to a number: still there?, looking up, choices, near closing."""
        now = self.time.now(moment)
        match event:
            case Tapped("done") | Reminded("gone") if isinstance(self.visit.page, KioskStill):
                self._home()
                return [Forget("idle"), Forget("gone")]
            case Reminded("idle") if self.lookup.page:
                return self.visit.touched()  # that page ends by itself
            case Reminded("idle") if not self.late.page and self.visit.is_new(self.lang) and not self.desk.busy:
                self.visit.reset()
                return []
            case Scanned(text) if self.link and not self._blocked(moment):
                if isinstance(code := read_code(text, self.plan), AppointmentCode):
                    self.visit.code = code.code
                    return [*self.lookup.close(), *self.visit.touched()]
        asked = self._at_the_desk(event, moment)
        if asked is not None:
            return asked
        day = business_day(now, self.plan.rollover)
        asked = self.lookup.handle(event, self.lang, day, self.link, moment)
        if self.lookup.code:
            self.visit.code, self.lookup.code = self.lookup.code, ""
            return [*(asked or []), *self.visit.touched()]
        if self.lookup.voucher:
            self.visit.voucher, self.lookup.voucher = self.lookup.voucher, ""
            return [*(asked or []), *self.visit.touched()]
        if asked is None:
            asked = self.visit.handle(event, self.lang, moment)
        if asked is None:
            asked = self.late.handle(event, now, self.link, moment)
        return asked

    def _at_the_desk(self, event: Event, moment: Moment) -> list[Effect] | None:
        """What is asked beside numbers; opened from the pages of help and of numbers that somebody holds."""
        if isinstance(self.visit.page, KioskStill) or (isinstance(event, Scanned) and self._blocked(moment)):
            return None
        opening = event in OPENING
        if opening and not isinstance(self.visit.page, KioskHelp) and not isinstance(self.lookup.page, KioskLookup):
            return None
        asked = self.desk.handle(event, self.lang, self.link, moment)
        if asked is None:
            return None
        if opening or isinstance(event, Scanned):
            self.visit.page, asked = None, [*asked, *self.lookup.close()]
        return [*asked, *self.visit.touched()]

    # --- life ------------------------------------------------------------------------------------------------

    def _began(self, event: Began, moment: Moment) -> list[Effect]:
        self.stock.begin(event)
        self.day = event.kept.get("day", "")
        effects: list[Effect] = [next_minute(moment)]
        effects += self.half.begin(event.kept)
        effects += [Keep("printing", None)] if "printing" in event.kept else []
        if errand := errand_kept(event.kept.get("printing"), self.plan):
            # Cut off between the number and its paper: nobody knows whether it came out, so say just that.
            effects += [
                Remember(TicketPrintUnknown(errand.ticket, "restart", errand.reprints > 0), moment.id(0)),
                *self._tell_number(errand, sure=False),
            ]
        elif errand := errand_kept(event.kept.get("owed"), self.plan):
            effects += [*self._owe(errand, moment), *(self._tell_number(errand, sure=True) if self.owed else [])]
        return effects

    def _tell_number(self, errand: Errand, *, sure: bool) -> list[Effect]:
        """Somebody who must remember a number gets longer to read it."""
        self.errand, self.lang, self.step, self.sure = errand, errand.lang, "nopaper", sure
        return [Remind(float(self.plan.rules.idle_seconds), "done")]

    def _reminded(self, key: str, moment: Moment) -> list[Effect]:
        match key:
            case "minute":
                return [next_minute(moment)]
            case "blocks":
                return self.stock.ask(self.link, moment)
            case "done":
                self._home()
            case "owed":
                return self._owe_nothing()
            case _ if self.errand and self.step == "asking" and key == f"answer:{self.errand.request}":
                return self._from_block(moment)
        return []

    def _home(self) -> None:
        self.step, self.errand, self.lang = "home", None, self.plan.languages[0]
        self.visit.reset()
        self.late.close()
        self.desk.close()

    # --- a citizen -------------------------------------------------------------------------------------------

    def _tapped(self, key: str, moment: Moment) -> list[Effect]:
        word, _, value = key.partition(":")
        match word, self.step:
            case "service", "home" | "sorry":
                return self._wanted(value, moment)
            case "choose", "home" if value == "wait" and isinstance(self.late.page, KioskClosing):
                return self._waits(moment)
            case "lang", "home" if value in self.plan.languages:
                self.lang = value
                return self.visit.touched()
            case "done", "take" | "nopaper" | "sorry":
                self._home()
                return [Forget("done"), *(self._owe_nothing() if self.owed else [])]
            case _:
                return []

    def _wanted(self, service_id: str, moment: Moment) -> list[Effect]:
        service, why = self.plan.services.get(service_id), self._blocked(moment)
        if service is None or not service.offered or (why and not (why == "closed" and service.always)):
            return []
        if self.time.sure(moment) and not self.visit.code:
            heard = self.services.get(service_id)
            if told := self.late.show(service, heard, self.lang, self.time.now(moment), moment):
                return [*told, *self.visit.touched()]
        return self._begin(service, moment.id(0), moment)

    def _waits(self, moment: Moment) -> list[Effect]:
        """Told how long it may take, the citizen takes a number all the same (R244)."""
        service, request = self.late.service, self.late.request
        chosen = self.late.chosen("wait", moment)
        self.late.close()
        return [*chosen, *self._begin(service, request, moment)] if service and not self._blocked(moment) else chosen

    def _begin(self, service: Service, request: str, moment: Moment) -> list[Effect]:
        visit, holder = self.visit, self.desk.take_holder()
        self.errand = Errand(
            request, service, self.lang, klass=visit.klass, need=visit.need, appointment=visit.code,
            voucher=visit.voucher, guide=self.desk.guide.guide,
        )  # fmt: skip
        self.step = "asking"
        stop: list[Effect] = [Forget("idle"), Forget("gone")]
        if not self.link:
            return [*self._from_block(moment), *stop]
        wait = Remind(self.plan.rules.answer_seconds, f"answer:{request}")
        ask = AskNumber(service.id, self.lang, visit.klass, visit.need, visit.code, visit.voucher, holder)
        return [Publish(ask, request), wait, *stop]

    def _answered(self, answer: AnswerNumber, moment: Moment) -> list[Effect]:
        errand = self.errand
        if errand is None or answer.to != errand.request:
            return []  # a late answer to a touch that is settled: its number stays a gap
        match answer.outcome:
            case "given" if self.stock.reserve.believes(answer.book, answer.day):
                errand.ahead, errand.minutes, errand.most = answer.ahead, answer.minutes or None, answer.most
                errand.klass, errand.slot = answer.klass, answer.slot
                return self._issue(ticket_of(answer.day, answer.number), answer.day, "online", moment)
            case "given":
                return self._from_block(moment)
            case "closed":
                return self._sorry("closed")
            case "full":
                return self._sorry("full")
            case "already":  # the same person waits for it with this number: no second one (R266)
                page = KioskPlace(
                    self.lang, "waiting", answer.number, two(errand.service.name),
                    two(self.plan.place_of(errand.service.id)), answer.ahead, answer.minutes, most=answer.most,
                )  # fmt: skip
                self._home()
                return self.lookup.turn(page)
            case "unknown" if answer.voucher:
                lang, what = self.lang, VOUCHER_WRONG[answer.voucher]
                self._home()
                return self.lookup.turn(KioskPlace(lang, what))
            case "unknown" if errand.appointment:  # not for this service, or not for today: the staff will see
                lang = self.lang
                self._home()
                return self.lookup.turn(KioskPlace(lang, "appointment"))
            case "unknown":
                return self._sorry("lost")

    def _from_block(self, moment: Moment) -> list[Effect]:
        errand = self.errand
        if errand is None:
            return []
        day = max(self.day, business_day(self.time.now(moment), self.plan.rollover))  # never back: numbers only rise
        number = self.stock.reserve.take(day, errand.service.series)
        if number is None:
            return self._sorry("lost")
        return self._issue(ticket_of(day, printed(errand.service.series, number)), day, "block", moment)

    def _issue(self, ticket: str, day: str, source: Literal["online", "block"], moment: Moment) -> list[Effect]:
        errand = self.errand
        assert errand is not None  # noqa: S101  the caller has just used it
        errand.ticket, self.day = ticket, day
        errand.since, errand.issued = self.time.now(moment), clockface(moment)
        record = TicketIssued(
            errand.request, ticket, errand.number, day, errand.service.id, source, errand.lang, errand.klass,
            errand.need, errand.slot, errand.guide,
        )  # fmt: skip
        return [
            Remember(record, moment.id(1)),
            Keep("day", day),
            *self.stock.keep(),
            *self._print(errand),
            Forget(f"answer:{errand.request}"),
        ]

    def _print(self, errand: Errand) -> list[Effect]:
        self.errand, self.lang, self.step = errand, errand.lang, "printing"
        paper = Print(errand.job, ticket_paper(self.plan, errand))
        return [Keep("printing", errand.kept()), *self.half.void(), paper]

    def _out(self, outcome: Printed | PrintFailed | PrintUnknown, moment: Moment) -> list[Effect]:
        errand = self.errand
        if errand is None or outcome.job != errand.job:
            return []
        again = errand.reprints > 0
        effects: list[Effect] = [Keep("printing", None), *self.half.after(outcome)]
        match outcome:
            case Printed():
                self.step = "take"
                record: TicketPrinted | TicketPrintFailed | TicketPrintUnknown = TicketPrinted(errand.ticket, again)
                effects.append(Remind(float(self.plan.rules.take_seconds), "done"))
            case PrintFailed(code=code):
                self.refused = code == "silent"
                record = TicketPrintFailed(errand.ticket, code, again)
                effects += self._owe(errand, moment) + self._tell_number(errand, sure=True)
            case PrintUnknown(code=code):
                record = TicketPrintUnknown(errand.ticket, code, again)
                effects += self._tell_number(errand, sure=False)
        return [Remember(record, moment.id(0)), *effects]

    def _owe(self, errand: Errand, moment: Moment) -> list[Effect]:
        """Until the printer says that it is ready: it says how it is after every ticket it did not print."""
        seconds = errand.owed(self.time.now(moment), self.plan)
        if not seconds:
            return self._owe_nothing()
        self.owed = errand
        return [Keep("owed", errand.kept()), Remind(seconds, "owed")]

    def _owe_nothing(self) -> list[Effect]:
        self.owed = None
        return [Keep("owed", None), Forget("owed")]

    def _print_owed(self, moment: Moment) -> list[Effect]:
        owed = self.owed
        if owed is None or self.step not in ("home", "nopaper"):
            return []
        paid = self._owe_nothing()  # in the commit that says what is being printed
        if not owed.owed(self.time.now(moment), self.plan):
            return paid
        owed.reprints += 1
        return [*paid, *self._print(owed), Forget("done"), Forget("idle")]

    def _sorry(self, why: Why) -> list[Effect]:
        self.step, self.why = "sorry", why
        return [Remind(float(self.plan.rules.idle_seconds), "done")]

    # --- what the kiosk knows --------------------------------------------------------------------------------

    def _service(self, service: HallService) -> list[Effect]:
        known = self.services.get(service.service)
        if known is None or service.rev >= known.rev:
            self.services[service.service] = service
        return []

    def _reported(self, report: PrinterReport, moment: Moment) -> list[Effect]:
        self.report = report
        self.refused = self.refused and report.code == "silent"
        return [*self.half.void(), *self._print_owed(moment)] if report.ready else []

    # --- what people see -------------------------------------------------------------------------------------

    def _blocked(self, moment: Moment) -> Why | None:
        """Why no ticket can be taken now. A printer that never could say how it is may still print."""
        if self.report.code == "starting":
            return "starting"
        if not self.report.ready and (self.report.code != "silent" or self.refused):
            return "paper" if "paper-out" in self.report.conditions else "printer"
        if not is_open(self.plan, self.time.now(moment)) and self.time.sure(moment):
            return "closed"
        return None

    def _view(self, moment: Moment) -> KioskPage:
        page = errand_page(self.step, self.errand, self.plan, self.lang, sure=self.sure) if self.errand else None
        asks = self.visit.page if isinstance(self.visit.page, KioskStill) else None
        page = page or asks or self.desk.page or self.lookup.page or self.visit.page or self.late.page
        why = self.why if self.step == "sorry" else self._blocked(moment)
        if page or not why:
            return page or home_page(
                self.plan, self.services, self.lang, clockface(moment), self.visit, self.desk,
                lookup=self.link, voice=self.guidance.offered,
            )  # fmt: skip
        now = self.time.now(moment)
        return sorry_page(self.name, why, self.plan, self.lang, clockface(moment), now, retry=self.step == "sorry")

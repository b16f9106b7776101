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

Getting a number is in kiosk_numbers, its paper in kiosk_printing, the pages beside the way in kiosk_beside.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from device.contract.messages import (
    AnswerBlock,
    AnswerNumber,
    DeviceState,
    HallCall,
    HallMissed,
    HallService,
    HallWindow,
    TicketPrintUnknown,
)
from device.effects import Began, Effect, Event, Forget, Heard, Keep, Remember, Remind, Reminded, Tapped
from device.hall.calendar import business_day, is_open
from device.hall.plan import Plan
from device.moment import Moment
from device.roles import kiosk_numbers as numbers
from device.roles import kiosk_printing as printing
from device.roles.common import HallTime, Shown, clockface, next_minute
from device.roles.errand import Errand, errand_kept
from device.roles.half_ticket import VOID, HalfTicket
from device.roles.kiosk_beside import beside
from device.roles.kiosk_desk import KioskDesk
from device.roles.kiosk_pages import Step, Why, errand_page, home_page, sorry_page
from device.roles.kiosk_stock import Stock
from device.roles.kiosk_voice import Guidance
from device.roles.late import Late
from device.roles.scans import Lookup
from device.roles.visit import Visit
from drivers.events import LinkDown, LinkUp, Printed, PrinterReport, PrintFailed, PrintUnknown
from screens.views import KioskClosing, KioskPage, KioskStill

_UNSEEN = (HallCall, HallWindow, HallMissed)  # what its pages show nothing of


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
    report: PrinterReport = PrinterReport(ready=False, code="starting")
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
        if isinstance(event, Heard) and isinstance(event.body, _UNSEEN) and not self._of_whom_is_owed(event.body):
            return []  # most of what is heard in a large hall changes nothing here
        self.guidance.hear(event)
        effects = self._touched(event, moment)
        view, modes = self._view(moment), self.visit.modes
        view = view if view.modes == modes else replace(view, modes=modes)
        return [*effects, *self.shown.show(view), *self.guidance.shown(view, moment)]

    def _of_whom_is_owed(self, body: HallCall | HallWindow | HallMissed) -> bool:
        """Whether whoever waits for paper here stands at a window now."""
        return self.owed is not None and not isinstance(body, HallMissed) and body.ticket == self.owed.ticket

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
        if self.step in ("home", "sorry") or (isinstance(event, Reminded) and event.key in ("lookup", "notice")):
            aside = beside(self, event, moment)
            if aside is not None:
                return aside
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
                return numbers.answered(self, answer, moment)
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
                return printing.reported(self, report, moment)
            case Heard(_, (HallCall() | HallWindow()) as call), _ if self._of_whom_is_owed(call):
                return printing.owe_nothing(self)  # whoever has this number is at the window
            case (Printed() | PrintFailed() | PrintUnknown()) as outcome, _ if outcome.job == VOID:
                return self.half.voided(outcome)
            case (Printed() | PrintFailed() | PrintUnknown()) as outcome, "printing":
                return printing.out(self, outcome, moment)
            case _:
                return []

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
                *self.tell_number(errand, sure=False),
            ]
        elif errand := errand_kept(event.kept.get("owed"), self.plan):
            effects += [
                *printing.owe(self, errand, moment),
                *(self.tell_number(errand, sure=True) if self.owed else []),
            ]
        return effects

    def tell_number(self, errand: Errand, *, sure: bool) -> list[Effect]:
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
                self.home()
            case "owed":
                return printing.owe_nothing(self)
            case _ if self.errand and self.step == "asking" and key == f"answer:{self.errand.request}":
                return numbers.from_block(self, moment)
        return []

    def home(self) -> None:
        """The next citizen's."""
        self.step, self.errand, self.lang = "home", None, self.plan.languages[0]
        self.visit.reset()
        self.late.close()
        self.desk.close()

    # --- a citizen -------------------------------------------------------------------------------------------

    def _tapped(self, key: str, moment: Moment) -> list[Effect]:
        word, _, value = key.partition(":")
        match word, self.step:
            case "service", "home" | "sorry":
                return numbers.wanted(self, value, moment)
            case "choose", "home" if value == "wait" and isinstance(self.late.page, KioskClosing):
                return numbers.waits(self, moment)
            case "lang", "home" if value in self.plan.languages:
                self.lang = value
                return self.visit.touched()
            case "again", "nopaper":
                return printing.once_more(self)
            case "done", "take" | "nopaper" | "sorry":
                self.home()
                return [Forget("done"), *(printing.owe_nothing(self) if self.owed else [])]
            case _:
                return []

    def sorry(self, why: Why) -> list[Effect]:
        """No number now: why, and what to do instead."""
        self.step, self.why = "sorry", why
        return [Remind(float(self.plan.rules.idle_seconds), "done")]

    # --- what the kiosk knows --------------------------------------------------------------------------------

    def _service(self, service: HallService) -> list[Effect]:
        known = self.services.get(service.service)
        if known is None or service.rev >= known.rev:
            self.services[service.service] = service
        return []

    # --- what people see -------------------------------------------------------------------------------------

    def blocked(self, moment: Moment) -> Why | None:
        """Why no ticket can be taken now. A printer that never could say how it is may still print."""
        if self.report.code == "starting":
            return "starting"
        if not self.report.ready and (self.report.code != "silent" or self.refused):
            return "paper" if "paper-out" in self.report.conditions else "printer"
        if not is_open(self.plan, self.time.now(moment)) and self.time.sure(moment):
            return "closed"
        return None

    def _view(self, moment: Moment) -> KioskPage:
        page = None
        if self.errand:
            again = printing.may_ask(self)
            page = errand_page(self.step, self.errand, self.plan, self.lang, sure=self.sure, again=again)
        asks = self.visit.page if isinstance(self.visit.page, KioskStill) else None
        page = page or asks or self.desk.page or self.lookup.page or self.visit.page or self.late.page
        why = self.why if self.step == "sorry" else self.blocked(moment)
        if page or not why:
            return page or home_page(
                self.plan, self.services, self.lang, clockface(moment), self.visit, self.desk,
                lookup=self.link, voice=self.guidance.offered,
            )  # fmt: skip
        now = self.time.now(moment)
        return sorry_page(self.name, why, self.plan, self.lang, clockface(moment), now, retry=self.step == "sorry")

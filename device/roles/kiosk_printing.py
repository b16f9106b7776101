"""A ticket's paper: printed, or owed until it can be printed again (rules 4 to 6 of kiosk.py, and errand.py)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from device.contract.messages import TicketPrinted, TicketPrintFailed, TicketPrintUnknown
from device.effects import Effect, Forget, Keep, Print, Remember, Remind
from device.moment import Moment
from device.roles.errand import Errand
from device.roles.paper import ticket_paper
from drivers.events import Printed, PrinterReport, PrintFailed, PrintUnknown

if TYPE_CHECKING:
    from device.roles.kiosk import Kiosk


def put(k: Kiosk, errand: Errand) -> list[Effect]:
    """Print it; that it may be on its way out is kept first."""
    k.errand, k.lang, k.step = errand, errand.lang, "printing"
    paper = Print(errand.job, ticket_paper(k.plan, errand))
    return [Keep("printing", errand.kept()), *k.half.void(), paper]


def out(k: Kiosk, outcome: Printed | PrintFailed | PrintUnknown, moment: Moment) -> list[Effect]:
    """What became of the paper: for the record, and for whom it was meant."""
    errand = k.errand
    if errand is None or outcome.job != errand.job:
        return []
    again = errand.reprints > 0
    effects: list[Effect] = [Keep("printing", None), *k.half.after(outcome)]
    match outcome:
        case Printed():
            k.step = "take"
            record: TicketPrinted | TicketPrintFailed | TicketPrintUnknown = TicketPrinted(errand.ticket, again)
            effects.append(Remind(float(k.plan.rules.take_seconds), "done"))
        case PrintFailed(code=code):
            k.refused = code == "silent"
            record = TicketPrintFailed(errand.ticket, code, again)
            effects += owe(k, errand, moment) + k.tell_number(errand, sure=True)
        case PrintUnknown(code=code):
            record = TicketPrintUnknown(errand.ticket, code, again)
            effects += k.tell_number(errand, sure=False)
    return [Remember(record, moment.id(0)), *effects]


def may_ask(k: Kiosk) -> bool:
    """Whether whoever stands here may have a paper once more that perhaps did not come out: they see whether it did."""
    errand = k.errand
    return errand is not None and k.step == "nopaper" and not k.sure and not errand.reprints and k.report.ready


def once_more(k: Kiosk) -> list[Effect]:
    """Because they say that none came out; marked as a reprint, and not a second time."""
    errand = k.errand
    if errand is None or not may_ask(k):
        return []
    errand.reprints += 1
    return [*put(k, errand), Forget("done")]


def owe(k: Kiosk, errand: Errand, moment: Moment) -> list[Effect]:
    """Until the printer says that it is ready: it says how it is after every ticket it did not print."""
    seconds = errand.owed(k.time.now(moment), k.plan)
    if not seconds:
        return owe_nothing(k)
    k.owed = errand
    return [Keep("owed", errand.kept()), Remind(seconds, "owed")]


def owe_nothing(k: Kiosk) -> list[Effect]:
    """It came out, or is not wanted any more."""
    k.owed = None
    return [Keep("owed", None), Forget("owed")]


def _print_owed(k: Kiosk, moment: Moment) -> list[Effect]:
    owed = k.owed
    if owed is None or k.step not in ("home", "nopaper"):
        return []
    paid = owe_nothing(k)  # in the commit that says what is being printed
    if not owed.owed(k.time.now(moment), k.plan):
        return paid
    owed.reprints += 1
    return [*paid, *put(k, owed), Forget("done"), Forget("idle")]


def reported(k: Kiosk, report: PrinterReport, moment: Moment) -> list[Effect]:
    """How the printer says it is: once it is ready it prints what is owed."""
    k.report = report
    k.refused = k.refused and report.code == "silent"
    return [*k.half.void(), *_print_owed(k, moment)] if report.ready else []

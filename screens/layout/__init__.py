"""Where everything on a page goes, worked out from millimetres and distance: `layout(view, screen, ruler) -> Picture`.

Pure: no graphics library, no clock, no files but the phrases. The ruler measures text in the fonts that will draw it.
"""

from __future__ import annotations

from dataclasses import replace

from screens.layout import (
    board,
    console,
    evaluator,
    evaluator_ask,
    evaluator_thanks,
    fault,
    info,
    kiosk_choose,
    kiosk_closing,
    kiosk_desk,
    kiosk_home,
    kiosk_place,
    kiosk_steps,
    sign,
)
from screens.layout.modes import in_modes
from screens.layout.picture import Area, Box, Figure, Panel, Picture, Ruler, Screen, Text, hit
from screens.phrases import COMPLETE, SOURCE, letters
from screens.views import (
    BoardPage,
    ConsolePage,
    EvaluatorAsk,
    EvaluatorComplaint,
    EvaluatorIdle,
    EvaluatorThanks,
    InfoPage,
    KioskBeside,
    KioskBooked,
    KioskBusy,
    KioskClasses,
    KioskClosing,
    KioskElsewhere,
    KioskHelp,
    KioskHome,
    KioskKeypad,
    KioskLookup,
    KioskNoPaper,
    KioskPage,
    KioskPlace,
    KioskRegistered,
    KioskRequest,
    KioskSorry,
    KioskStill,
    KioskTake,
    KioskTimes,
    OutOfOrder,
    SignPage,
    View,
)

__all__ = ["Area", "Box", "Figure", "Panel", "Picture", "Ruler", "Screen", "Text", "hit", "layout"]


Beside = EvaluatorAsk | EvaluatorComplaint | EvaluatorIdle | EvaluatorThanks | OutOfOrder


def layout(view: View, screen: Screen, ruler: Ruler) -> Picture:
    """The view as a picture for this screen. The same view on the same screen is always the same picture."""
    match view:
        case BoardPage() | InfoPage() | SignPage():
            return _for_the_hall(view, screen, ruler)
        case ConsolePage():
            return console.console(view, screen, ruler)
        case EvaluatorAsk() | EvaluatorComplaint() | EvaluatorIdle() | EvaluatorThanks() | OutOfOrder():
            return _beside_chinese(view, screen, ruler)
        case _:
            return _for_a_citizen(view, screen, ruler)


def _for_the_hall(view: BoardPage | InfoPage | SignPage, screen: Screen, ruler: Ruler) -> Picture:
    """In Chinese and the hall's second language; if this device cannot draw that one, in Chinese alone, and a flaw."""
    lang = view.second
    shown = replace(view, second=SOURCE) if lang not in COMPLETE and ruler.lacks(letters(lang)) else view
    match shown:
        case BoardPage():
            page = board.board(shown, screen, ruler)
        case InfoPage():
            page = info.info(shown, screen, ruler)
        case _:
            page = sign.sign(shown, screen, ruler)
    return page if shown is view else _without(lang, page)


def _for_a_citizen(view: KioskPage, screen: Screen, ruler: Ruler) -> Picture:
    """In the citizen's language and as they wish it. A language this device cannot draw is Chinese, and a flaw."""
    lang = view.lang
    shown = replace(view, lang=SOURCE) if ruler.lacks(letters(lang)) else view
    page = in_modes(shown, screen, ruler, lambda glass: _kiosk(shown, glass, ruler))
    return page if shown is view else _without(lang, page)


def _beside_chinese(view: Beside, screen: Screen, ruler: Ruler) -> Picture:
    """In Chinese and the hall's second language; if this device cannot draw that one, in English, and a flaw."""
    lang = view.second
    shown = replace(view, second="en") if lang not in COMPLETE and ruler.lacks(letters(lang)) else view
    match shown:
        case EvaluatorAsk():
            page = evaluator_ask.ask(shown, screen, ruler)
        case EvaluatorThanks():
            page = evaluator_thanks.thanks(shown, screen, ruler)
        case EvaluatorComplaint():
            page = evaluator_thanks.complaint(shown, screen, ruler)
        case EvaluatorIdle():
            page = evaluator.idle(shown, screen, ruler)
        case _:
            page = fault.out_of_order(shown, screen, ruler)
    return page if shown is view else _without(lang, page)


def _without(lang: str, page: Picture) -> Picture:
    """The same page, with the fault that this device has no font for a language."""
    return replace(page, flaws=tuple(dict.fromkeys((f"font: {lang}", *page.flaws))))


def _kiosk(view: KioskPage, screen: Screen, ruler: Ruler) -> Picture:
    match view:
        case KioskHome():
            return kiosk_home.home(view, screen, ruler)
        case KioskLookup():
            return kiosk_place.lookup(view, screen, ruler)
        case KioskPlace():
            return kiosk_place.place(view, screen, ruler)
        case KioskBusy():
            return kiosk_steps.busy(view, screen, ruler)
        case KioskTake():
            return kiosk_steps.take(view, screen, ruler)
        case KioskNoPaper():
            return kiosk_steps.no_paper(view, screen, ruler)
        case KioskSorry():
            return kiosk_steps.sorry(view, screen, ruler)
        case _:
            return _kiosk_beside(view, screen, ruler)


def _kiosk_beside(view: KioskBeside, screen: Screen, ruler: Ruler) -> Picture:
    """The pages beside the way to a number."""
    match view:
        case KioskClasses():
            return kiosk_choose.classes(view, screen, ruler)
        case KioskElsewhere():
            return kiosk_choose.elsewhere(view, screen, ruler)
        case KioskHelp():
            return kiosk_choose.help_called(view, screen, ruler)
        case KioskStill():
            return kiosk_choose.still(view, screen, ruler)
        case KioskClosing():
            return kiosk_closing.closing(view, screen, ruler)
        case KioskTimes():
            return kiosk_closing.times(view, screen, ruler)
        case KioskBooked():
            return kiosk_closing.booked(view, screen, ruler)
        case KioskKeypad():
            return kiosk_desk.keypad(view, screen, ruler)
        case KioskRequest():
            return kiosk_desk.request(view, screen, ruler)
        case KioskRegistered():
            return kiosk_desk.registered(view, screen, ruler)

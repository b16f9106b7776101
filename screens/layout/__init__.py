"""Where everything on a page goes, worked out from millimetres and distance: `layout(view, screen, ruler) -> Picture`.

Pure: no graphics library, no clock, no files but the phrases. The ruler measures text in the fonts that will draw it.
"""

from __future__ import annotations

from dataclasses import replace

from screens import views
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
from screens.views import KioskBeside, KioskPage, View

__all__ = ["Area", "Box", "Figure", "Panel", "Picture", "Ruler", "Screen", "Text", "hit", "layout"]


Hall = views.BoardPage | views.InfoPage | views.SignPage
Evaluator = (
    views.EvaluatorAsk | views.EvaluatorComplaint | views.EvaluatorIdle | views.EvaluatorThanks | views.OutOfOrder
)


def layout(view: View, screen: Screen, ruler: Ruler) -> Picture:
    """The view as a picture for this screen. The same view on the same screen is always the same picture."""
    match view:
        case views.BoardPage() | views.InfoPage() | views.SignPage():
            return _in_two(view, SOURCE, screen, ruler)  # if the second cannot be drawn: Chinese alone
        case views.ConsolePage():
            return console.console(view, screen, ruler)
        case (
            views.EvaluatorAsk()
            | views.EvaluatorComplaint()
            | views.EvaluatorIdle()
            | views.EvaluatorThanks()
            | views.OutOfOrder()
        ):
            return _in_two(view, "en", screen, ruler)
        case _:
            return _for_a_citizen(view, screen, ruler)


def _in_two(view: Hall | Evaluator, instead: str, screen: Screen, ruler: Ruler) -> Picture:
    """In Chinese and the hall's second language. One that this device cannot draw is `instead`, and a flaw."""
    lang = view.second
    shown = replace(view, second=instead) if lang not in COMPLETE and ruler.lacks(letters(lang)) else view
    page = _two(shown, screen, ruler)
    return page if shown is view else _without(lang, page)


def _two(view: Hall | Evaluator, screen: Screen, ruler: Ruler) -> Picture:
    match view:
        case views.BoardPage():
            page = board.board(view, screen, ruler)
        case views.InfoPage():
            page = info.info(view, screen, ruler)
        case views.SignPage():
            page = sign.sign(view, screen, ruler)
        case views.EvaluatorAsk():
            page = evaluator_ask.ask(view, screen, ruler)
        case views.EvaluatorThanks():
            page = evaluator_thanks.thanks(view, screen, ruler)
        case views.EvaluatorComplaint():
            page = evaluator_thanks.complaint(view, screen, ruler)
        case views.EvaluatorIdle():
            page = evaluator.idle(view, screen, ruler)
        case _:
            page = fault.out_of_order(view, screen, ruler)
    return page


def _for_a_citizen(view: KioskPage, screen: Screen, ruler: Ruler) -> Picture:
    """In the citizen's language and as they wish it. A language this device cannot draw is Chinese, and a flaw."""
    lang = view.lang
    shown = replace(view, lang=SOURCE) if ruler.lacks(letters(lang)) else view
    page = in_modes(shown, screen, ruler, lambda glass: _kiosk(shown, glass, ruler))
    return page if shown is view else _without(lang, page)


def _without(lang: str, page: Picture) -> Picture:
    """The same page, with the fault that this device has no font for a language."""
    return replace(page, flaws=tuple(dict.fromkeys((f"font: {lang}", *page.flaws))))


def _kiosk(view: KioskPage, screen: Screen, ruler: Ruler) -> Picture:
    match view:
        case views.KioskHome():
            return kiosk_home.home(view, screen, ruler)
        case views.KioskLookup():
            return kiosk_place.lookup(view, screen, ruler)
        case views.KioskPlace():
            return kiosk_place.place(view, screen, ruler)
        case views.KioskBusy():
            return kiosk_steps.busy(view, screen, ruler)
        case views.KioskTake():
            return kiosk_steps.take(view, screen, ruler)
        case views.KioskNoPaper():
            return kiosk_steps.no_paper(view, screen, ruler)
        case views.KioskSorry():
            return kiosk_steps.sorry(view, screen, ruler)
        case _:
            return _kiosk_beside(view, screen, ruler)


def _kiosk_beside(view: KioskBeside, screen: Screen, ruler: Ruler) -> Picture:
    """The pages beside the way to a number."""
    match view:
        case views.KioskClasses():
            return kiosk_choose.classes(view, screen, ruler)
        case views.KioskElsewhere():
            return kiosk_choose.elsewhere(view, screen, ruler)
        case views.KioskHelp():
            return kiosk_choose.help_called(view, screen, ruler)
        case views.KioskStill():
            return kiosk_choose.still(view, screen, ruler)
        case views.KioskClosing():
            return kiosk_closing.closing(view, screen, ruler)
        case views.KioskTimes():
            return kiosk_closing.times(view, screen, ruler)
        case views.KioskBooked():
            return kiosk_closing.booked(view, screen, ruler)
        case views.KioskKeypad():
            return kiosk_desk.keypad(view, screen, ruler)
        case views.KioskRequest():
            return kiosk_desk.request(view, screen, ruler)
        case views.KioskRegistered():
            return kiosk_desk.registered(view, screen, ruler)

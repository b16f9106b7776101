"""Where everything on a page goes, worked out from millimetres and distance: `layout(view, screen, ruler) -> Picture`.

Pure: no graphics library, no clock, no files but the phrases. The ruler measures text in the fonts that will draw it.
"""

from __future__ import annotations

from screens.layout import board, console, evaluator, fault, kiosk_home, kiosk_place, kiosk_steps, sign
from screens.layout.picture import Area, Box, Figure, Panel, Picture, Ruler, Screen, Text, hit
from screens.views import (
    BoardPage,
    ConsolePage,
    EvaluatorAsk,
    EvaluatorIdle,
    EvaluatorThanks,
    KioskBusy,
    KioskHome,
    KioskLookup,
    KioskNoPaper,
    KioskPlace,
    KioskSorry,
    KioskTake,
    OutOfOrder,
    SignPage,
    View,
)

__all__ = ["Area", "Box", "Figure", "Panel", "Picture", "Ruler", "Screen", "Text", "hit", "layout"]


def layout(view: View, screen: Screen, ruler: Ruler) -> Picture:
    """The view as a picture for this screen. The same view on the same screen is always the same picture."""
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
        case BoardPage():
            return board.board(view, screen, ruler)
        case SignPage():
            return sign.sign(view, screen, ruler)
        case ConsolePage():
            return console.console(view, screen, ruler)
        case EvaluatorIdle():
            return evaluator.idle(view, screen, ruler)
        case EvaluatorAsk():
            return evaluator.ask(view, screen, ruler)
        case EvaluatorThanks():
            return evaluator.thanks(view, screen, ruler)
        case OutOfOrder():
            return fault.out_of_order(view, screen, ruler)

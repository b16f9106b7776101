"""The kiosk's pages beside the way to a number: still there?, looking up, choices, near closing, the service desk's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from device.effects import Effect, Event, Forget, Reminded, Tapped
from device.hall.calendar import business_day
from device.moment import Moment
from device.roles.kiosk_desk import OPENING
from device.roles.scans import AppointmentCode, read_code
from drivers.events import Scanned
from screens.views import KioskHelp, KioskLookup, KioskStill

if TYPE_CHECKING:
    from device.roles.kiosk import Kiosk


def beside(k: Kiosk, event: Event, moment: Moment) -> list[Effect] | None:
    """The pages beside the way to a number: still there?, looking up, choices, near closing."""
    now = k.time.now(moment)
    match event:
        case Tapped("done") | Reminded("gone") if isinstance(k.visit.page, KioskStill):
            k.home()
            return [Forget("idle"), Forget("gone")]
        case Reminded("idle") if k.lookup.page:
            return k.visit.touched()  # that page ends by itself
        case Reminded("idle") if not k.late.page and k.visit.is_new(k.lang) and not k.desk.busy:
            k.visit.reset()
            return []
        case Scanned(text) if k.link and not k.blocked(moment):
            if isinstance(code := read_code(text, k.plan), AppointmentCode):
                k.visit.code = code.code
                return [*k.lookup.close(), *k.visit.touched()]
    asked = _at_the_desk(k, event, moment)
    if asked is not None:
        return asked
    day = business_day(now, k.plan.rollover)
    asked = k.lookup.handle(event, k.lang, day, k.link, moment)
    if k.lookup.code:
        k.visit.code, k.lookup.code = k.lookup.code, ""
        return [*(asked or []), *k.visit.touched()]
    if k.lookup.voucher:
        k.visit.voucher, k.lookup.voucher = k.lookup.voucher, ""
        return [*(asked or []), *k.visit.touched()]
    if asked is None:
        asked = k.visit.handle(event, k.lang, moment)
    if asked is None:
        asked = k.late.handle(event, now, k.link, moment)
    return asked


def _at_the_desk(k: Kiosk, event: Event, moment: Moment) -> list[Effect] | None:
    """What is asked beside numbers; opened from the pages of help and of numbers that somebody holds."""
    if isinstance(k.visit.page, KioskStill) or (isinstance(event, Scanned) and k.blocked(moment)):
        return None
    opening = event in OPENING
    if opening and not isinstance(k.visit.page, KioskHelp) and not isinstance(k.lookup.page, KioskLookup):
        return None
    asked = k.desk.handle(event, k.lang, k.link, moment)
    if asked is None:
        return None
    if opening or isinstance(event, Scanned):
        k.visit.page, asked = None, [*asked, *k.lookup.close()]
    return [*asked, *k.visit.touched()]

"""The kiosk when it may get late, or when somebody would rather come at a time of their own (R061, R242-R246)."""

from __future__ import annotations

from screens.layout.fit import Para
from screens.layout.kiosk_bar import NARROW_MM
from screens.layout.kiosk_frame import Choice, choices, foot, grid, head
from screens.layout.parts import Type, near_day
from screens.layout.picture import Picture, Ruler, Screen
from screens.layout.sheet import Rect, Sheet
from screens.layout.waits import about
from screens.phrases import Words
from screens.views import KioskBooked, KioskClosing, KioskTimes


def closing(view: KioskClosing, screen: Screen, ruler: Ruler) -> Picture:
    """The forecast and the citizen's own choice. Touch targets: `choose:<what>`, `help`; nothing else decides."""
    sheet = Sheet("kiosk-closing", screen, ruler)
    words, size = Words(view.lang), Type.of(screen)
    gap = screen.px(4)
    sheet.panel(sheet.page, "page")
    top, body = sheet.page.top(sheet.page.h * 40 // 100, gap)
    ahead = words("kiosk.ahead_one") if view.waiting == 1 else words("kiosk.ahead", n=view.waiting)
    wait = about(view.minutes, view.most, words)
    told = words("closing.and").join([ahead, wait] if wait else [ahead]) if view.waiting else ""
    lines = (
        Para(words.own(view.service), size.main * 8 // 10, "on-brand", lines=2, main=True),
        Para(words("closing.ends", time=view.closes), size.main, "on-brand", bold=True, lines=2, main=True),
        Para(
            told,
            size.main * 8 // 10,
            "on-brand",
            lines=4 if screen.way == "down" or screen.width_mm < NARROW_MM else 2,
            least=size.text,
            gap=size.least // 2,
            main=True,
        ),
    )
    head(sheet, top, "clock", lines)
    lead, body = body.top(size.main * 3 // 2, gap // 2)
    sheet.text(
        lead.inset(gap * 2, 0),
        Para(words("closing.choose"), size.main * 8 // 10, "ink", bold=True, lines=2, least=size.least, main=True),
        "page",
    )
    keys = [Choice("choose:wait", words("closing.wait"), words("closing.wait_note"), "people")]
    if view.appointment:
        keys.append(
            Choice("choose:appointment", words("closing.appointment"), words("closing.appointment_note"), "form")
        )
    keys.append(Choice("choose:leave", words("closing.leave"), words("closing.leave_note"), "arrow"))
    keys.append(Choice("help", words("kiosk.help"), "", "help"))
    choices(sheet, grid(sheet, body.inset(gap * 2, gap), len(keys), size, gap), keys, size)
    return sheet.picture()


def times(view: KioskTimes, screen: Screen, ruler: Ruler) -> Picture:
    """Touch targets: `slot:<identity>`, `done`, `help`."""
    sheet = Sheet("kiosk-times", screen, ruler)
    words, size = Words(view.lang), Type.of(screen)
    gap = screen.px(4)
    sheet.panel(sheet.page, "page")
    body = foot(sheet, words, size, words("kiosk.back"))
    top, body = body.top(body.h * 28 // 100, gap)
    lead = words("times.taken") if view.taken else words("times.lead")
    lines = (
        Para(words.own(view.service), size.main * 8 // 10, "on-brand", lines=2, main=True),
        Para(lead, size.main, "on-brand", bold=True, lines=2, main=True),
    )
    head(sheet, top, "form", lines)
    keys = [Choice(f"slot:{name}", at[11:16], near_day(words, at), "clock") for name, at in view.slots]
    if keys:
        choices(sheet, grid(sheet, body.inset(gap * 2, 0), len(keys), size, gap), keys, size)
    else:
        none = Para(words("times.none"), size.main, "ink", bold=True, lines=3, least=size.least, main=True)
        sheet.text(body.inset(gap * 2, 0), none, "page")
    return sheet.picture()


def booked(view: KioskBooked, screen: Screen, ruler: Ruler) -> Picture:
    """The code to come back with. Touch target: `done`."""
    sheet = Sheet("kiosk-booked", screen, ruler)
    words, size = Words(view.lang), Type.of(screen)
    gap = screen.px(5)
    sheet.panel(sheet.page, "page")
    body = foot(sheet, words, size, words("kiosk.done"))
    top, body = body.top(body.h // 2)
    _code(sheet, top, view.code, words, size)
    when = f"{near_day(words, view.at)} {view.at[11:16]}"
    lines = [
        Para(when, size.main * 11 // 10, "ink", bold=True, lines=2, main=True),
        Para(words.own(view.service), size.main * 8 // 10, "ink", lines=2, gap=size.least // 2, main=True),
        Para(words("booked.until", time=view.until[11:16]), size.text, "ink", lines=2, gap=size.least // 2),
        Para(words("booked.remember"), size.text, "ink", lines=3, gap=size.least // 2),
    ]
    sheet.stack(body.inset(gap * 2, gap // 2), lines, "page", "center")
    return sheet.picture()


def _code(sheet: Sheet, at: Rect, code: str, words: Words, size: Type) -> None:
    sheet.panel(at, "brand")
    inner = at.inset(sheet.screen.px(8), sheet.screen.px(3))
    name, rest = inner.top(size.main * 3 // 2)
    title = Para(words("booked.title"), size.main * 8 // 10, "on-brand", least=size.least, main=True)
    sheet.text(name, title, "brand", "center")
    big = Para(
        code[:3] + " " + code[3:], rest.h * 8 // 10, "on-brand", bold=True, least=size.text, main=True, tight=True
    )
    sheet.text(rest, big, "brand", "center")

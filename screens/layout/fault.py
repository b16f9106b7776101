"""A device that cannot do its work says sorry, who knows of it, and what people can do instead (R037, R150, R190)."""

from __future__ import annotations

from dataclasses import replace
from math import isqrt

from screens.layout.fit import Para
from screens.layout.parts import ZH, clock
from screens.layout.picture import Picture, Ruler, Screen
from screens.layout.sheet import Rect, Sheet
from screens.views import OutOfOrder


def out_of_order(view: OutOfOrder, screen: Screen, ruler: Ruler) -> Picture:
    """Nothing to touch: a machine in this state may not hear a finger. On a strip the two parts stand side by side."""
    sheet = Sheet("out-of-order", screen, ruler, view.second)
    page = sheet.page
    sheet.panel(page, "page")
    unit = max(1, isqrt(page.w * page.h) // 120)
    strip = page.w > page.h * 2
    head, rest = page.left(page.w * 46 // 100) if strip else page.top(page.h * 44 // 100)
    _sorry(sheet, head, unit)
    foot, body = rest.bottom(unit * 16)
    told = Para(sheet.words("fault.told"), sheet.second_size(unit * 3), "quiet")
    do = [
        Para(ZH("fault.do"), unit * 7, "ink", bold=True, lines=3, main=True),
        Para(sheet.words("fault.do"), sheet.second_size(unit * 9 // 2), "quiet", lines=4, gap=unit),
    ]
    if sheet.runs_down(told.text):  # the note is too low for columns
        do.append(replace(told, size=unit * 4))
        told = replace(told, text="")
    sheet.stack(body.inset(unit * 6, unit * 2), do, "page")
    _note(sheet, foot.inset(unit * 6, unit * 2), view, told, unit)
    return sheet.picture()


def _sorry(sheet: Sheet, at: Rect, unit: int) -> None:
    sheet.panel(at, "brand")
    inner = at.inset(unit * 6, unit * 3)
    mark, inner = inner.left(min(inner.h * 6 // 10, unit * 24, inner.w // 3), unit * 5)
    sheet.figure(mark, "tool", "help", "brand")
    title = (
        Para(ZH("fault.title"), unit * 10, "on-brand", bold=True, lines=3, least=unit * 7, main=True),
        Para(sheet.words("fault.title"), sheet.second_size(unit * 5), "on-brand", lines=3, gap=unit),
    )
    sheet.stack(inner, title, "brand")


def _note(sheet: Sheet, at: Rect, view: OutOfOrder, told: Para, unit: int) -> None:
    """For the person who comes to mend it: device and code, small."""
    time, note = at.right(at.w * 42 // 100, unit * 2)
    clock(sheet, time, view.clock, "page", ("ink", "quiet"), (unit * 6, unit * 3))
    lines = (
        Para(ZH("fault.told"), unit * 4, "ink"),
        told,
        Para(ZH("fault.note", device=view.device, code=view.code), unit * 3, "quiet", lines=2),
    )
    sheet.stack(note, lines, "page")

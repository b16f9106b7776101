"""A device that cannot do its work says sorry, who knows of it, and what people can do instead (R037, R150, R190)."""

from __future__ import annotations

from math import isqrt

from screens.layout.fit import Para
from screens.layout.parts import EN, ZH, clock
from screens.layout.picture import Picture, Ruler, Screen
from screens.layout.sheet import Rect, Sheet
from screens.views import OutOfOrder


def out_of_order(view: OutOfOrder, screen: Screen, ruler: Ruler) -> Picture:
    """Nothing to touch: a machine in this state may not hear a finger."""
    sheet = Sheet("out-of-order", screen, ruler)
    page = sheet.page
    sheet.panel(page, "page")
    unit = max(1, min(isqrt(page.w * page.h) // 126, page.h // 64))
    head, rest = page.top(page.h * 44 // 100)
    sheet.panel(head, "brand")
    inner = head.inset(unit * 6, unit * 3)
    side = min(inner.h * 6 // 10, unit * 28)
    mark, inner = inner.left(side, unit * 6)
    sheet.figure(Rect(mark.x, mark.y, mark.w, mark.h), "tool", "help", "brand")
    title = (
        Para(ZH("fault.title"), unit * 9, "on-brand", bold=True, lines=2, main=True),
        Para(EN("fault.title"), unit * 5, "on-brand", lines=2),
    )
    sheet.stack(inner, title, "brand")
    foot, body = rest.bottom(unit * 16)
    do = (
        Para(ZH("fault.do"), unit * 6, "ink", bold=True, lines=3, main=True),
        Para(EN("fault.do"), unit * 4, "quiet", lines=3),
    )
    sheet.stack(body.inset(unit * 6, unit * 2), do, "page")
    inner = foot.inset(unit * 6, unit * 2)
    time, note = inner.right(inner.w * 4 // 10, unit * 2)
    clock(sheet, time, view.clock, "page", ("ink", "quiet"), (unit * 6, unit * 3))
    told = f"{ZH('fault.told')}  {EN('fault.told')}"
    code = ZH("fault.note", device=view.device, code=view.code)
    sheet.stack(note, (Para(told, unit * 4, "ink"), Para(code, unit * 3, "quiet")), "page")
    return sheet.picture()

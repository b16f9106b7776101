"""The kiosk's first page: one large key a service, language first, help always at hand."""

from __future__ import annotations

from screens.layout.fit import fit
from screens.layout.parts import Type, clock, help_key
from screens.layout.picture import Picture, Ruler, Screen
from screens.layout.sheet import Para, Rect, Sheet
from screens.phrases import Words, word
from screens.views import KioskHome, ServiceKey

KEY_MM = 21  # a little more than the 20 mm that a finger needs


def home(view: KioskHome, screen: Screen, ruler: Ruler) -> Picture:
    """Touch targets: `service:<id>`, `lang:<code>`, `help`."""
    sheet = Sheet("kiosk-home", screen, ruler)
    words, size = Words(view.lang), Type.of(screen)
    gap = screen.px(3.5)
    sheet.panel(sheet.page, "page")
    head, rest = sheet.page.top(screen.px(KEY_MM) + gap)
    _head(sheet, head, view, words, size)
    foot, rest = rest.bottom(screen.px(KEY_MM) + 2 * gap)
    _foot(sheet, foot.inset(gap * 2, gap), view, words, size)
    body = rest.inset(gap * 2, 0)
    lead, body = body.top(size.main * 8 // 5)
    _lead(sheet, lead, words, size)
    _keys(sheet, body, view.services, words, size)
    return sheet.picture()


def _head(sheet: Sheet, at: Rect, view: KioskHome, words: Words, size: Type) -> None:
    sheet.panel(at, "brand")
    gap = sheet.screen.px(3.5)
    inner = at.inset(gap * 2, gap // 2)
    wide = max(sheet.screen.px(30), size.text * 5)
    for lang in reversed(view.langs):
        key, inner = inner.right(wide, gap)
        chosen = lang == view.lang
        colour, ink = ("on-brand", "brand") if chosen else ("brand", "on-brand")
        sheet.panel(key, colour, radius=sheet.screen.px(2.5), edge="on-brand", edge_px=sheet.screen.px(0.5))
        sheet.key(key, f"lang:{lang}")
        name = Para(word(lang, "lang.name"), size.text, ink, bold=chosen, main=True)
        sheet.text(key.inset(gap // 2, 0), name, colour, "center")
    mark, inner = inner.left(inner.h * 3 // 5, gap)
    sheet.figure(mark, "emblem", "on-brand", "brand")
    title = Para(words.own(view.hall), size.main, "on-brand", bold=True, lines=2, least=size.small, main=True)
    sheet.text(inner, title, "brand")


def _lead(sheet: Sheet, at: Rect, words: Words, size: Type) -> None:
    lead, once = words("kiosk.lead"), words("kiosk.once")
    gap = sheet.screen.px(6)
    both = sheet.width(lead, size.main * 8 // 10, True) + gap + sheet.width(once, size.small)
    if both <= at.w:
        left, right = at.left(at.w - sheet.width(once, size.small) - gap, gap)
        sheet.text(right, Para(once, size.small, "quiet"), "page", "right")
        at = left
    sheet.text(at, Para(lead, size.main * 8 // 10, "ink", bold=True, main=True), "page")


def _grid(at: Rect, count: int, least: int, gap: int) -> list[Rect]:
    """Places for the keys: as few columns as leave every key tall enough for a finger."""
    fair = 1 if at.h > at.w else 2
    columns = next((c for c in range(fair, 7) if _tall(at.h, count, c, gap) >= least), 6) if count > 1 else 1
    rows = -(-count // columns)
    return [cell for row in at.rows(rows, gap) for cell in row.columns(columns, gap)][:count]


def _tall(height: int, count: int, columns: int, gap: int) -> int:
    rows = -(-count // columns)
    return (height - gap * (rows - 1)) // rows


def _keys(sheet: Sheet, at: Rect, services: tuple[ServiceKey, ...], words: Words, size: Type) -> None:
    if not services:
        return
    gap = sheet.screen.px(3.5)
    cells = _grid(at, len(services), sheet.screen.px(KEY_MM), gap)
    pad = sheet.screen.px(3.5)
    plans = [_split(cell.inset(pad, pad // 2), pad) for cell in cells]
    # One size for all names, so that no service looks more important than another.
    wish = min(
        fit(words.own(s.name), name.w, name.h, (size.main, size.main * 3 // 4), 2, True, sheet.ruler).size
        for s, (name, _, _) in zip(services, plans, strict=True)
    )
    for service, cell, (name, place, facts) in zip(services, cells, plans, strict=True):
        colour, ink = ("card", "ink") if service.open else ("dim", "quiet")
        sheet.panel(cell, colour, radius=sheet.screen.px(3), edge="line", edge_px=max(1, sheet.screen.px(0.3)))
        sheet.key(cell, f"service:{service.id}")
        title = Para(words.own(service.name), wish, ink, bold=True, lines=2, least=size.least, main=service.open)
        sheet.text(name, title, colour)
        _fact(sheet, place, "pin", words.own(service.place), size, colour, "quiet")
        _facts(sheet, facts, service, words, size, colour)


def _split(inner: Rect, pad: int) -> tuple[Rect, Rect, list[Rect]]:
    """A key's parts: name, place, and two lines of facts: beside where the key is wide, else below."""
    if inner.w > inner.h * 4:
        facts, rest = inner.right(inner.w * 3 // 10, pad)
        name, place = rest.top(rest.h * 6 // 10)
        return name, place, facts.inset(0, facts.h // 8).rows(2, 0)
    name, rest = inner.top(inner.h // 2)
    place, below = rest.rows(2, 0)
    return name, place, below.columns(2, pad)


def _fact(sheet: Sheet, at: Rect, figure: str, text: str, size: Type, on: str, ink: str) -> None:
    if not text:
        return
    side = min(size.small, at.h * 8 // 10)
    mark, rest = at.left(side, side // 3)
    sheet.figure(mark.middle(side, side), figure, ink, on)
    sheet.text(rest, Para(text, size.small, ink, lines=2, least=size.least), on)


def _facts(sheet: Sheet, lines: list[Rect], service: ServiceKey, words: Words, size: Type, on: str) -> None:
    if not service.open:
        _fact(sheet, lines[0], "state-closed", words("kiosk.closed"), size, on, "ink")
        return
    if service.waiting is None:
        _fact(sheet, lines[0], "ticket", words("kiosk.unclear"), size, on, "ink")
        return
    people = words("kiosk.waiting", n=service.waiting) if service.waiting else words("kiosk.nobody")
    _fact(sheet, lines[0], "people", people, size, on, "ink")
    if service.minutes is not None:
        time = words("kiosk.minutes", n=service.minutes) if service.minutes else words("kiosk.soon")
        _fact(sheet, lines[1], "clock", time, size, on, "ink")


def _foot(sheet: Sheet, at: Rect, view: KioskHome, words: Words, size: Type) -> None:
    gap = sheet.screen.px(4)
    help_text = words("kiosk.help")
    wide = max(sheet.screen.px(48), sheet.width(help_text, size.main * 8 // 10, True) + at.h)
    key, rest = at.left(min(wide, at.w * 4 // 10), gap)
    help_key(sheet, key, words, size)
    time, rest = rest.right(min(rest.w * 4 // 10, size.text * 9), gap)
    clock(sheet, time, view.clock, words, "page", ("ink", "quiet"), (size.main * 8 // 10, size.small))
    if view.notice:
        plate = rest.inset(0, rest.h // 8)
        sheet.panel(plate, "open", radius=sheet.screen.px(2.5))
        mark, line = plate.inset(gap, 0).left(size.text, gap)
        sheet.figure(mark, "tick", "on-open", "open")
        sheet.text(line, Para(words(view.notice), size.text, "on-open", bold=True, lines=2, main=True), "open")

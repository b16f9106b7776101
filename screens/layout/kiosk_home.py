"""The kiosk's first page: one large key a service, language first, help always at hand."""

from __future__ import annotations

from screens.layout.fit import Para, fit
from screens.layout.parts import Type, clock, help_key
from screens.layout.picture import Picture, Ruler, Screen
from screens.layout.sheet import Rect, Sheet
from screens.phrases import Words, word
from screens.views import KioskHome, ServiceKey

KEY_MM = 21  # a little more than the 20 mm that a finger needs
LOW_MM = 150  # a screen lower than this has no room for a line of its own above the keys


def home(view: KioskHome, screen: Screen, ruler: Ruler) -> Picture:
    """Touch targets: `service:<id>`, `lang:<code>`, `help`."""
    sheet = Sheet("kiosk-home", screen, ruler)
    words, size = Words(view.lang), Type.of(screen)
    low = screen.height_mm < LOW_MM
    gap = screen.px(2.5 if low else 3.5)
    sheet.panel(sheet.page, "page")
    head, rest = sheet.page.top(screen.px(KEY_MM) + gap)
    _head(sheet, head, view, words, size, gap, low)
    foot, rest = rest.bottom(screen.px(KEY_MM) + 2 * gap)
    _foot(sheet, foot.inset(gap * 2, gap), view, words, size)
    body = rest.inset(gap * 2, 0)
    if low:
        body = Rect(body.x, body.y + gap, body.w, body.h - gap)
    else:
        lead, body = body.top(size.main * 8 // 5)
        _lead(sheet, lead, words, size)
    _keys(sheet, body, view.services, words, size, gap)
    return sheet.picture()


def _head(sheet: Sheet, at: Rect, view: KioskHome, words: Words, size: Type, gap: int, low: bool) -> None:
    sheet.panel(at, "brand")
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
    if low:
        lead = Para(words("kiosk.lead"), size.main * 8 // 10, "on-brand", bold=True, main=True)
        sheet.stack(inner, (Para(words.own(view.hall), size.small, "on-brand-quiet"), lead), "brand")
    else:
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


def _keys(sheet: Sheet, at: Rect, services: tuple[ServiceKey, ...], words: Words, size: Type, gap: int) -> None:
    if not services:
        return
    cells = _grid(at, len(services), sheet.screen.px(KEY_MM), gap)
    pad = sheet.screen.px(3.5)
    plans = [_split(cell.inset(pad, pad // 2), pad, size) for cell in cells]
    # One size for all names, so that no service looks more important than another.
    wish = min(
        fit(
            Para(words.own(s.name), size.main, bold=True, lines=2, least=size.main * 6 // 10), at.w, at.h, sheet.ruler
        ).size
        for s, (at, _, _) in zip(services, plans, strict=True)
    )
    for service, cell, (name, place, facts) in zip(services, cells, plans, strict=True):
        colour, ink = ("card", "ink") if service.open else ("dim", "quiet")
        sheet.panel(cell, colour, radius=sheet.screen.px(3), edge="line", edge_px=max(1, sheet.screen.px(0.3)))
        sheet.key(cell, f"service:{service.id}")
        title = Para(words.own(service.name), wish, ink, bold=True, lines=2, least=size.least, main=service.open)
        sheet.text(name, title, colour)
        _fact(sheet, place, "pin", words.own(service.place), (size.small, size.least), colour, "quiet")
        _facts(sheet, facts, service, words, size, colour)


def _split(inner: Rect, pad: int, size: Type) -> tuple[Rect, Rect, list[Rect]]:
    """A key's parts: name, place, and room for facts: two lines beside them where the key is wide, else one below."""
    if inner.w > size.main * 12:
        facts, rest = inner.right(inner.w * 32 // 100, pad)
        name, place = rest.top(rest.h * 62 // 100)
        return name, place, facts.inset(0, facts.h // 10).rows(2, 0)
    name, rest = inner.top(inner.h * 46 // 100)
    place, below = rest.rows(2, 0)
    return name, place, [below]


def _fact(sheet: Sheet, at: Rect, figure: str, text: str, sizes: tuple[int, int], on: str, ink: str = "ink") -> None:
    if not text:
        return
    side = min(sizes[0], at.h * 8 // 10)
    mark, rest = at.left(side, side // 3)
    sheet.figure(mark.middle(side, side), figure, ink, on)
    sheet.text(rest, Para(text, sizes[0], ink, lines=2, least=sizes[1]), on)


def _facts(sheet: Sheet, lines: list[Rect], service: ServiceKey, words: Words, size: Type, on: str) -> None:
    """How many wait and how long; nothing is said of what is not known."""
    said = _said(service, words)
    sizes = (size.text, size.least) if len(lines) > 1 else (size.small, size.least)
    if len(said) <= len(lines):
        area = lines[0] if len(said) == len(lines) else Rect(lines[0].x, lines[0].y, lines[0].w, 2 * lines[0].h)
        for at, (figure, text) in zip([area, *lines[1:]], said, strict=False):
            _fact(sheet, at, figure, text, sizes, on)
    else:
        _fact(sheet, lines[0], said[0][0], " · ".join(text for _, text in said), sizes, on)


def _said(service: ServiceKey, words: Words) -> list[tuple[str, str]]:
    if not service.open:
        return [("state-closed", words("kiosk.closed"))]
    if service.waiting is None:
        return [("ticket", words("kiosk.unclear"))]
    if not service.waiting:
        return [("tick", words("kiosk.nobody"))]
    people = ("people", words("kiosk.waiting", n=service.waiting))
    return [people, ("clock", words("kiosk.minutes", n=service.minutes))] if service.minutes else [people]


def _foot(sheet: Sheet, at: Rect, view: KioskHome, words: Words, size: Type) -> None:
    gap = sheet.screen.px(4)
    help_text = words("kiosk.help")
    wide = max(sheet.screen.px(48), sheet.width(help_text, size.main * 8 // 10, True) + at.h)
    key, rest = at.left(min(wide, at.w * 4 // 10), gap)
    help_key(sheet, key, words, size)
    time, rest = rest.right(min(rest.w * 4 // 10, size.text * 9) if view.notice else rest.w, gap)
    clock(sheet, time, view.clock, "page", ("ink", "quiet"), (size.main * 8 // 10, size.small), words)
    if view.notice:
        plate = rest.inset(0, rest.h // 8)
        sheet.panel(plate, "open", radius=sheet.screen.px(2.5))
        mark, line = plate.inset(gap, 0).left(size.text, gap)
        sheet.figure(mark, "tick", "on-open", "open")
        sheet.text(
            line, Para(sheet.word(words, view.notice), size.text, "on-open", bold=True, lines=2, main=True), "open"
        )

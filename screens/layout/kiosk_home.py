"""The kiosk's first page: one large key a service, language first, help always at hand."""

from __future__ import annotations

from screens.layout.fit import Para, fit
from screens.layout.parts import Type, button, clock, help_key
from screens.layout.picture import Picture, Ruler, Screen
from screens.layout.sheet import Rect, Sheet
from screens.phrases import Words, word
from screens.views import KioskHome, ServiceKey

KEY_MM = 21  # a little more than the 20 mm that a finger needs
Plan = tuple[Rect, Rect, list[Rect]]  # where a key's name, place and facts go
LOW_MM = 150  # a screen lower than this has no room for a line of its own above the keys


def home(view: KioskHome, screen: Screen, ruler: Ruler) -> Picture:
    """Touch targets: `service:<id>`, `lang:<code>`, `help`, and `lookup` where it is offered."""
    sheet = Sheet("kiosk-home", screen, ruler)
    words, size = Words(view.lang), Type.of(screen)
    low = screen.height_mm < LOW_MM
    gap = screen.px(2.5 if low else 3.5)
    sheet.panel(sheet.page, "page")
    key = min(screen.px(KEY_MM), screen.height_px // 5)
    head, rest = sheet.page.top(key + gap)
    _head(sheet, head, view, words, size, gap, low)
    foot, rest = rest.bottom(key + 2 * gap)
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
    wide = min(max(sheet.screen.px(30), size.text * 5), at.w // 5)
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
        hall = Para(words.own(view.hall), size.main * 9 // 10, "on-brand", bold=True, main=True)
        sheet.stack(inner, (hall, Para(words("kiosk.title"), size.text, "on-brand-quiet")), "brand")


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
    beside = [_beside(cell.inset(pad, pad // 2), pad) for cell in cells]
    below = [_below(cell.inset(pad, pad // 2), pad) for cell in cells]
    # Facts stand beside the names where the names stay as large as they can be; else below.
    roomy = cells[0].w > size.main * 12
    plans = max((beside, below) if roomy else (below,), key=lambda plan: _name_size(sheet, plan, services, words, size))
    wish = _name_size(sheet, plans, services, words, size)
    for service, cell, (name, place, facts) in zip(services, cells, plans, strict=True):
        colour, ink = ("card", "ink") if service.open else ("dim", "quiet")
        sheet.panel(cell, colour, radius=sheet.screen.px(3), edge="line", edge_px=max(1, sheet.screen.px(0.3)))
        sheet.key(cell, f"service:{service.id}")
        title = Para(words.own(service.name), wish, ink, bold=True, lines=2, least=size.least, main=service.open)
        sheet.text(name, title, colour)
        _fact(sheet, place, "pin", words.own(service.place), (size.small, size.least), colour, "quiet")
        _facts(sheet, facts, service, words, size, colour)


def _name_size(sheet: Sheet, plans: list[Plan], services: tuple[ServiceKey, ...], words: Words, size: Type) -> int:
    """One size for all names, so that no service looks more important than another."""
    return min(
        fit(_name(words.own(service.name), size.main, size.main * 6 // 10), name.w, name.h, sheet.ruler).size
        for service, (name, _, _) in zip(services, plans, strict=True)
    )


def _name(text: str, wish: int, least: int) -> Para:
    return Para(text, wish, bold=True, lines=2, least=least)


def _beside(inner: Rect, pad: int) -> Plan:
    facts, rest = inner.right(inner.w * 32 // 100, pad)
    name, place = rest.top(rest.h * 62 // 100)
    return name, place, facts.inset(0, facts.h // 10).rows(2, 0)


def _below(inner: Rect, pad: int) -> Plan:
    name, rest = inner.top(inner.h * 48 // 100)
    place, facts = rest.rows(2, 0)
    return name, place, facts.columns(2, pad) if inner.w > inner.h * 4 else [facts]


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
    if len(said) == len(lines):
        for at, (figure, text) in zip(lines, said, strict=True):
            _fact(sheet, at, figure, text, sizes, on)
    else:
        first, last = lines[0], lines[-1]
        whole = Rect(first.x, first.y, last.x + last.w - first.x, last.y + last.h - first.y)
        _fact(sheet, whole, said[0][0], " · ".join(text for _, text in said), sizes, on)


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
    if view.lookup and not view.notice:
        asked, rest = rest.left(min(wide, rest.w * 45 // 100), gap)
        button(sheet, asked, "lookup", words("place.lookup"), size.main * 8 // 10, ("brand", "on-brand"), "people")
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

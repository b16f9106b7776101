"""The staff's controller: a small touch panel for one hand. Above what is going on, below the keys, always in place."""

from __future__ import annotations

from dataclasses import replace

from screens.layout.block import put
from screens.layout.fit import Para
from screens.layout.parts import state_chip
from screens.layout.picture import Picture, Ruler, Screen
from screens.layout.sheet import TOUCH_MM, Rect, Sheet
from screens.phrases import Words
from screens.views import ConsoleKey, ConsolePage

DIGITS = "1234567890"
LOW_MM = 14  # below it a line above another has no room
HOT = {"enter": "Enter", "escape": "Esc", "backspace": "←"}


def console(view: ConsolePage, screen: Screen, ruler: Ruler) -> Picture:
    """Touch targets: the ids of the keys that are enabled."""
    words = Words(view.lang)
    typing = view.entry is not None
    sheet = Sheet("console-entry" if typing else f"console-{view.state}", screen, ruler)
    page = sheet.page
    sheet.panel(page, "page")
    unit = max(1, page.h // 100)
    gap = screen.px(1.5)
    typed = _typed(view.keys)
    rows = 3 if typed or not view.keys else -(-len(view.keys) // _columns(sheet, len(view.keys), gap))
    least = (screen.px(TOUCH_MM) + gap) * rows + gap
    top, keys = page.top(min(page.h * 45 // 100, page.h - least) if view.keys else page.h)
    bar, info = top.top(max(unit * 7, top.h * 20 // 100))
    _bar(sheet, bar, view, words, unit)
    if typing:
        _entry(sheet, info.inset(gap * 2, gap), view, words, unit)
    else:
        _facts(sheet, info.inset(gap * 2, gap), view, words, unit)
    area = keys.inset(gap, 0)
    area = Rect(area.x, area.y, area.w, area.h - gap)
    if typed:
        _pad(sheet, area, view.keys, words, gap)
    elif view.keys:
        columns = _columns(sheet, len(view.keys), gap)
        cells = [cell for row in area.rows(rows, gap) for cell in row.columns(columns, gap)]
        for key, cell in zip(view.keys, cells, strict=False):
            _key(sheet, cell, key, words)
    return sheet.picture()


def _typed(keys: tuple[ConsoleKey, ...]) -> bool:
    return {f"type:{d}" for d in DIGITS} <= {key.id for key in keys}


def _columns(sheet: Sheet, count: int, gap: int) -> int:
    """Four keys a row; more only when there would not be room for rows of a finger's height."""
    least = sheet.screen.px(TOUCH_MM) + gap
    most = max(1, (sheet.screen.width_px - gap) // least)
    rows = max(1, sheet.screen.height_px * 72 // 100 // least)
    return min(most, max(4, -(-count // rows)))


def _bar(sheet: Sheet, at: Rect, view: ConsolePage, words: Words, unit: int) -> None:
    sheet.panel(at, "brand")
    inner = at.inset(unit * 2, 0)
    size = at.h * 62 // 100
    window, inner = inner.left(sheet.width(words("window.name", n=view.window), size, True) + unit * 3)
    sheet.text(window, Para(words("window.name", n=view.window), size, "on-brand", bold=True, main=True), "brand")
    time = view.clock.text[11:16] if view.clock.trusted else words("clock.unknown")
    wide = sheet.width(time, size, True) + unit
    right, inner = inner.right(wide, unit * 3)
    sheet.text(right, Para(time, size, "on-brand", bold=True), "brand", "right")
    if not view.live:
        text = words("console.line_down") + (f"  {words('console.unsent', n=view.unsent)}" if view.unsent else "")
        wide = sheet.width(text, size * 8 // 10, True) + at.h * 2
        plate, inner = inner.right(min(inner.w, wide), unit * 2)
        plate = plate.inset(0, at.h // 8)
        sheet.panel(plate, "help", radius=unit)
        mark, text_at = plate.inset(unit, 0).left(plate.h * 8 // 10, unit)
        sheet.figure(mark, "no-line", "on-help", "help")
        sheet.text(text_at, Para(text, size * 8 // 10, "on-help", bold=True), "help")
    elif view.waiting is not None:
        text = words("console.waiting", n=view.waiting)
        facts, inner = inner.right(sheet.width(text, size, True) + at.h, unit * 3)
        mark, facts = facts.left(at.h * 6 // 10, unit)
        sheet.figure(mark, "people", "on-brand", "brand")
        sheet.text(facts, Para(text, size, "on-brand", bold=True), "brand")
    if view.due:
        text = words("console.due", n=view.due)
        plate, inner = inner.right(min(inner.w, sheet.width(text, size, True) + at.h * 3 // 2), unit * 2)
        plate = plate.inset(0, at.h // 8)
        sheet.panel(plate, "help", radius=unit)
        mark, text_at = plate.inset(unit, 0).left(plate.h * 7 // 10, unit)
        sheet.figure(mark, "clock", "on-help", "help")
        sheet.text(text_at, Para(text, size, "on-help", bold=True), "help")
    if view.person:
        text = f"{view.person.name}  {words('person.number', number=view.person.number)}"
        sheet.text(inner, Para(text, size, "on-brand-quiet", lines=2), "brand")


def _facts(sheet: Sheet, at: Rect, view: ConsolePage, words: Words, unit: int) -> None:
    asked = sheet.word(words, view.prompt) if view.prompt else ""
    told = sheet.word(words, view.message, dict(view.blanks)) if view.message else ""
    beside = bool(asked or told) and at.h < sheet.screen.px(LOW_MM)
    if beside:
        plate, at = at.right(at.w * 52 // 100, unit * 2)
        _plate(sheet, plate, told or asked, bool(told), unit)
    elif asked or told:
        plate, at = at.bottom(at.h * (46 if view.number else 54) // 100, unit)
        _plate(sheet, plate, told or asked, bool(told), unit)
    chip, facts = at.left(at.w * (54 if beside else 34) // 100, unit * (2 if beside else 3))
    high = min(chip.h, unit * 13)
    state_chip(sheet, chip.middle(chip.w, high), view.state, words(f"console.state_{view.state}"), high * 50 // 100)
    if not view.number:
        return
    service = [words.own(view.service)] if view.service else []
    since = [words("console.since", time=view.since)] if view.since else []
    known = Para("  ".join(service + since), unit * 7, "ink", bold=True, lines=2, main=True)
    number = Para(view.number, unit * 22, "brand", bold=True, main=True, tight=True)
    if beside:  # of the ticket, what tells it from others
        known = replace(known, text="".join(service), size=unit * 5, lines=1)
        sheet.stack(facts, (replace(number, size=unit * 9), known), "page")
        return
    large, facts = facts.left(facts.w * 42 // 100, unit * 3)
    sheet.text(large, replace(number, size=min(number.size, large.h)), "page")
    sheet.text(facts, known, "page")


def _plate(sheet: Sheet, at: Rect, text: str, message: bool, unit: int) -> None:
    """The one line that matters now: a message, else a question."""
    colour, ink, figure = ("help", "on-help", "megaphone") if message else ("soft", "ink", "help")
    sheet.panel(at, colour, radius=unit * 2)
    mark, inner = at.inset(unit * 2, 0).left(min(at.h * 6 // 10, unit * 8), unit * 2)
    sheet.figure(mark, figure, ink, colour)
    sheet.text(inner, Para(text, unit * 6, ink, bold=True, lines=2, main=True), colour)


def _entry(sheet: Sheet, at: Rect, view: ConsolePage, words: Words, unit: int) -> None:
    """The question and the field being filled; a PIN is drawn as dots."""
    asked, field = at.left(at.w * 45 // 100, unit * 3)
    message = sheet.word(words, view.message, dict(view.blanks)) if view.message else ""
    lines = (
        [Para(sheet.word(words, view.prompt), unit * 7, "ink", bold=True, lines=2, main=True)] if view.prompt else []
    )
    if message:
        lines.append(Para(message, unit * 5, "alert", bold=True, lines=2, main=True))
    sheet.stack(asked, lines, "page")
    field = field.middle(field.w, min(field.h, unit * 17))
    sheet.panel(field, "card", radius=unit * 2, edge="brand", edge_px=max(2, unit // 2))
    inner = field.inset(unit * 3, unit)
    entry = view.entry or ""
    if not view.secret:
        sheet.text(inner, Para(entry, inner.h * 8 // 10, "ink", bold=True, main=True), "card")
        wide = sheet.width(entry, inner.h * 8 // 10, True) if entry else 0
    else:
        dot = inner.h * 3 // 10
        for i in range(len(entry)):
            spot = Rect(inner.x + i * dot * 3 // 2, inner.y + (inner.h - dot) // 2, dot, dot)
            sheet.panel(spot, "ink", radius=dot // 2)
        wide = len(entry) * dot * 3 // 2
    caret = Rect(
        inner.x + min(wide + unit, inner.w - unit), inner.y + inner.h // 8, max(2, unit // 2), inner.h * 3 // 4
    )
    sheet.panel(caret, "brand")


def _pad(sheet: Sheet, at: Rect, keys: tuple[ConsoleKey, ...], words: Words, gap: int) -> None:
    """Digits as on a telephone, letters to their left, delete, cancel and zero beside them, the long OK key outside."""
    by_id = {key.id: key for key in keys}
    letters = [key for key in keys if key.id.startswith("type:") and key.id[5:] not in DIGITS]
    rows = 3
    left = -(-len(letters) // rows)
    columns = at.columns(left + 5, gap)
    for i, key in enumerate(letters):
        _key(sheet, columns[i // rows].rows(rows, gap)[i % rows], key, words)
    for i, digit in enumerate(DIGITS[:9]):
        _key(sheet, columns[left + i % 3].rows(rows, gap)[i // 3], by_id[f"type:{digit}"], words)
    beside = columns[left + 3].rows(rows, gap)
    for cell, name in zip(beside, ("back", "cancel", "type:0"), strict=True):
        if name in by_id:
            _key(sheet, cell, by_id[name], words)
    if "enter" in by_id:
        _key(sheet, columns[left + 4], by_id["enter"], words)


def _key(sheet: Sheet, at: Rect, key: ConsoleKey, words: Words) -> None:
    if key.enabled:
        sheet.key(at, key.id)
    put(sheet, _face, at, (key, words.lang))  # few of the keys change from page to page


def _face(sheet: Sheet, at: Rect, facts: tuple[ConsoleKey, str]) -> None:
    key, words = facts[0], Words(facts[1])
    label = sheet.word(words, key.label) if isinstance(key.label, str) else words.own(key.label)
    if not key.enabled:
        colour, ink, edge = "page", "quiet", "line"
    elif key.strong:
        colour, ink, edge = "brand", "on-brand", "brand"
    else:
        colour, ink, edge = "card", "ink", "line"
    sheet.panel(at, colour, radius=sheet.screen.px(2), edge=edge, edge_px=max(1, sheet.screen.px(0.25)))
    inner = at.inset(sheet.screen.px(2), sheet.screen.px(1.5))
    size = sheet.screen.px(7)
    single = len(label) == 1
    hot = "" if single or not key.hot else HOT.get(key.hot, key.hot.upper())
    if hot:
        corner, inner = inner.top(sheet.screen.px(4))
        if key.minutes:
            limit, corner = corner.left(corner.w * 70 // 100)
            sheet.text(limit, Para(words("console.allowed", n=key.minutes), sheet.screen.px(3.6), ink), colour)
        sheet.text(corner, Para(hot, sheet.screen.px(3.6), ink), colour, "right")
    para = Para(label, size * 3 // 2 if single else size, ink, bold=key.enabled, lines=2, main=key.enabled)
    sheet.text(inner, para, colour, "center")

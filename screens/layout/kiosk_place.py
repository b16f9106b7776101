"""The kiosk's pages for a number that somebody holds already: keying it in, and where it stands (R060)."""

from __future__ import annotations

from screens.layout.fit import Para
from screens.layout.parts import Type, button, help_key
from screens.layout.picture import Picture, Ruler, Screen
from screens.layout.sheet import TOUCH_MM, Rect, Sheet
from screens.layout.waits import about
from screens.phrases import Words
from screens.views import KioskLookup, KioskPlace

KEY_MM = 21
DIGITS = "1234567890"
NARROW_MM = 180
MOST_ROWS = 6
SLOTS = 6  # of a code, in a line
SECOND = {"checkin": ("place.checkin", "form"), "voucher": ("place.voucher", "ticket")}
FIGURES = {
    "asking": "wait", "waiting": "people", "called": "megaphone", "serving": "state-serving", "served": "tick",
    "missed": "warning", "unknown": "ticket", "lost": "no-line", "otherhall": "pin", "otherday": "clock",
    "appointment": "form", "city": "person", "unreadable": "help",
    "voucheroffline": "no-line", "voucherused": "warning", "voucherexpired": "clock", "voucherunknown": "help",
}  # fmt: skip


def lookup(view: KioskLookup, screen: Screen, ruler: Ruler) -> Picture:
    """Touch targets: `type:<letter>` while nothing is keyed in, then `type:<digit>`; `back`, `done`, `help`."""
    sheet = Sheet("kiosk-lookup", screen, ruler)
    words, size = Words(view.lang), Type.of(screen)
    gap = screen.px(4)
    sheet.panel(sheet.page, "page")
    body = _foot(sheet, words, size, gap, _second(view), identity=view.identity and not view.entry)
    keys = DIGITS if view.entry or view.code else "".join(view.letters)
    close, least = gap if len(keys) < 13 else gap // 2, screen.px(TOUCH_MM) + 1
    rows = _rows(body.w - gap * 4, len(keys), least, close)
    high = (screen.px(TOUCH_MM) + close) * rows - close
    head, body = body.top(min(body.h * 34 // 100, body.h - gap - high), gap)
    sheet.panel(head, "brand")
    inner = head.inset(gap * 2, gap)
    count = min(view.digits, SLOTS) if view.code else 4
    slots, told = inner.right(min(inner.w * (32 + count * 3) // 100, inner.h * count), gap if view.code else gap * 2)
    lead = Para(words(lookup_lead(view)), size.main, "on-brand", bold=True, lines=3, main=True)
    scan = Para(
        "" if view.code else words("place.scan"), size.small, "on-brand", lines=3, least=size.least, gap=size.least // 2
    )
    sheet.stack(told, (lead, scan), "brand")
    lines = slots.rows(view.digits // SLOTS, gap // 2) if view.code else [slots]
    for n, slot in enumerate(slot for line in lines for slot in sheet.along(line.columns(count, gap * 4 // count))):
        sheet.panel(slot, "card", radius=screen.px(2))
        if n < len(view.entry):
            big = Para(view.entry[n], min(slot.h * 6 // 10, slot.w), "ink", bold=True, least=size.main, main=True)
            sheet.text(slot, big, "card", "center")
    cells = _grid(sheet, body.inset(gap * 2, 0), len(keys), least, close)
    for sign, cell in zip(keys, cells, strict=True):
        sheet.panel(cell, "card", radius=screen.px(2.5), edge="line", edge_px=max(1, screen.px(0.3)))
        sheet.key(cell, f"type:{sign}")
        sheet.text(cell, Para(sign, size.main * 14 // 10, "ink", bold=True, main=True), "card", "center")
    return sheet.picture()


def lookup_lead(view: KioskLookup) -> str:
    """The phrase that asks for what is to be keyed in."""
    if not view.code:
        return "place.lead"
    return "place.lead_code" if view.digits == SLOTS else "place.lead_voucher"


def _second(view: KioskLookup) -> str:
    """The key beside `done`: taking back what is keyed in, or on to the next kind of code."""
    if view.entry or (view.code and view.digits > SLOTS):
        return "back"
    return "voucher" if view.code else "checkin"


def place(view: KioskPlace, screen: Screen, ruler: Ruler) -> Picture:
    """Where the number stands, or what to do with a code that is no ticket's. Touch targets: `done`, `help`."""
    sheet = Sheet(f"kiosk-place-{view.what}", screen, ruler)
    words, size = Words(view.lang), Type.of(screen)
    gap = screen.px(5)
    sheet.panel(sheet.page, "page")
    body = _foot(sheet, words, size, gap, "")
    head, body = body.top(body.h * 46 // 100)
    sheet.panel(head, "brand")
    inner = head.inset(gap * 2, gap)
    side = min(inner.h * 8 // 10, screen.px(46), inner.w // 4)
    mark, told = inner.left(side, gap * 2)
    sheet.figure(mark.middle(side, side), FIGURES[view.what], "on-brand", "brand")
    if view.number:
        name = Para(words("kiosk.your_number"), size.text, "on-brand", least=size.least)
        number = Para(view.number, inner.h * 6 // 10, "on-brand", bold=True, least=size.text, main=True)
        sheet.stack(told, (name, number), "brand")
    else:
        sheet.text(told, Para(words("place.title"), size.main * 12 // 10, "on-brand", bold=True, main=True), "brand")
    first, *rest = place_lines(view, words)
    lines = [Para(first, size.main * 12 // 10, "ink", bold=True, lines=4, least=size.least, main=True)]
    lines += [
        Para(text, size.main * 8 // 10, "ink", lines=3, least=size.least, gap=size.small, main=True) for text in rest
    ]
    sheet.stack(body.inset(gap * 2, gap), lines, "page", "center")
    return sheet.picture()


def place_lines(view: KioskPlace, words: Words) -> list[str]:
    """What the page says of the number, the most important first."""
    where = [words("kiosk.goto", place=words.own(view.place))] if view.place and words.own(view.place) else []
    service = [words.own(view.service)] if view.service else []
    match view.what:
        case "waiting":
            ahead = "kiosk.first" if not view.ahead else "kiosk.ahead_one" if view.ahead == 1 else "kiosk.ahead"
            people = words(ahead, n=view.ahead)
            wait = about(view.minutes, view.most, words) if view.ahead else ""
            return [people, *([wait] if wait else []), *service, *where]
        case "called" | "serving" | "missed":
            return [words(f"place.{view.what}", window=words("window.name", n=view.window)), *where]
        case _:
            return [words(f"place.{view.what}"), *service]


def _foot(sheet: Sheet, words: Words, size: Type, gap: int, second: str, *, identity: bool = False) -> Rect:
    """Help, taking back and going back, at the bottom; returns what is left above."""
    if identity and sheet.screen.width_mm < NARROW_MM:  # four keys beside one another have no room for their words
        foot, above = sheet.page.bottom(sheet.screen.px(KEY_MM) + gap)
        key = foot.inset(gap * 2, 0).top(sheet.screen.px(KEY_MM))[0]
        button(sheet, key, "identity", words("place.identity"), size.main * 8 // 10, ("card", "ink"), "person")
        return _foot_row(sheet, above, words, size, gap, second)
    return _foot_row(sheet, sheet.page, words, size, gap, second, identity=identity)


def _foot_row(
    sheet: Sheet, at: Rect, words: Words, size: Type, gap: int, second: str, *, identity: bool = False
) -> Rect:
    foot, rest = at.bottom(sheet.screen.px(KEY_MM) + 2 * gap)
    inner = foot.inset(gap * 2, gap)
    wide = min(max(sheet.screen.px(44), inner.w * 30 // 100), inner.w * (23 if identity else 32) // 100)
    key, inner = inner.left(wide, gap)
    help_key(sheet, key, words, size)
    if identity:
        key, inner = inner.left(wide, gap)
        button(sheet, key, "identity", words("place.identity"), size.main * 8 // 10, ("card", "ink"), "person")
    done, inner = inner.right(wide, gap)
    button(sheet, done, "done", words("kiosk.back"), size.main * 8 // 10, ("brand", "on-brand"))
    if second:
        undo, _ = inner.right(wide, gap)
        word, figure = SECOND.get(second, ("place.undo", "delete"))
        button(sheet, undo, second, words(word), size.main * 8 // 10, ("card", "ink"), figure)
    return rest


def _grid(sheet: Sheet, at: Rect, count: int, least: int, gap: int) -> list[Rect]:
    """Keys in rows that fill the place, none of them smaller than a finger, none wider than it must be."""
    rows = _rows(at.w, count, least, gap)
    columns = -(-count // rows)
    height = min((at.h - gap * (rows - 1)) // rows, least * 2)
    used = at.middle(min(at.w, columns * (least * 3 + gap)), height * rows + gap * (rows - 1))
    return [cell for row in used.rows(rows, gap) for cell in sheet.along(row.columns(columns, gap))][:count]


def _rows(width: int, count: int, least: int, gap: int) -> int:
    return next((r for r in range(2, MOST_ROWS) if _wide(width, count, r, gap) >= least), MOST_ROWS) if count > 2 else 1


def _wide(width: int, count: int, rows: int, gap: int) -> int:
    columns = -(-count // rows)
    return (width - gap * (columns - 1)) // columns

"""The hall's call display: the newest call as large as the screen allows, earlier ones below, the rest beside."""

from __future__ import annotations

from screens.layout.fit import Para
from screens.layout.parts import EN, ZH, clock
from screens.layout.picture import Picture, Ruler, Screen
from screens.layout.sheet import Rect, Sheet
from screens.views import Bilingual, BoardPage, CallRow

FIGURES = {"business": "briefcase", "announcement": "megaphone", "sample": "form", "fault": "tool"}
SLOTS = ("business", "announcement", "sample", "fault")
ROWS = 5


def board(view: BoardPage, screen: Screen, ruler: Ruler) -> Picture:
    """Nothing to touch. Every text in Chinese with English beside or below it."""
    sheet = Sheet("board", screen, ruler)
    page = sheet.page
    sheet.panel(page, "night")
    # One per cent of the height of a 16:9 page; an upright page has the header's width for its measure.
    unit = max(1, min(page.h // 100, page.w // 177) if page.w > page.h else page.w // 120)
    head, rest = page.top(unit * 11)
    _head(sheet, head, view, unit)
    if not view.live:
        plate, rest = rest.top(unit * 10)
        _stale(sheet, plate, unit)
    body = rest.inset(unit * 2, unit * 2)
    if page.w > page.h:
        calls, side = body.left(body.w * 62 // 100, unit * 2)
    else:
        calls, side = body.top(body.h * 62 // 100, unit * 2)
    _calls(sheet, calls, view, unit)
    _side(sheet, side, view, unit)
    return sheet.picture()


def _head(sheet: Sheet, at: Rect, view: BoardPage, unit: int) -> None:
    sheet.panel(at, "night-card")
    inner = at.inset(unit * 3, unit)
    time, inner = inner.right(min(inner.w // 3, unit * 36), unit * 2)
    clock(sheet, time, view.clock, "night-card", ("night-ink", "night-quiet"), (unit * 5, unit * 5 // 2))
    if view.waiting is not None:
        facts, inner = inner.right(unit * 24, unit * 2)
        mark, facts = facts.left(unit * 5, unit)
        sheet.figure(mark, "people", "night-quiet", "night-card")
        lines = (
            Para(ZH("board.waiting", n=view.waiting), unit * 7 // 2, "night-ink", bold=True),
            Para(EN("board.waiting", n=view.waiting), unit * 5 // 2, "night-quiet"),
        )
        sheet.stack(facts, lines, "night-card")
    if view.muted:
        facts, inner = inner.right(unit * 22, unit * 2)
        mark, facts = facts.left(unit * 4, unit)
        sheet.figure(mark, "muted", "night-quiet", "night-card")
        lines = (
            Para(ZH("board.muted"), unit * 3, "night-ink"), Para(EN("board.muted"), unit * 5 // 2, "night-quiet"),
        )  # fmt: skip
        sheet.stack(facts, lines, "night-card")
    mark, inner = inner.left(unit * 7, unit * 2)
    sheet.figure(mark, "emblem", "called", "night-card")
    name = (
        Para(view.hall.zh, unit * 5, "night-ink", bold=True, main=True),
        Para(view.hall.en, unit * 5 // 2, "night-quiet"),
    )
    sheet.stack(inner, name, "night-card")


def _stale(sheet: Sheet, at: Rect, unit: int) -> None:
    sheet.panel(at, "alert")
    mark, inner = at.inset(unit * 3, unit).left(unit * 6, unit * 2)
    sheet.figure(mark, "warning", "on-alert", "alert")
    lines = (
        Para(ZH("board.stale"), unit * 9 // 2, "on-alert", bold=True, main=True),
        Para(EN("board.stale"), unit * 3, "on-alert"),
    )
    sheet.stack(inner, lines, "alert")


def _calls(sheet: Sheet, at: Rect, view: BoardPage, unit: int) -> None:
    newest, earlier = at.top(at.h * 44 // 100, unit * 2)
    _newest(sheet, newest, view.newest, unit)
    head, earlier = earlier.top(unit * 5, unit // 2)
    columns = _columns(head.inset(unit * 2, 0))
    for column, key in zip(columns, ("number", "window", "where"), strict=True):
        name = f"{ZH(f'board.{key}')}  {EN(f'board.{key}')}"
        sheet.text(column, Para(name, unit * 5 // 2, "night-quiet"), "night")
    cells = earlier.rows(ROWS, unit)
    for cell, row in zip(cells, view.rows, strict=False):
        _row(sheet, cell, row, unit)
    for cell in cells[len(view.rows) :]:
        sheet.panel(cell, "night-card", radius=unit)


def _columns(at: Rect) -> tuple[Rect, Rect, Rect]:
    number, rest = at.left(at.w * 27 // 100, at.w * 2 // 100)
    window, place = rest.left(at.w * 28 // 100, at.w * 2 // 100)
    return number, window, place


def _newest(sheet: Sheet, at: Rect, call: CallRow | None, unit: int) -> None:
    if call is None:
        sheet.panel(at, "night-card", radius=unit * 2)
        lines = (
            Para(ZH("board.nobody"), unit * 9, "night-ink", bold=True, main=True),
            Para(EN("board.nobody"), unit * 4, "night-quiet"),
        )
        sheet.stack(at.inset(unit * 4, unit * 2), lines, "night-card", "center")
        return
    colour, ink, quiet = (
        ("called", "on-called", "on-called") if call.fresh else ("night-row", "night-ink", "night-quiet")
    )
    sheet.panel(at, colour, radius=unit * 2)
    inner = at.inset(unit * 3, unit)
    head, rest = inner.top(unit * 6)
    head, go_head = _halves(head, unit)
    mark, head = head.left(unit * 4, unit)
    sheet.figure(mark, "state-calling" if call.fresh else "ticket", ink, colour)
    sheet.text(head, Para(f"{ZH('board.now')}  {EN('board.now')}", unit * 7 // 2, quiet, bold=True), colour)
    sheet.text(go_head, Para(f"{ZH('board.goto')}  {EN('board.goto')}", unit * 7 // 2, quiet, bold=True), colour)
    number, go = _halves(rest, unit)
    sheet.text(number, Para(call.number, rest.h, ink, bold=True, main=True, tight=True), colour)
    go_to = (
        Para(ZH("window.name", n=call.window), unit * 13, ink, bold=True, main=True),
        Para(EN("window.name", n=call.window), unit * 9 // 2, ink, bold=True),
        Para(call.place.zh, unit * 7 // 2, ink, lines=2, gap=unit),
        Para(call.place.en, unit * 5 // 2, ink, lines=2),
    )
    sheet.stack(go, go_to, colour)


def _halves(at: Rect, unit: int) -> tuple[Rect, Rect]:
    return at.left(at.w * 53 // 100, unit * 2)


def _row(sheet: Sheet, at: Rect, row: CallRow, unit: int) -> None:
    colour, ink, quiet = (
        ("called", "on-called", "on-called") if row.fresh else ("night-row", "night-ink", "night-quiet")
    )
    sheet.panel(at, colour, radius=unit)
    number, window, place = _columns(at.inset(unit * 2, 0))
    size = min(at.h, unit * 8)
    sheet.text(number, Para(row.number, size, ink, bold=True, main=True, tight=True), colour)
    sheet.text(window, Para(ZH("window.name", n=row.window), size * 77 // 100, ink, bold=True, main=True), colour)
    if row.fresh:
        bell, place = place.right(min(unit * 5, place.h * 7 // 10), unit)
        sheet.figure(bell, "state-calling", ink, colour)
    lines = (
        Para(row.place.zh, min(at.h * 42 // 100, unit * 7 // 2), ink),
        Para(row.place.en, min(at.h * 34 // 100, unit * 5 // 2), quiet),
    )
    sheet.stack(place, lines, colour)


def _side(sheet: Sheet, at: Rect, view: BoardPage, unit: int) -> None:
    missed, rest = at.top(at.h * 27 // 100, unit)
    paused, notices = rest.top(rest.h * 19 // 100, unit)
    _missed(sheet, missed, view.missed, unit)
    _paused(sheet, paused, view.paused, unit)
    said: dict[str, Bilingual] = dict(view.notices)
    for cell, slot in zip(notices.rows(len(SLOTS), unit), SLOTS, strict=True):
        _notice(sheet, cell, slot, said.get(slot), unit)


def _title(sheet: Sheet, at: Rect, figure: str, zh: str, en: str, unit: int, on: str = "night-card") -> None:
    mark, inner = at.left(unit * 3, unit)
    sheet.figure(mark, figure, "night-quiet", on)
    sheet.text(inner, Para(f"{zh}  {en}", unit * 5 // 2, "night-quiet"), on)


def _missed(sheet: Sheet, at: Rect, numbers: tuple[str, ...], unit: int) -> None:
    sheet.panel(at, "night-card", radius=unit)
    inner = at.inset(unit * 2, unit)
    head, inner = inner.top(unit * 7 // 2)
    _title(sheet, head, "state-unknown", ZH("board.missed"), EN("board.missed"), unit)
    if not numbers:
        none = f"{ZH('board.missed_none')}  {EN('board.missed_none')}"
        sheet.text(inner, Para(none, unit * 3, "night-quiet"), "night-card")
        return
    note, inner = inner.bottom(unit * 7)
    do = (Para(ZH("board.missed_do"), unit * 5 // 2, "night-ink"), Para(EN("board.missed_do"), unit * 2, "night-quiet"))
    sheet.stack(note, do, "night-card")
    _plates(sheet, inner, [*numbers], unit * 9 // 2)


def _paused(sheet: Sheet, at: Rect, windows: tuple[int, ...], unit: int) -> None:
    sheet.panel(at, "night-card", radius=unit)
    inner = at.inset(unit * 2, unit)
    head, inner = inner.top(unit * 7 // 2)
    _title(sheet, head, "state-paused", ZH("board.paused"), EN("board.paused"), unit)
    if not windows:
        none = f"{ZH('board.paused_none')}  {EN('board.paused_none')}"
        sheet.text(inner, Para(none, unit * 3, "night-quiet"), "night-card")
        return
    _plates(sheet, inner, [str(n) for n in windows], unit * 4)


def _plates(sheet: Sheet, at: Rect, texts: list[str], size: int) -> None:
    """As many as fit side by side, the newest first; when some are left out, how many there are in all."""
    gap = size // 2
    wide = max(sheet.width(text, size, True) for text in texts) + gap
    columns = max(1, (at.w + gap) // (wide + gap))
    rows = max(1, at.h // (size * 14 // 10))
    cells = [cell for row in at.rows(rows, 0) for cell in row.columns(columns, gap)]
    shown = texts if len(texts) <= len(cells) else texts[: len(cells) - 1]
    for cell, text in zip(cells, shown, strict=False):
        sheet.text(cell, Para(text, size, "night-ink", bold=True), "night-card")
    if len(shown) < len(texts):
        sheet.text(cells[-1], Para(ZH("board.more", n=len(texts)), size * 7 // 10, "night-quiet"), "night-card")


def _notice(sheet: Sheet, at: Rect, slot: str, text: Bilingual | None, unit: int) -> None:
    fault = slot == "fault" and text is not None
    colour = "alert" if fault else "night-card"
    ink, quiet = ("on-alert", "on-alert") if fault else ("night-ink", "night-quiet")
    sheet.panel(at, colour, radius=unit)
    inner = at.inset(unit * 3 // 2, unit // 2)
    name, inner = inner.left(unit * 17, unit)
    mark, name = name.left(unit * 3, unit)
    sheet.figure(mark, FIGURES[slot], quiet, colour)
    heads = (
        Para(ZH(f"notice.{slot}"), unit * 5 // 2, ink, bold=True), Para(EN(f"notice.{slot}"), unit * 2, quiet),
    )  # fmt: skip
    sheet.stack(name, heads, colour)
    if text is None:
        sheet.text(inner, Para(f"{ZH('notice.none')}  {EN('notice.none')}", unit * 5 // 2, quiet), colour)
        return
    lines = (Para(text.zh, unit * 11 // 4, ink, lines=2), Para(text.en, unit * 2, quiet, lines=2))
    sheet.stack(inner, lines, colour)

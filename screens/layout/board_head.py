"""The head of a board: which hall and zone, today's hours, what time it is; and the plate when the line is down."""

from __future__ import annotations

from screens.layout.block import put
from screens.layout.board_sizes import Sizes
from screens.layout.fit import Para
from screens.layout.parts import ZH, clock
from screens.layout.sheet import Rect, Sheet
from screens.phrases import Words
from screens.views import Bilingual, BoardPage, Clockface, InfoPage, Today

Name = tuple[Bilingual, Bilingual | None, int, int]  # hall, zone, page, pages


def head(sheet: Sheet, page: Rect, view: BoardPage | InfoPage) -> Rect:
    """On one band; on an upright page the hours have a band of their own. Returns what is left below."""
    size = Sizes.of(sheet.screen)
    unit = size.unit
    at, rest = page.top(unit * 11)
    sheet.panel(at, "night-card")
    inner = at.inset(unit * 3, unit)
    face, inner = inner.right(min(inner.w // 3, unit * 34), unit * 2)
    put(sheet, _clock, face, view.clock)
    if size.wide:
        today, inner = inner.right(unit * 46, unit * 2)
    else:
        today, rest = rest.top(unit * 8)
        sheet.panel(today, "night-card")
        today = today.inset(unit * 3, unit // 2)
    if isinstance(view, BoardPage) and view.muted:
        mute, inner = inner.right(unit * 20, unit)
        put(sheet, _muted, mute, None)
    put(sheet, _today, today, view.today)
    zone = view.zone if isinstance(view, BoardPage) else None
    put(sheet, _name, inner, (view.hall, zone, view.page, view.pages))
    return rest


def _clock(sheet: Sheet, at: Rect, face: Clockface) -> None:
    unit = Sizes.of(sheet.screen).unit
    clock(sheet, at, face, "night-card", ("night-ink", "night-quiet"), (unit * 5, unit * 5 // 2))


def _name(sheet: Sheet, at: Rect, facts: Name) -> None:
    hall, zone, page, pages = facts
    unit = Sizes.of(sheet.screen).unit
    mark, inner = at.left(unit * 7, unit * 2)
    sheet.figure(mark, "emblem", "called", "night-card")
    turn = f"  {page}/{pages}" if pages > 1 else ""
    own = sheet.words.own
    zh, other = hall.zh + turn, own(hall)
    if zone:
        zh, other = f"{hall.zh}  {zone.zh}{turn}", f"{own(hall)}  {own(zone)}"
    lines = (
        Para(zh, unit * 9 // 2, "night-ink", bold=True, main=True, lines=2),
        Para(other, unit * 5 // 2, "night-quiet"),
    )
    sheet.stack(inner, lines, "night-card")


def _today(sheet: Sheet, at: Rect, today: Today | None) -> None:
    """Today's hours, and whether and until when the hall is open (R055)."""
    unit = Sizes.of(sheet.screen).unit
    if today is None:
        return
    lines = (
        Para(hours_line(today, ZH), unit * 3, "night-ink", bold=True),
        Para(open_line(today, ZH), unit * 5 // 2, "called" if today.open else "night-ink"),
        Para(open_line(today, sheet.words), unit * 2, "night-quiet"),
    )
    sheet.stack(at, lines, "night-card")


def hours_line(today: Today, words: Words) -> str:
    """`今天服务时间 08:30-12:00 13:30-17:30`, or that it is a rest day."""
    return words("board.today", hours=today.hours) if today.hours else words("sorry.rest")


def open_line(today: Today, words: Words) -> str:
    """`现在办理业务，至 12:00`."""
    if not today.until:
        return words("board.open" if today.open else "board.shut")
    return words("board.open_until" if today.open else "board.shut_until", time=today.until)


def _muted(sheet: Sheet, at: Rect, _: None) -> None:
    unit = Sizes.of(sheet.screen).unit
    mark, words = at.left(unit * 4, unit)
    sheet.figure(mark, "muted", "night-quiet", "night-card")
    lines = (Para(ZH("board.muted"), unit * 3, "night-ink"), Para(sheet.words("board.muted"), unit * 2, "night-quiet"))
    sheet.stack(words, lines, "night-card")


def stale(sheet: Sheet, at: Rect, _: None) -> None:
    """The line is down."""
    unit = Sizes.of(sheet.screen).unit
    sheet.panel(at, "alert")
    mark, inner = at.inset(unit * 3, unit).left(unit * 6, unit * 2)
    sheet.figure(mark, "warning", "on-alert", "alert")
    lines = (
        Para(ZH("board.stale"), unit * 9 // 2, "on-alert", bold=True, main=True),
        Para(sheet.words("board.stale"), unit * 3, "on-alert"),
    )
    sheet.stack(inner, lines, "alert")

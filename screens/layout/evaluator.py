"""The evaluator at rest: who is at the window, its state, and where one can complain."""

from __future__ import annotations

from dataclasses import replace

from screens.layout.fit import Para
from screens.layout.parts import ZH, both_button, clock, portrait, stars
from screens.layout.picture import Picture, Ruler, Screen
from screens.layout.sheet import TOUCH_MM, Rect, Sheet
from screens.views import EvaluatorIdle, PersonCard


def idle(view: EvaluatorIdle, screen: Screen, ruler: Ruler) -> Picture:
    """Identity at rest; without a sure identity the window's number alone (R125)."""
    sheet = Sheet(f"evaluator-{view.state}", screen, ruler, view.second)
    page = sheet.page
    sheet.panel(page, "page")
    unit = max(1, min(page.h, page.w * 6 // 10) // 100)
    head, rest = page.top(unit * 17)
    _head(sheet, head, view, unit)
    rest = _complaints(sheet, rest, view, unit)
    inner = rest.inset(unit * 5, unit * 4)
    plate = view.state in ("paused", "closed", "unknown", "overtime")
    if view.person is None or view.state in ("closed", "unknown"):
        _number_alone(sheet, inner, view, unit)
        return sheet.picture()
    if plate:
        below, inner = inner.bottom(min(unit * 22, inner.h * 34 // 100), unit * 2)
        _state_plate(sheet, below, view, unit)
    else:
        rest_zh = Para(ZH("evaluator.rest"), unit * 5, "ink", bold=True)
        other = Para(sheet.words("evaluator.rest"), sheet.second_size(unit * 4), "quiet")
        if sheet.runs_down(other.text):
            inner = sheet.aside(inner, [other], "page")
            other = replace(other, text="")
        below, inner = inner.bottom(unit * 12, unit * 2)
        sheet.stack(below, (rest_zh, other), "page", "center")
    _card(sheet, inner, view.person, unit)
    return sheet.picture()


def _head(sheet: Sheet, at: Rect, view: EvaluatorIdle, unit: int) -> None:
    sheet.panel(at, "brand")
    inner = at.inset(unit * 5, unit)
    time, inner = inner.right(inner.w * 45 // 100, unit * 2)
    clock(sheet, time, view.clock, "brand", ("on-brand", "on-brand-quiet"), (unit * 7, unit * 4))
    name = (
        Para(ZH("window.name", n=view.window), unit * 8, "on-brand", bold=True, main=True),
        Para(sheet.words("window.name", n=view.window), sheet.second_size(unit * 5), "on-brand-quiet"),
    )
    sheet.stack(inner, name, "brand")


def _complaints(sheet: Sheet, at: Rect, view: EvaluatorIdle, unit: int) -> Rect:
    """Where one can complain, below (R057); what is left above it."""
    if not (view.phone or view.complain):
        return at
    told = sheet.words("evaluator.complaints", phone=view.phone)
    high = sheet.screen.px(TOUCH_MM) + unit if view.complain else unit * (18 if sheet.runs_down(told) else 10)
    foot, rest = at.bottom(high)
    sheet.panel(foot, "dim")
    inner = foot.inset(unit * 5, 0)
    if view.complain:
        key, inner = inner.right(max(sheet.screen.px(TOUCH_MM), inner.w * 36 // 100), unit * 3)
        key = Rect(key.x, key.y + unit // 2, key.w, sheet.screen.px(TOUCH_MM))
        both_button(sheet, key, "complain", "evaluator.complain", unit * 6, ("card", "ink"), "megaphone")
    if view.phone:
        lines = (
            Para(ZH("evaluator.complaints", phone=view.phone), unit * 5, "ink", bold=True),
            Para(told, sheet.second_size(unit * 4), "quiet"),
        )
        sheet.stack(inner, lines, "dim")
    return rest


def _number_alone(sheet: Sheet, at: Rect, view: EvaluatorIdle, unit: int) -> None:
    below, above = at.bottom(unit * 24, unit * 3)
    _state_plate(sheet, below, view, unit)
    sheet.text(above, Para(str(view.window), above.h, "brand", bold=True, main=True, tight=True), "page", "center")


def _state_plate(sheet: Sheet, at: Rect, view: EvaluatorIdle, unit: int) -> None:
    colour, ink = view.state, f"on-{view.state}"
    sheet.panel(at, colour, radius=unit * 3)
    word = "evaluator.safe" if view.safe else f"state.{view.state}"
    zh, other = ZH(word), sheet.words(word)
    side = at.h * 5 // 10
    beside = sheet.runs_down(other)
    took = sheet.width(zh, unit * 10, True)
    took = took + unit * 20 if beside else max(took, sheet.width(other, unit * 5))
    start = at.x + max(unit * 3, (at.w - side - unit * 5 - took) // 2)
    sheet.figure(Rect(start, at.y + (at.h - side) // 2, side, side), f"state-{view.state}", ink, colour)
    begin = start + side + unit * 5
    words = Rect(begin, at.y, min(took + unit, at.x + at.w - unit * 2 - begin), at.h)
    lines = (Para(zh, unit * 10, ink, bold=True, main=True), Para(other, sheet.second_size(unit * 5), ink))
    sheet.stack(words, lines, colour)


def _card(sheet: Sheet, at: Rect, person: PersonCard, unit: int) -> None:
    """Badge: photo, name, number, stars, duty (R006, R124, R159)."""
    sheet.panel(at, "card", radius=unit * 3, edge="line", edge_px=max(1, unit // 4))
    inner = at.inset(unit * 4)
    wide = min(inner.h * 3 // 4, inner.w * 4 // 10)
    photo, words = inner.left(wide, unit * 6)
    portrait(sheet, photo.middle(wide, min(inner.h, wide * 4 // 3)), person, "soft", "brand")
    if person.stars and inner.h >= unit * 36:
        row, words = words.bottom(unit * 10, unit)
        stars(sheet, Rect(row.x, row.y + unit, row.w, unit * 8), person.stars, "star", "card")
    elif person.stars:
        row, words = words.right(unit * 7 * 6, unit * 2)
        stars(sheet, row.middle(row.w, unit * 7), person.stars, "star", "card")
    lines = [
        Para(person.name, unit * 12, "ink", bold=True, main=True),
        Para(ZH("person.number", number=person.number), unit * 7, "ink", gap=unit, main=True),
    ]
    if person.duty:
        lines.append(Para(person.duty, unit * 5, "quiet", lines=2, gap=unit))
    sheet.stack(words, lines, "card")

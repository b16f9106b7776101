"""The evaluator on the desk: who is at the window, five faces after the service, one thank-you for all of them."""

from __future__ import annotations

from screens.layout.fit import Para, fit
from screens.layout.parts import EN, ZH, clock, portrait, stars
from screens.layout.picture import Picture, Ruler, Screen
from screens.layout.sheet import Rect, Sheet
from screens.phrases import Words
from screens.views import EvaluatorAsk, EvaluatorIdle, EvaluatorThanks, PersonCard

LEVELS = (5, 4, 3, 2, 1)  # the standard's order, and the only one (R256)


def idle(view: EvaluatorIdle, screen: Screen, ruler: Ruler) -> Picture:
    """Identity at rest; without a sure identity the window's number alone (R125)."""
    sheet = Sheet(f"evaluator-{view.state}", screen, ruler)
    page = sheet.page
    sheet.panel(page, "page")
    unit = max(1, min(page.h, page.w * 6 // 10) // 100)
    head, rest = page.top(unit * 17)
    _head(sheet, head, view, unit)
    inner = rest.inset(unit * 5, unit * 4)
    plate = view.state in ("paused", "closed", "unknown", "overtime")
    if view.person is None or view.state in ("closed", "unknown"):
        _number_alone(sheet, inner, view, unit)
        return sheet.picture()
    if plate:
        below, inner = inner.bottom(unit * 22, unit * 3)
        _state_plate(sheet, below, view, unit)
    else:
        below, inner = inner.bottom(unit * 12, unit * 2)
        lines = (Para(ZH("evaluator.rest"), unit * 5, "ink", bold=True), Para(EN("evaluator.rest"), unit * 4, "quiet"))
        sheet.stack(below, lines, "page", "center")
    _card(sheet, inner, view.person, unit)
    return sheet.picture()


def _head(sheet: Sheet, at: Rect, view: EvaluatorIdle, unit: int) -> None:
    sheet.panel(at, "brand")
    inner = at.inset(unit * 5, unit)
    time, inner = inner.right(inner.w * 45 // 100, unit * 2)
    clock(sheet, time, view.clock, "brand", ("on-brand", "on-brand-quiet"), (unit * 7, unit * 4))
    name = (
        Para(ZH("window.name", n=view.window), unit * 8, "on-brand", bold=True, main=True),
        Para(EN("window.name", n=view.window), unit * 5, "on-brand-quiet"),
    )
    sheet.stack(inner, name, "brand")


def _number_alone(sheet: Sheet, at: Rect, view: EvaluatorIdle, unit: int) -> None:
    below, above = at.bottom(unit * 24, unit * 3)
    _state_plate(sheet, below, view, unit)
    sheet.text(above, Para(str(view.window), above.h, "brand", bold=True, main=True, tight=True), "page", "center")


def _state_plate(sheet: Sheet, at: Rect, view: EvaluatorIdle, unit: int) -> None:
    colour, ink = view.state, f"on-{view.state}"
    sheet.panel(at, colour, radius=unit * 3)
    zh, en = ZH(f"state.{view.state}"), EN(f"state.{view.state}")
    side = at.h * 5 // 10
    took = max(sheet.width(zh, unit * 10, True), sheet.width(en, unit * 5))
    start = at.x + max(unit * 3, (at.w - side - unit * 5 - took) // 2)
    sheet.figure(Rect(start, at.y + (at.h - side) // 2, side, side), f"state-{view.state}", ink, colour)
    words = Rect(start + side + unit * 5, at.y, at.x + at.w - unit * 2 - (start + side + unit * 5), at.h)
    lines = (Para(zh, unit * 10, ink, bold=True, main=True), Para(en, unit * 5, ink))
    sheet.stack(words, lines, colour)


def _card(sheet: Sheet, at: Rect, person: PersonCard, unit: int) -> None:
    """Badge: photo, name, number, stars, duty (R006, R124, R159)."""
    sheet.panel(at, "card", radius=unit * 3, edge="line", edge_px=max(1, unit // 4))
    inner = at.inset(unit * 4)
    wide = min(inner.h * 3 // 4, inner.w * 4 // 10)
    photo, words = inner.left(wide, unit * 6)
    portrait(sheet, photo.middle(wide, min(inner.h, wide * 4 // 3)), person, "soft", "brand")
    if person.stars:
        row, words = words.bottom(unit * 10, unit)
        stars(sheet, Rect(row.x, row.y + unit, row.w, unit * 8), person.stars, "star", "card")
    lines = [
        Para(person.name, unit * 12, "ink", bold=True, main=True),
        Para(ZH("person.number", number=person.number), unit * 7, "ink", gap=unit, main=True),
    ]
    if person.duty:
        lines.append(Para(person.duty, unit * 5, "quiet", lines=2, gap=unit))
    sheet.stack(words, lines, "card")


def ask(view: EvaluatorAsk, screen: Screen, ruler: Ruler) -> Picture:
    """Five levels, once. Touch targets: `level:5` .. `level:1`, all of one size."""
    sheet = Sheet("evaluator-ask", screen, ruler)
    page = sheet.page
    sheet.panel(page, "page")
    unit = max(1, min(page.h, page.w * 6 // 10) // 100)
    head, rest = page.top(unit * 27)
    sheet.panel(head, "brand")
    how = "evaluator.again" if view.again else "evaluator.once"
    lines = (
        Para(ZH("evaluator.rate"), unit * 9, "on-brand", bold=True, main=True),
        Para(EN("evaluator.rate"), unit * 6, "on-brand"),
        Para(f"{ZH(how)}  {EN(how)}", unit * (5 if view.again else 4), "on-brand" if view.again else "on-brand-quiet"),
    )
    sheet.stack(head.inset(unit * 4, unit), lines, "brand", "center")
    foot, rest = rest.bottom(unit * 15)
    _for_whom(sheet, foot.inset(unit * 4, unit), view, unit)
    cells = rest.inset(unit * 2, unit * 3).columns(len(LEVELS), unit * 3 // 2)
    for cell, level in zip(cells, LEVELS, strict=True):
        _level(sheet, cell, level, _common(sheet, cells[0].w - 3 * unit, unit), unit)
    return sheet.picture()


def _common(sheet: Sheet, width: int, unit: int) -> tuple[int, int]:
    """Type sizes at which every level's words fit on one line, so that no level is set larger than another."""

    def largest(wish: int, words: Words) -> int:
        return min(
            fit(Para(words(f"level.{n}"), wish, bold=words is ZH), width, wish * 2, sheet.ruler).size for n in LEVELS
        )

    return largest(unit * 13 // 2, ZH), largest(unit * 4, EN)


def _level(sheet: Sheet, at: Rect, level: int, sizes: tuple[int, int], unit: int) -> None:
    sheet.panel(at, "card", radius=unit * 3, edge="line", edge_px=max(1, unit // 3))
    sheet.key(at, f"level:{level}")
    inner = at.inset(unit, unit * 2)
    face, words = inner.top(inner.h * 56 // 100, unit)
    side = min(face.w * 84 // 100, face.h)
    sheet.figure(face.middle(side, side), f"level-{level}", f"level-{level}", "card")
    lines = (
        Para(ZH(f"level.{level}"), sizes[0], "ink", bold=True, main=True),
        Para(EN(f"level.{level}"), sizes[1], "ink"),
    )
    sheet.stack(words, lines, "card", "center")


def _for_whom(sheet: Sheet, at: Rect, view: EvaluatorAsk, unit: int) -> None:
    """Whom and what the rating is for: person, window, ticket, service."""
    parts = [ZH("window.name", n=view.window), view.person.name, ZH("person.number", number=view.person.number)]
    served = [ZH("evaluator.ticket", number=view.number)] if view.number else []
    served += [view.service.zh] if view.service else []
    lines = (
        Para("  ".join(parts), unit * 5, "ink", bold=True, main=True),
        Para("  ".join(served), unit * 4, "quiet"),
    )
    sheet.stack(at, lines, "page", "center")


def thanks(_: EvaluatorThanks, screen: Screen, ruler: Ruler) -> Picture:
    """The same picture whatever was pressed (R166, R271)."""
    sheet = Sheet("evaluator-thanks", screen, ruler)
    page = sheet.page
    sheet.panel(page, "brand")
    unit = max(1, min(page.h, page.w * 6 // 10) // 100)
    mark, below = page.inset(unit * 6).top(page.h * 36 // 100, unit * 4)
    side = mark.h * 8 // 10
    sheet.figure(mark.middle(side, side), "thanks", "on-brand", "brand")
    lines = (
        Para(ZH("evaluator.thanks"), unit * 13, "on-brand", bold=True, main=True),
        Para(EN("evaluator.thanks"), unit * 7, "on-brand"),
        Para(ZH("evaluator.bye"), unit * 6, "on-brand", gap=unit * 3, main=True),
        Para(EN("evaluator.bye"), unit * 4, "on-brand-quiet"),
    )
    sheet.stack(below, lines, "brand", "center")
    return sheet.picture()

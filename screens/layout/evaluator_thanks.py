"""The thanks for a rating, the same for every level, with the eight dimensions; and a complaint, asked once more."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace
from functools import lru_cache
from typing import Any, cast

from screens.layout.fit import Para
from screens.layout.parts import ZH, both_button
from screens.layout.picture import Align, Picture, Ruler, Screen
from screens.layout.sheet import TOUCH_MM, Rect, Sheet
from screens.phrases import Second, direction
from screens.views import DIMENSIONS, EvaluatorComplaint, EvaluatorThanks

ROWS = 2


def thanks(view: EvaluatorThanks, screen: Screen, ruler: Ruler) -> Picture:
    """The same picture whatever was pressed (R166, R271). Touch targets: `tag:<dimension>`, if they are asked."""
    return _thanks(view, screen, cast("Hashable", ruler))


@lru_cache(maxsize=16)  # the same for everybody who presses: nothing to be worked out between a press and its thanks
def _thanks(view: EvaluatorThanks, screen: Screen, ruler: Any) -> Picture:
    sheet = Sheet("evaluator-thanks", screen, ruler, view.second)
    page = sheet.page
    sheet.panel(page, "brand")
    unit = max(1, min(page.h, page.w * 6 // 10) // 100)
    if view.asks:
        gap = unit * 2
        keys = (screen.px(TOUCH_MM) + gap) * ROWS
        below, page = page.bottom(max(keys + unit * 14, page.h * 56 // 100))
        _dimensions(sheet, below, view.chosen, unit)
    at = page.inset(unit * 6, unit * (3 if view.asks else 6))
    if view.asks:
        mark, words = at.left(at.h, unit * 6)
    else:
        mark, words = at.top(page.h * 36 // 100, unit * 4)
    side = min(mark.h, mark.w) * 8 // 10
    sheet.figure(mark.middle(side, side), "thanks", "on-brand", "brand")
    second = Second(view.second)
    papers = ZH("evaluator.bye"), second("evaluator.bye")
    if view.reminder:
        papers = view.reminder.zh, getattr(view.reminder, second.lang) or view.reminder.en
    chinese = (
        Para(ZH("evaluator.thanks"), unit * 13, "on-brand", bold=True, main=True),
        Para(papers[0], unit * 6, "on-brand", gap=unit * 3, main=True),
    )
    other = (
        Para(second("evaluator.thanks"), sheet.second_size(unit * 7), "on-brand"),
        Para(papers[1], sheet.second_size(unit * 4), "on-brand-quiet"),
    )
    align: Align = "left" if view.asks else "center"
    if direction(second.lang) == "down":
        beside, words = words.right(words.w * 30 // 100, unit * 3)
        sheet.stack(words, chinese, "brand", align)
        sheet.columns(beside, [replace(para, lines=3) for para in other], "brand", "center")
    else:
        sheet.stack(words, (chinese[0], other[0], chinese[1], other[1]), "brand", align)
    return replace(sheet.picture(), again=not view.chosen)


def _dimensions(sheet: Sheet, at: Rect, chosen: tuple[str, ...], unit: int) -> None:
    """The eight of the standard, in its order (R259): which was not good, if any, and nobody needs to say."""
    sheet.panel(at, "page")
    inner = at.inset(unit * 3, unit * 2)
    question = Para(ZH("evaluator.tags"), unit * 5, "ink", bold=True, main=True)
    other = Para(sheet.words("evaluator.tags"), sheet.second_size(unit * 4), "ink", bold=True)
    if sheet.runs_down(other.text):
        inner = sheet.aside(inner, [other], "page")
        other = replace(other, text="")
    asked, keys = inner.top(unit * 10, unit * 2)
    sheet.stack(asked, (question, other), "page", "center")
    cells = [cell for row in keys.rows(ROWS, unit * 2) for cell in row.columns(len(DIMENSIONS) // ROWS, unit * 2)]
    for cell, name in zip(cells, DIMENSIONS, strict=True):
        _dimension(sheet, cell, name, unit, chosen=name in chosen)


def _dimension(sheet: Sheet, at: Rect, name: str, unit: int, *, chosen: bool) -> None:
    colour, ink = ("brand", "on-brand") if chosen else ("card", "ink")
    sheet.panel(at, colour, radius=unit * 2, edge="line", edge_px=max(1, unit // 3))
    sheet.key(at, f"tag:{name}")
    inner = at.inset(unit, unit)
    other = sheet.words(f"dimension.{name}")
    if chosen:
        sheet.figure(Rect(at.x + at.w - unit * 6, at.y + unit, unit * 5, unit * 5), "tick", ink, colour)
    lines = (
        Para(ZH(f"dimension.{name}"), unit * 6, ink, bold=True, main=True, lines=2 if sheet.runs_down(other) else 1),
        Para(other, sheet.second_size(unit * 4), ink, lines=2),
    )
    sheet.stack(inner, lines, colour, "center")


def complaint(view: EvaluatorComplaint, screen: Screen, ruler: Ruler) -> Picture:
    """Touch targets: `complain:yes` and `complain:no`, while it is asked."""
    sheet = Sheet(f"evaluator-complaint-{view.step}", screen, ruler, view.second)
    page = sheet.page
    sheet.panel(page, "page")
    unit = max(1, min(page.h, page.w * 6 // 10) // 100)
    asked = view.step == "ask"
    head, rest = page.top(unit * 27)
    sheet.panel(head, "brand")
    key = "evaluator.complain_ask" if asked else "evaluator.complain_noted"
    lines = (
        Para(ZH(key), unit * 9, "on-brand", bold=True, main=True),
        Para(sheet.words(key), sheet.second_size(unit * 5), "on-brand"),
        Para(ZH("window.name", n=view.window), unit * 5, "on-brand"),
    )
    sheet.stack(head.inset(unit * 4, unit), lines, "brand", "center")
    inner = rest.inset(unit * 6, unit * 4)
    if asked:
        keys, inner = inner.bottom(max(screen.px(TOUCH_MM), unit * 22), unit * 4)
        no, yes = keys.columns(2, unit * 4)
        for at, name, colours in ((yes, "yes", ("brand", "on-brand")), (no, "no", ("card", "ink"))):
            both_button(sheet, at, f"complain:{name}", f"evaluator.complain_{name}", unit * 6, colours)
    told = [Para(ZH("evaluator.complain_how"), unit * 6, "ink", lines=2, main=True)]
    told.append(Para(sheet.words("evaluator.complain_how"), sheet.second_size(unit * 4), "quiet", lines=2))
    if view.phone:
        told.append(Para(ZH("evaluator.complaints", phone=view.phone), unit * 7, "ink", bold=True, gap=unit * 2))
        told.append(Para(sheet.words("evaluator.complaints", phone=view.phone), sheet.second_size(unit * 4), "quiet"))
    sheet.stack(inner, told, "page", "center")
    return sheet.picture()

"""A board that calls nobody: one page of the hall's information, the notices below (R250, R251)."""

from __future__ import annotations

from screens.layout.block import put
from screens.layout.board_head import head
from screens.layout.board_notices import notices
from screens.layout.board_side import phone
from screens.layout.board_sizes import Sizes, pair
from screens.layout.fit import Para
from screens.layout.picture import Picture, Ruler, Screen
from screens.layout.sheet import Rect, Sheet
from screens.views import Bilingual, InfoKind, InfoPage

FIGURES: dict[InfoKind, str] = {
    "staff": "person", "guide": "form", "progress": "clock", "result": "tick", "contact": "phone",
}  # fmt: skip
Content = tuple[InfoKind, Bilingual, tuple[Bilingual, ...]]


def info(view: InfoPage, screen: Screen, ruler: Ruler) -> Picture:
    """Nothing to touch. A page that has more lines than there is room for is named as a flaw."""
    sheet = Sheet("info", screen, ruler, view.second)
    size = Sizes.of(screen)
    unit = size.unit
    sheet.panel(sheet.page, "night")
    body = head(sheet, sheet.page, view).inset(unit * 2, unit * 2)
    foot, body = body.bottom(unit * 4, unit)
    below, body = body.bottom(unit * (20 if size.wide else 42), unit * 2)
    columns = below.columns(2, unit) if size.wide else [below]
    cells = [cell for column in columns for cell in column.rows(4 // len(columns), unit)]
    put(sheet, _content, body, (view.kind, view.title, view.lines))
    notices(sheet, cells, view.notices, view.turn)
    put(sheet, phone, foot, view.phone)
    return sheet.picture()


def _content(sheet: Sheet, at: Rect, facts: Content) -> None:
    kind, title, lines = facts
    size = Sizes.of(sheet.screen)
    unit = size.unit
    sheet.panel(at, "night-row", radius=unit * 2)
    top, rest = at.inset(unit * 4, unit * 2).top(unit * 14, unit)
    mark, top = top.left(unit * 9, unit * 3)
    sheet.figure(mark, FIGURES[kind], "called", "night-row")
    heads = (
        Para(pair(sheet, f"info.{kind}"), unit * 3, "night-quiet"),
        Para(title.zh, unit * 6, "night-ink", bold=True, main=True),
        Para(sheet.words.own(title), unit * 3, "night-quiet"),
    )
    sheet.stack(top, heads, "night-row")
    paras: list[Para] = []
    for line in lines:
        paras.append(Para(line.zh, unit * 6, "night-ink", lines=2, least=unit * 5 // 2, gap=unit * 2))
        paras.append(Para(sheet.words.own(line), unit * 7 // 2, "night-quiet", lines=2, least=unit * 7 // 4))
    sheet.stack(rest, paras, "night-row", anchor="middle" if size.wide else "top")

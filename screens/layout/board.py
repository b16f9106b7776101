"""The hall's call display: the newest call as large as the screen allows, earlier ones below, the rest beside."""

from __future__ import annotations

from screens.layout.block import put
from screens.layout.board_calls import calls
from screens.layout.board_head import head, stale
from screens.layout.board_side import side
from screens.layout.board_sizes import Sizes
from screens.layout.picture import Picture, Ruler, Screen
from screens.layout.sheet import Sheet
from screens.views import BoardPage


def board(view: BoardPage, screen: Screen, ruler: Ruler) -> Picture:
    """Nothing to touch. Every text in Chinese with the second language beside or below it.

    Of any size, either way round: what is read from afar is sized by the screen's millimetres and stated distance, all
    else by its shape. What cannot be read from there is named as a flaw.
    """
    sheet = Sheet("board", screen, ruler, view.second)
    size = Sizes.of(screen)
    unit = size.unit
    sheet.panel(sheet.page, "night")
    rest = head(sheet, sheet.page, view)
    if not view.live:
        plate, rest = rest.top(unit * 10)
        put(sheet, stale, plate, None)
    body = rest.inset(unit * 2, unit * 2)
    if size.wide:
        left, right = body.left(body.w * 62 // 100, unit * 2)
    else:
        left, right = body.top(body.h * 60 // 100, unit * 2)
    calls(sheet, left, view)
    side(sheet, right, view)
    return sheet.picture()

"""How large things are on a board: from its pixels, its millimetres, and the distance it is to be read from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from screens.layout.fit import Para
from screens.layout.parts import ZH
from screens.layout.picture import Screen
from screens.layout.sheet import Rect, Sheet
from screens.phrases import direction

EMBEDDED, EMBEDDED_END = "\u202b", "\u202c"  # what is read from the right within a line that is not (UAX 9, 2.1)
NEWEST_ARC, ROW_ARC = 20, 16  # arc minutes of the capitals' height (FINDINGS, seeing)


@dataclass(frozen=True, slots=True)
class Sizes:
    """In pixels. unit: one per cent of the height of a 16:9 page; an upright page has the header's width for measure.

    newest, row: the least type of the newest call and of the others. wide: the page is wider than high.
    """

    unit: int
    newest: int
    row: int
    wide: bool

    @staticmethod
    @lru_cache(64)
    def of(screen: Screen) -> Sizes:
        w, h = screen.width_px, screen.height_px
        wide = w > h
        unit = max(1, min(h // 100, w // 160) if wide else min(w // 100, h // 160))
        return Sizes(unit, screen.type_of_arc(NEWEST_ARC), screen.type_of_arc(ROW_ARC), wide)


def at_least(sheet: Sheet, at: Rect, para: Para, on: str, least: int) -> None:
    """One line, which is to be read from the stated distance."""
    note_far(sheet, sheet.text(at, para, on), least)


def note_far(sheet: Sheet, size: int, least: int) -> None:
    """Type that got smaller than can be read from the stated distance is a flaw of the page."""
    if size < least * 98 // 100:
        sheet.flaws["far: cannot be read from the stated distance"] = None


def pair(sheet: Sheet, key: str, **blanks: object) -> str:
    """A phrase in both languages on one line; in Chinese alone where the other runs down."""
    zh, other = ZH(key, **blanks), sheet.words(key, **blanks)
    match direction(sheet.other):
        case "down":
            return zh
        case "rtl":  # its ends and its numbers belong to it, not to the Chinese beside it
            other = f"{EMBEDDED}{other}{EMBEDDED_END}" if other else ""
    return f"{zh}  {other}" if other and other != zh else zh

"""What the kiosk's further pages have in common: a head that says what the page is for, keys, and a foot with help."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from screens.layout.fit import Para
from screens.layout.parts import Type, button, help_key
from screens.layout.sheet import Rect, Sheet
from screens.phrases import Words

KEY_MM = 21
PAD_MM = 4
FIGURE_MM = 66  # the least width of a key that has a shape beside its words
WIDE_MM = 55  # the least width for a choice of a few words


@dataclass(frozen=True, slots=True)
class Choice:
    """One large key. name: touch target; on: it is what is chosen."""

    name: str
    text: str
    below: str = ""
    figure: str = ""
    on: bool = False


def head(sheet: Sheet, at: Rect, figure: str, lines: Sequence[Para]) -> None:
    """A plate with a shape and what the page is for."""
    sheet.panel(at, "brand")
    inner = at.inset(sheet.screen.px(8), sheet.screen.px(3))
    side = min(inner.h * 8 // 10, sheet.screen.px(34), inner.w // 5)
    mark, told = inner.left(side, sheet.screen.px(8))
    sheet.figure(mark.middle(side, side), figure, "help", "brand")
    sheet.stack(told, lines, "brand")


def foot(sheet: Sheet, words: Words, size: Type, back: str, *, help_too: bool = True, more: bool = False) -> Rect:
    """Help on the left, the way back on the right; returns what is left above."""
    gap = sheet.screen.px(4)
    at, rest = sheet.page.bottom(sheet.screen.px(KEY_MM) + 2 * gap)
    inner = at.inset(gap * 2, gap)
    wide = inner.w * (31 if more else 38) // 100
    if help_too:
        key, inner = inner.left(wide, gap)
        help_key(sheet, key, words, size)
    done, inner = inner.right(wide, gap)
    button(sheet, done, "done", back, size.main * 8 // 10, ("brand", "on-brand"))
    if more:
        key, _ = inner.right(min(wide, inner.w), gap)
        button(sheet, key, "more", words("kiosk.more"), size.main * 8 // 10, ("brand", "on-brand"), "arrow")
    return rest


def grid(sheet: Sheet, at: Rect, count: int, size: Type, gap: int) -> list[Rect]:
    """Places for choices: as many side by side as leave each wide enough for its words, none higher than it must be."""
    least = max(sheet.screen.px(WIDE_MM), size.text * 6)
    most = max(1, (at.w + gap) // (least + gap))
    high = sheet.screen.px(KEY_MM)
    columns = next((c for c in range(1, most) if _tall(at.h, count, c, gap) >= high * 5 // 4), most)
    columns = min(columns if count > 3 else min(count, most), most)
    rows = -(-count // columns)
    tall = min(_tall(at.h, count, columns, gap), high * 2)
    used = at.middle(at.w, tall * rows + gap * (rows - 1))
    return [cell for row in used.rows(rows, gap) for cell in row.columns(columns, gap)][:count]


def _tall(height: int, count: int, columns: int, gap: int) -> int:
    rows = -(-count // columns)
    return (height - gap * (rows - 1)) // rows


def choices(sheet: Sheet, cells: Sequence[Rect], keys: Sequence[Choice], size: Type) -> None:
    """One key a choice, all their words of one size. Where there is no room the shapes and the small print go first."""
    screen = sheet.screen
    figures = min(cell.w for cell in cells) >= screen.px(FIGURE_MM)
    small = min(cell.h for cell in cells) >= size.main * 14 // 10 + size.small * 14 // 10 + screen.px(3)
    inners = [_inner(sheet, cell, key, size, figures) for cell, key in zip(cells, keys, strict=True)]
    wish = min(_word_size(sheet, inner.w, key, size) for inner, key in zip(inners, keys, strict=True))
    for cell, inner, key in zip(cells, inners, keys, strict=True):
        plate, ink = ("help", "on-help") if key.name == "help" else ("open", "on-open") if key.on else ("card", "ink")
        sheet.panel(cell, plate, radius=screen.px(3), edge="line", edge_px=max(1, screen.px(0.3)))
        sheet.key(cell, key.name)
        lines = (
            Para(key.text, wish, ink, bold=True, lines=2, least=size.least, main=True),
            Para(key.below if small else "", size.small, ink if key.on else "quiet", lines=3, least=size.least),
        )
        side = inner.x - cell.x - screen.px(PAD_MM) * 2
        if side > 0:
            mark = Rect(cell.x + screen.px(PAD_MM), cell.y, side, cell.h).middle(side, side)
            sheet.figure(mark, "tick" if key.on else key.figure, ink, plate)
        sheet.stack(inner, lines, plate)


def _inner(sheet: Sheet, cell: Rect, key: Choice, size: Type, figures: bool) -> Rect:
    """Where the words go: beside the tick or the shape, if there is one."""
    pad = sheet.screen.px(PAD_MM)
    inner = cell.inset(pad, pad // 2)
    if not (key.on or (figures and key.figure)):
        return inner
    side = min(inner.h * 6 // 10, size.main if figures else size.text)
    return inner.left(side, pad)[1]


def _word_size(sheet: Sheet, room: int, key: Choice, size: Type) -> int:
    """The largest size at which the words stand on one line, but not too small before they take two."""
    wish = size.main
    while wish > size.text and sheet.width(key.text, wish, True) > room:
        wish = max(size.text, wish * 95 // 100)
    return wish

"""The four fixed slots of notices. A text too long for its slot is shown a part at a time; nothing of it is cut."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from screens.layout.block import put
from screens.layout.board_sizes import Sizes, pair
from screens.layout.fit import Para, fit
from screens.layout.parts import ZH
from screens.layout.sheet import Rect, Sheet
from screens.views import Bilingual, Notices, Slot

FIGURES: Final[dict[Slot, str]] = {
    "business": "briefcase", "announcement": "megaphone", "sample": "form", "fault": "tool",
}  # fmt: skip
ALL_OF_IT: Final = 10_000  # lines and pixels: as many as it takes
Said = tuple[Slot, Bilingual | None, int]


def notices(sheet: Sheet, cells: list[Rect], said: Notices, turn: int) -> None:
    """The four slots, each in its own cell whatever the others say. turn: which part of those that are long."""
    texts = dict(said)
    for cell, slot in zip(cells, FIGURES, strict=True):
        put(sheet, _notice, cell, (slot, texts.get(slot), turn if slot in texts else 0))


def _notice(sheet: Sheet, at: Rect, said: Said) -> None:
    slot, text, turn = said
    unit = Sizes.of(sheet.screen).unit
    fault = slot == "fault" and text is not None
    colour = "alert" if fault else "night-card"
    ink, quiet = ("on-alert", "on-alert") if fault else ("night-ink", "night-quiet")
    sheet.panel(at, colour, radius=unit)
    inner = at.inset(unit * 3 // 2, unit // 2)
    name, inner = inner.left(unit * 16, unit)
    mark, name = name.left(unit * 3, unit)
    sheet.figure(mark, FIGURES[slot], quiet, colour)
    heads = (
        Para(ZH(f"notice.{slot}"), unit * 5 // 2, ink, bold=True),
        Para(sheet.words(f"notice.{slot}"), unit * 2, quiet),
    )
    sheet.stack(name, heads, colour)
    if text is None:
        sheet.text(inner, Para(pair(sheet, "notice.none"), unit * 5 // 2, quiet), colour)
    elif part := _text(sheet, inner, text, (colour, ink, quiet), turn):
        below, _ = mark.bottom(unit * 2)
        sheet.text(below, Para(part, unit * 3 // 2, quiet), colour, "center")


def _text(sheet: Sheet, at: Rect, text: Bilingual, colours: tuple[str, str, str], turn: int) -> str:
    """The text whole if it fits, else the part whose turn it is; returns which of how many, "" of a whole one."""
    unit = Sizes.of(sheet.screen).unit
    colour, ink, quiet = colours
    whole = (
        Para(text.zh, unit * 11 // 4, ink, lines=2, least=unit * 2),
        Para(sheet.words.own(text), unit * 2, quiet, lines=2, least=unit * 3 // 2),
    )
    tried = sheet.tried()
    tried.stack(at, whole, colour)
    if not tried.unfit:
        sheet.stack(at, whole, colour)
        return ""
    if sheet.runs_down(whole[1].text):  # parts of lines are no columns
        whole = (whole[0], replace(whole[1], text=""))
    zh, other = (_lines(sheet, at, para) for para in whole)
    high, low = (para.step(para.smallest) for para in whole)
    above = 2 if high * 2 + low <= at.h else 1
    below = max(1, (at.h - high * above) // low)
    parts = max(-(-len(zh) // above), -(-len(other) // below))
    now = turn % parts
    said = [
        *(replace(whole[0], text=line, size=whole[0].smallest) for line in _turn(zh, above, now)),
        *(replace(whole[1], text=line, size=whole[1].smallest) for line in _turn(other, below, now)),
    ]
    sheet.stack(at, said, colour)
    return f"{now + 1}/{parts}"


def _lines(sheet: Sheet, at: Rect, para: Para) -> tuple[str, ...]:
    """All its lines at its smallest type."""
    small = replace(para, size=para.smallest, lines=ALL_OF_IT)
    return fit(small, at.w, ALL_OF_IT * para.size, sheet.ruler).lines


def _turn(lines: tuple[str, ...], room: int, turn: int) -> tuple[str, ...]:
    """The lines of this turn; the shorter language begins again."""
    begin = turn % -(-len(lines) // room) * room
    return lines[begin : begin + room]

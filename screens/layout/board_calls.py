"""The calls on a board: the newest as large as there is room for, and as many earlier ones as can be read."""

from __future__ import annotations

from dataclasses import dataclass

from screens.layout.block import put
from screens.layout.board_sizes import Sizes, at_least, note_far, pair
from screens.layout.fit import Para
from screens.layout.parts import ZH
from screens.layout.picture import Text
from screens.layout.sheet import Rect, Sheet
from screens.phrases import direction
from screens.views import Bilingual, BoardPage, CallRow

LEAST_ROWS = 5  # the newest call leaves room for so many, as long as it can itself be read
MOST, SHARE = 46, 33  # per cent of the height that it takes: at most, and if there are rows for all of it
SPLITS = (53, 48, 44, 40)  # per cent of its width for the number, the usual one first
WIDEST = "W888"  # no number is wider
BELOW, LEAST_BELOW = 11, 7  # units for the window in the second language and its place
STRIP = 14  # units beside the newest call for a second language in columns
HANZI = 1.1  # height of a tight line of hanzi, as a part of the type size


@dataclass(frozen=True, slots=True)
class Model:
    """How the calls of a page are set, whichever they are: digits of its windows' numbers; split: of the newest call,
    per cent of its width for the number, 0 if number and window stand one below the other. strip: pixels at its right
    for a second language that runs down.
    """

    digits: int
    split: int
    strip: int = 0

    @property
    def window(self) -> str:
        return ZH("window.name", n="8" * self.digits)


def calls(sheet: Sheet, at: Rect, view: BoardPage) -> None:
    """Every cell stands where it stands however many are filled, so that a changed row is redrawn alone."""
    size = Sizes.of(sheet.screen)
    gap, head = size.unit * 3 // 4, size.unit * 4
    shown = [view.newest, *view.rows]
    digits = max(len(str(call.window)) for call in (*shown, CallRow("", 1, view.hall)) if call)
    model = _model(sheet, at, digits, size)
    row = max(_line(size.row), size.unit * 9 // 2)
    wanted = max(view.windows - 1, len(view.rows), 1)
    newest, earlier = at.top(_newest_height(at, model, size, (row + gap, head + gap + gap // 2), wanted), gap)
    put(sheet, _newest, newest, (model, view.newest))
    heads, earlier = earlier.top(head, gap // 2)
    count = min((earlier.h + gap) // (row + gap), wanted)
    if count < 1:
        return
    put(sheet, _heads, heads, model)
    for index, cell in enumerate(earlier.rows(count, gap)):
        put(sheet, _row, cell, (model, view.rows[index] if index < len(view.rows) else None))


def _model(sheet: Sheet, at: Rect, digits: int, size: Sizes) -> Model:
    """Columns have the whole height of the newest call, as long as it can be read beside them."""
    strip = size.unit * STRIP
    if direction(sheet.other) == "down" and (split := _split(sheet, at.right(strip)[1], digits, size)):
        return Model(digits, split, strip)
    return Model(digits, _split(sheet, at, digits, size))


def _split(sheet: Sheet, at: Rect, digits: int, size: Sizes) -> int:
    """How number and window can stand side by side, both to be read from the stated distance; 0: they cannot."""
    room = at.w - size.unit * 8
    number, window = (
        sheet.width(text, size.newest, True) for text in (WIDEST, ZH("window.name", n="8" * digits))
    )  # fmt: skip
    fits = (s for s in SPLITS if number <= room * s // 100 and window <= room - room * s // 100)
    return next(fits, 0)


def _line(size: int) -> int:
    """The height of a tight line of hanzi of this type."""
    return int(size * HANZI) + 2


def _newest_height(at: Rect, model: Model, size: Sizes, step: tuple[int, int], wanted: int) -> int:
    """At least what can be read from the stated distance; at most its share; between them what the rows leave.

    step: pixels a row, and above the first. wanted: rows; it makes room for a few, for more down to a share.
    """
    name, number = _line(size.newest), size.newest
    least = size.unit * (7 + LEAST_BELOW) + (max(name, size.unit * 12) if model.split else name + number)
    few, all_ = (at.h - step[1] - step[0] * rows for rows in (LEAST_ROWS, max(wanted, LEAST_ROWS)))
    return min(at.h, max(least, min(at.h * MOST // 100, max(all_, min(few, at.h * SHARE // 100)))))


def _newest(sheet: Sheet, at: Rect, facts: tuple[Model, CallRow | None]) -> None:
    model, call = facts
    size = Sizes.of(sheet.screen)
    unit = size.unit
    if call is None:
        sheet.panel(at, "night-card", radius=unit * 2)
        lines = (
            Para(ZH("board.nobody"), max(unit * 9, size.newest), "night-ink", bold=True, main=True),
            Para(sheet.words("board.nobody"), unit * 4, "night-quiet"),
        )
        sheet.stack(at.inset(unit * 4, unit * 2), lines, "night-card", "center")
        return
    colour, ink, quiet = _inks(call.fresh)
    sheet.panel(at, colour, radius=unit * 2)
    inner = at.inset(unit * 3, unit)
    if model.strip:
        beside, inner = inner.right(model.strip)
        _columns_of(sheet, beside, call, colour, ink)
    head, rest = inner.top(unit * 4, unit)
    name_h = _line(size.newest)
    if model.split:
        name_h = max(name_h, (rest.h - unit * BELOW) * 9 // 10)
        left, right = rest.left(rest.w * model.split // 100, unit * 2)
        here, there = head.left(left.w, unit * 2)
    else:
        left, right = rest.top(max(size.newest, rest.h - name_h - unit * BELOW))
        here, there = head.left(head.w // 2, unit * 2)
    mark, here = here.left(unit * 4, unit)
    sheet.figure(mark, "state-calling" if call.fresh else "ticket", ink, colour)
    sheet.text(here, Para(pair(sheet, "board.now"), unit * 7 // 2, quiet, bold=True), colour)
    sheet.text(there, Para(pair(sheet, "board.goto"), unit * 7 // 2, quiet, bold=True), colour)
    at_least(sheet, left, Para(call.number, left.h, ink, bold=True, main=True, tight=True), colour, size.newest)
    name, below = right.top(min(right.h, name_h))
    to, high = ZH("window.name", n=call.window), int(name_h / HANZI)
    wide = high * name.w // max(1, sheet.width(to, high, True))
    at_least(sheet, name, Para(to, min(high, wide), ink, bold=True, main=True, tight=True), colour, size.newest)
    window, place = sheet.words("window.name", n=call.window), sheet.words.own(call.place)
    go_to = (
        Para("" if model.strip else window, unit * 9 // 2, ink, bold=True),
        Para(call.place.zh, unit * 7 // 2, ink, lines=2),
        Para("" if model.strip and sheet.runs_down(place) else place, unit * 5 // 2, ink, lines=2),
    )
    sheet.stack(below, go_to, colour, anchor="top")


def _columns_of(sheet: Sheet, at: Rect, call: CallRow, colour: str, ink: str) -> None:
    """Where to go, in a language that runs down."""
    unit = Sizes.of(sheet.screen).unit
    to = sheet.words("sign.elsewhere", windows=sheet.words("window.name", n=call.window))
    place = sheet.words.own(call.place)
    said = [Para(to, unit * 9 // 2, ink, bold=True)]
    if sheet.runs_down(place):
        said.append(Para(place, unit * 5 // 2, ink))
    sheet.stack(at, said, colour)


def _heads(sheet: Sheet, at: Rect, model: Model) -> None:
    size = Sizes.of(sheet.screen)
    columns = _columns(sheet, at.inset(size.unit * 2, 0), model)
    for column, key in zip(columns, ("number", "window", "where"), strict=True):
        if column.w:
            sheet.text(column, Para(pair(sheet, f"board.{key}"), size.unit * 5 // 2, "night-quiet"), "night")


def _columns(sheet: Sheet, at: Rect, model: Model) -> tuple[Rect, Rect, Rect]:
    """Number and window have the room they need to be read; the place has what is left, or none."""
    size = Sizes.of(sheet.screen)
    gap = size.unit * 2
    number, rest = at.left(max(at.w * 25 // 100, sheet.width(WIDEST, size.row, True)), gap)
    window, place = rest.left(max(at.w * 28 // 100, sheet.width(model.window, size.row, True)), gap)
    return number, window, place if place.w >= size.unit * 24 else Rect(place.x, place.y, 0, 0)


def _row(sheet: Sheet, at: Rect, facts: tuple[Model, CallRow | None]) -> None:
    model, row = facts
    size = Sizes.of(sheet.screen)
    unit = size.unit
    if row is None:
        sheet.panel(at, "night-card", radius=unit)
        return
    colour, ink, _ = _inks(row.fresh)
    sheet.panel(at, colour, radius=unit)
    number, window, place = _columns(sheet, at.inset(unit * 2, 0), model)
    wanted = max(size.row, min(at.h * 9 // 10, unit * 8))
    # Every number has the same digits and the widest letter is measured, so a new number needs no measuring.
    fitted = min(wanted, wanted * number.w // max(1, sheet.width(WIDEST, wanted, True)))
    note_far(sheet, fitted, size.row)
    sheet.boxes.append(Text(*number.area, row.number, fitted, ink, colour, bold=True, main=True))
    put(sheet, _where, window, (row.window, row.fresh, wanted))
    if place.w:
        put(sheet, _place, place, (row.place, row.fresh))


def _where(sheet: Sheet, at: Rect, facts: tuple[int, bool, int]) -> None:
    window, fresh, wanted = facts
    size = Sizes.of(sheet.screen)
    colour, ink, _ = _inks(fresh)
    name = ZH("window.name", n=window)
    to = Para(name, max(size.row, wanted * 77 // 100), ink, bold=True, main=True, tight=True)
    at_least(sheet, at, to, colour, size.row)


def _place(sheet: Sheet, at: Rect, facts: tuple[Bilingual, bool]) -> None:
    place, fresh = facts
    unit = Sizes.of(sheet.screen).unit
    colour, ink, quiet = _inks(fresh)
    if fresh:
        bell, at = at.right(min(unit * 5, at.h * 7 // 10), unit)
        sheet.figure(bell, "state-calling", ink, colour)
    lines = (
        Para(place.zh, min(at.h * 42 // 100, unit * 7 // 2), ink),
        Para(sheet.words.own(place), min(at.h * 34 // 100, unit * 5 // 2), quiet),
    )
    sheet.stack(at, lines, colour)


def _inks(fresh: bool) -> tuple[str, str, str]:
    """What a call is painted in: its colour, its ink, and its ink for what matters less."""
    return ("called", "on-called", "on-called") if fresh else ("night-row", "night-ink", "night-quiet")

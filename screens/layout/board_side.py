"""What else is to be known beside the calls, each in its fixed place: who is next, missed numbers, windows that rest,
and the four slots of notices, none of which ever overwrites another (R004).
"""

from __future__ import annotations

from screens.layout.block import put
from screens.layout.board_notices import FIGURES, notices
from screens.layout.board_sizes import Sizes, pair
from screens.layout.fit import Para
from screens.layout.parts import ZH
from screens.layout.sheet import Rect, Sheet
from screens.layout.waits import span
from screens.phrases import Words
from screens.views import BoardPage, Resting

# Who is next (None: nobody knows), how many wait, minutes if it is busy.
Waiting = tuple[tuple[str, ...] | None, int | None, str]


def side(sheet: Sheet, at: Rect, view: BoardPage) -> None:
    """Beside the calls one below the other; below them, on an upright page, in two columns."""
    size = Sizes.of(sheet.screen)
    gap = size.unit
    foot, at = at.bottom(size.unit * 4, gap)
    if size.wide:
        upper, lower = at.top(at.h * 56 // 100, gap)
    else:
        upper, lower = at.left(at.w * 50 // 100, gap)
    following, rest = upper.top(upper.h * 37 // 100, gap)
    missed, paused = rest.top(rest.h * 43 // 100, gap)
    numbers = view.next if view.live else None
    put(sheet, _next, following, (numbers, view.waiting, span(view.busy, view.busy_most) if view.busy else ""))
    put(sheet, _missed, missed, view.missed)
    put(sheet, _paused, paused, view.paused)
    notices(sheet, lower.rows(len(FIGURES), gap), view.notices, view.turn)
    put(sheet, phone, foot, view.phone)


def phone(sheet: Sheet, at: Rect, number: str) -> None:
    """Whom to complain to (R057)."""
    unit = Sizes.of(sheet.screen).unit
    if number:
        text = pair(sheet, "board.phone", phone=number)
        sheet.text(at, Para(text, unit * 5 // 2, "night-quiet"), "night")


def _card(sheet: Sheet, at: Rect, figure: str, key: str, note: str = "") -> Rect:
    """A titled card, beside its title what to do; returns what is left of it for what it says."""
    unit = Sizes.of(sheet.screen).unit
    sheet.panel(at, "night-card", radius=unit)
    head, inner = at.inset(unit * 2, unit).top(unit * (5 if note else 4), unit // 2)
    mark, name = head.left(unit * 3, unit)
    sheet.figure(mark, figure, "night-quiet", "night-card")
    if note:
        do, name = name.right(name.w * 52 // 100, unit)
        lines = (Para(ZH(note), unit * 2, "night-ink"), Para(sheet.words(note), unit * 7 // 4, "night-quiet"))
        sheet.stack(do, lines, "night-card", "right")
    sheet.text(name, Para(pair(sheet, key), unit * 5 // 2, "night-quiet"), "night-card")
    return inner


def _none(sheet: Sheet, at: Rect, key: str) -> None:
    unit = Sizes.of(sheet.screen).unit
    sheet.text(at, Para(pair(sheet, key), unit * 3, "night-quiet"), "night-card")


def _next(sheet: Sheet, at: Rect, facts: Waiting) -> None:
    """Who should get ready, and what all others should expect (R127, R268)."""
    numbers, waiting, busy = facts
    size = Sizes.of(sheet.screen)
    unit = size.unit
    inner = _card(sheet, at, "people", "board.next")
    if busy:
        foot, inner = inner.bottom(unit * 5)
        lines = (
            Para(ZH("board.busy", n=busy), unit * 9 // 4, "called", bold=True),
            Para(sheet.words("board.busy", n=busy), unit * 7 // 4, "night-quiet"),
        )
        sheet.stack(foot, lines, "night-card")
    elif waiting is not None:
        foot, inner = inner.bottom(unit * 7 // 2)
        text = pair(sheet, "board.waiting", n=waiting)
        sheet.text(foot, Para(text, unit * 5 // 2, "night-ink"), "night-card")
    if numbers:
        _plates(sheet, inner, numbers, size.row, all_of_them=False)
    elif numbers is not None:
        _none(sheet, inner, "board.next_none")


def _missed(sheet: Sheet, at: Rect, numbers: tuple[str, ...]) -> None:
    inner = _card(sheet, at, "state-unknown", "board.missed", "board.missed_do" if numbers else "")
    if numbers:
        _plates(sheet, inner, numbers, Sizes.of(sheet.screen).row)
    else:
        _none(sheet, inner, "board.missed_none")


def _paused(sheet: Sheet, at: Rect, windows: tuple[Resting, ...]) -> None:
    """Each with until when and where else to go, as long as there is room for that; else their numbers."""
    size = Sizes.of(sheet.screen)
    unit = size.unit
    inner = _card(sheet, at, "state-paused", "board.paused")
    if not windows:
        _none(sheet, inner, "board.paused_none")
        return
    room = max(1, inner.h // (unit * 4))
    if len(windows) > room:
        _plates(sheet, inner, tuple(str(one.window) for one in windows), unit * 4)
        return
    sizes = [_common(sheet, [resting(one, words) for one in windows], inner.w, unit * size // 4)
             for words, size in ((ZH, 9), (sheet.words, 7))]  # fmt: skip
    for cell, one in zip(inner.rows(len(windows), 0), windows, strict=False):
        lines = (
            Para(resting(one, ZH), sizes[0], "night-ink", bold=True),
            Para(resting(one, sheet.words), sizes[1], "night-quiet"),
        )
        sheet.stack(cell, lines, "night-card")


def _common(sheet: Sheet, texts: list[str], width: int, wished: int) -> int:
    """One size for all of them: what the longest needs, not below half of what is wished."""
    widest = max(sheet.width(text, wished, True) for text in texts)
    return max(wished // 2, min(wished, wished * width // max(widest, 1)))


def resting(one: Resting, words: Words) -> str:
    """`3号窗口暂停服务，预计10:25恢复，请到 4号窗口`."""
    window = words("window.name", n=one.window)
    what = words.own(one.what) if one.what else words("board.rests")
    parts = [words("board.resting", window=window, what=what)]
    if one.until:
        parts.append(words("board.until", time=one.until))
    if one.elsewhere:
        several = words("window.several", n=words("window.joint").join(map(str, one.elsewhere[:3])))
        parts.append(words("sign.elsewhere", windows=several))
    return words("closing.and").join(parts)


def _plates(sheet: Sheet, at: Rect, texts: tuple[str, ...], wished: int, *, all_of_them: bool = True) -> None:
    """As many as fit side by side, in their order; when some are left out, how many there are in all."""
    least = Sizes.of(sheet.screen).unit * 3
    size = max(least, min(wished, at.h * 10 // 13))
    while size > least and len(_cells(sheet, at, texts, size)) < min(len(texts), 4):
        size = max(least, size * 95 // 100)
    cells = _cells(sheet, at, texts, size)
    shown = texts if len(texts) <= len(cells) or not all_of_them else texts[: len(cells) - 1]
    for cell, text in zip(cells, shown, strict=False):
        sheet.text(cell, Para(text, size, "night-ink", bold=True), "night-card")
    if len(shown) < len(texts):
        sheet.text(cells[-1], Para(ZH("board.more", n=len(texts)), size * 7 // 10, "night-quiet"), "night-card")


def _cells(sheet: Sheet, at: Rect, texts: tuple[str, ...], size: int) -> list[Rect]:
    gap = size // 2
    wide = sheet.width("0" * max(map(len, texts)), size, True) + gap // 2
    columns = max(1, (at.w + gap) // (wide + gap))
    rows = max(1, at.h // (size * 13 // 10))
    return [cell for row in at.rows(rows, 0) for cell in row.columns(columns, gap)]

"""What several pages share: sizes of type, the clock, the state of a window, keys, a person's card."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from screens.layout.fit import Para, fit
from screens.layout.picture import Screen
from screens.layout.sheet import Rect, Sheet
from screens.phrases import Words
from screens.views import Clockface, PersonCard, WindowState

ZH = Words("zh")


@dataclass(frozen=True, slots=True)
class Type:
    """Type sizes in pixels for a screen at arm's length.

    main: capitals of 0.7 degrees (EN 301 549, 5.1.4: 8.6 mm at 0.7 m). text: 24 arc minutes. small: 20. least: 16.
    In large print all but the least are larger: what has no room for that still gets all the room there is.
    """

    main: int
    text: int
    small: int
    least: int

    @staticmethod
    def of(screen: Screen) -> Type:
        main, text, small = (screen.type_of_arc(minutes * screen.large) for minutes in (42.25, 26, 20))
        return Type(main, text, small, screen.type_of_arc(16))


def day_words(words: Words, clock: Clockface) -> str:
    """The calendar line: `2026年11月21日 星期六`."""
    try:
        day = date.fromisoformat(clock.text[:10])
    except ValueError:
        return clock.text
    month, weekday = words(f"clock.month.{day.month}"), words(f"clock.weekday.{day.isoweekday()}")
    return words("clock.date", year=day.year, month=month, day=day.day, weekday=weekday)


def near_day(words: Words, at: str) -> str:
    """The day of a time in the next weeks, without its year. at: "2026-11-23 08:30"."""
    day = date.fromisoformat(at[:10])
    month, weekday = words(f"clock.month.{day.month}"), words(f"clock.weekday.{day.isoweekday()}")
    return words("clock.near", month=month, day=day.day, weekday=weekday)


def clock(
    sheet: Sheet,
    at: Rect,
    face: Clockface,
    on: str,
    inks: tuple[str, str],
    sizes: tuple[int, int],
    words: Words | None = None,
) -> None:
    """Time above, date below, to the right; without `words` in two languages.

    A clock that nobody vouches for shows no time at all, and says so (R056).
    """
    if face.trusted:
        time = Para(face.text[11:16], sizes[0], inks[0], bold=True)
        below = day_words(words or ZH, face)
    else:
        time = Para((words or ZH)("clock.unknown"), sizes[0] * 7 // 10, inks[0], bold=True)
        below = "" if words else sheet.words("clock.unknown")
    tried = sheet.tried()
    tried.stack(at, (time, Para(below, sizes[1], inks[1], lines=3, least=sizes[1] * 8 // 10)), on, "right")
    if not tried.unfit:
        sheet.take(tried)
    else:  # no room for the date
        sheet.stack(at, (time,), on, "right")


def chip(sheet: Sheet, at: Rect, figure: str, text: str, size: int, colour: str, on_colour: str) -> None:
    """A word in a coloured plate with its own shape beside it."""
    sheet.panel(at, colour, radius=at.h // 5)
    pad = at.h // 4
    mark, rest = at.inset(pad, 0).left(min(at.h * 6 // 10, size), pad)
    sheet.figure(mark, figure, on_colour, colour)
    sheet.text(rest, Para(text, size, on_colour, bold=True, main=True), colour)


def state_chip(sheet: Sheet, at: Rect, state: WindowState, word: str, size: int) -> None:
    """The state of a window in a word, a colour and a shape."""
    chip(sheet, at, f"state-{state}", word, size, state, f"on-{state}")


def button(sheet: Sheet, at: Rect, key: str, text: str, size: int, colours: tuple[str, str], figure: str = "") -> None:
    """A touch key with a word and perhaps a figure, in the middle."""
    colour, ink = colours
    sheet.panel(at, colour, radius=sheet.screen.px(2.5))
    sheet.key(at, key)
    inner = at.inset(at.h // 6, at.h // 10)
    if figure:
        side = min(inner.h * 7 // 10, size * 5 // 4)
        room = inner.w - side - side // 3
        if not fit(Para(text, size, ink, bold=True, lines=2, main=True), room, inner.h, sheet.ruler).whole:
            tile(sheet, at, key, text, size, colours, figure)
            return
        took = min(room, max(sheet.width(text, size, True), size))
        start = inner.x + (inner.w - side - side // 3 - took) // 2
        sheet.figure(Rect(start, inner.y + (inner.h - side) // 2, side, side), figure, ink, colour)
        inner = Rect(start + side + side // 3, inner.y, took, inner.h)
    sheet.text(inner, Para(text, size, ink, bold=True, lines=2, main=True), colour, "left" if figure else "center")


def both_button(
    sheet: Sheet, at: Rect, key: str, phrase: str, size: int, colours: tuple[str, str], figure: str = ""
) -> None:
    """A touch key with its word in Chinese and in the page's second language, and perhaps a figure at the left."""
    colour, ink = colours
    sheet.panel(at, colour, radius=sheet.screen.px(2.5))
    sheet.key(at, key)
    inner = at.inset(at.h // 6, at.h // 12)
    if figure:
        side = min(inner.h * 7 // 10, inner.w // 4)
        mark, inner = inner.left(side, side // 2)
        sheet.figure(mark.middle(side, side), figure, ink, colour)
    lines = (
        Para(ZH(phrase), size, ink, bold=True, main=True),
        Para(sheet.words(phrase), sheet.second_size(size * 3 // 4), ink),
    )
    sheet.stack(inner, lines, colour, "left" if figure else "center")


def tile(sheet: Sheet, at: Rect, key: str, text: str, size: int, colours: tuple[str, str], figure: str) -> None:
    """A touch key too narrow for a figure beside its word: it stands above, if there is room for that."""
    colour, ink = colours
    sheet.panel(at, colour, radius=sheet.screen.px(2.5))
    sheet.key(at, key)
    whole = at.inset(at.w // 24, at.h // 12)
    mark, name = whole.top(at.h * 40 // 100)
    word = Para(text, size, ink, bold=True, lines=2, least=Type.of(sheet.screen).least, main=True)
    if fit(word, name.w, name.h, sheet.ruler).whole:
        side = min(mark.h, mark.w)
        sheet.figure(mark.middle(side, side), figure, ink, colour)
    else:
        name = whole
    sheet.text(name, word, colour, "center")


def portrait(sheet: Sheet, at: Rect, person: PersonCard, colour: str, ink: str) -> None:
    """The photo, or a silhouette where there is none on this device."""
    sheet.panel(at, colour, radius=at.w // 14)
    inner = at.inset(max(2, at.w // 40))
    sheet.figure(inner, "photo", ink, colour, person.photo)


def stars(sheet: Sheet, at: Rect, count: int, colour: str, on: str) -> int:
    """As many stars as the roster gives (R006); returns the width used."""
    step = at.h * 11 // 10
    for i in range(count):
        sheet.figure(Rect(at.x + i * step, at.y, at.h, at.h), "star", colour, on)
    return count * step


def help_key(sheet: Sheet, at: Rect, words: Words, size: Type) -> None:
    """Call a member of staff: the same look on every page of the kiosk."""
    button(sheet, at, "help", words("kiosk.help"), size.main * 8 // 10, ("help", "on-help"), "help")

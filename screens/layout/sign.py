"""The sign of one window: its number, its state in word, colour and shape, whom it calls, who serves."""

from __future__ import annotations

from dataclasses import replace

from screens.layout.board_sizes import pair
from screens.layout.fit import Para
from screens.layout.parts import ZH, clock, portrait, stars
from screens.layout.picture import Picture, Ruler, Screen
from screens.layout.sheet import Rect, Sheet
from screens.phrases import Words, direction
from screens.views import PersonCard, SignPage


def sign(view: SignPage, screen: Screen, ruler: Ruler) -> Picture:
    """Nothing to touch. A wide strip (2:1 and wider) puts everything on one row, else there are two."""
    sheet = Sheet(f"sign-{view.state}", screen, ruler, view.second)
    page = sheet.page
    sheet.panel(page, "night")
    strip = page.w > page.h * 2
    unit = max(1, min(page.h, page.w * 9 // 16) // 100) if not strip else max(1, page.h // 56)
    plate, rest = page.left(min(page.w * 30 // 100, page.h * 95 // 100))
    said = [*_word(sheet, view, unit), *_why(sheet, view, unit)]
    _plate(sheet, plate, view, unit, [para for para in said if sheet.runs_down(para.text)])
    said = [para for para in said if not sheet.runs_down(para.text)]
    inner = rest.inset(unit * 3, unit * 2)
    if strip:
        known = view.person is not None and view.state not in ("unknown", "closed")
        state, people = inner.left(inner.w * (60 if known else 66) // 100, unit * 4)
        if known and view.services:
            below, state = state.bottom(unit * 8, unit)
            _served(sheet, below, view, unit)
        _state(sheet, state, view, unit, said)
        foot, people = people.bottom(unit * 9, unit)
        if known and view.person:
            _person(sheet, people, view.person, unit)
        else:
            _services(sheet, people, view, unit)
    else:
        state, below = inner.top(inner.h * 46 // 100, unit * 3)
        _state(sheet, state, view, unit, said)
        foot, below = below.bottom(unit * 9, unit * 2)
        if view.person is not None and view.state not in ("unknown", "closed"):
            person, below = below.left(below.w * 52 // 100, unit * 4)
            _person(sheet, person, view.person, unit)
        _services(sheet, below, view, unit)
    clock(sheet, foot, view.clock, "night", ("night-ink", "night-quiet"), (unit * 5, unit * 3))
    return sheet.picture()


def _plate(sheet: Sheet, at: Rect, view: SignPage, unit: int, columns: list[Para]) -> None:
    """The window's number in the colour of its state. columns: what is said in a language that runs down."""
    colour, ink = view.state, f"on-{view.state}"
    sheet.panel(at, colour)
    inner = at.inset(unit * 2)
    if columns:
        name = Para(sheet.words("sign.window"), unit * 6, ink)
        inner = sheet.aside(inner, [name, *(replace(para, colour=ink) for para in columns)], colour)
    below, number = inner.bottom(unit * 17, unit)
    sheet.text(number, Para(str(view.window), number.h, ink, bold=True, main=True, tight=True), colour, "center")
    names = (
        Para(ZH("sign.window"), unit * 8, ink, bold=True, main=True),
        Para("" if columns else sheet.words("sign.window"), unit * 5, ink),
    )
    sheet.stack(below, names, colour, "center")


def _state(sheet: Sheet, at: Rect, view: SignPage, unit: int, said: list[Para]) -> None:
    side = min(at.h * 6 // 10, at.w // 4)
    mark, rest = at.left(side, unit * 4)
    sheet.panel(mark.middle(side, side), view.state, radius=side // 6)
    sheet.figure(mark.middle(side * 6 // 10, side * 6 // 10), f"state-{view.state}", f"on-{view.state}", view.state)
    sheet.stack(rest, said, "night")


def _word(sheet: Sheet, view: SignPage, unit: int) -> list[Para]:
    """The state in words, below the number that is called or served."""
    if not view.number or view.state not in ("calling", "serving", "overtime"):
        return [
            Para(ZH(f"state.{view.state}"), unit * 13, "night-ink", bold=True, main=True),
            Para(sheet.words(f"state.{view.state}"), unit * 6, "night-quiet"),
        ]
    calling = view.state == "calling"
    zh, other = (
        words("sign.come", number=view.number) if calling else words(f"state.{view.state}")
        for words in (ZH, sheet.words)
    )
    # Number and window are what people look for from afar: 20 arc minutes at the stated distance, if there is room.
    large = max(unit * 30, sheet.screen.type_of_arc(20))
    return [
        Para(view.number, large, "called", bold=True, main=True, tight=True),
        Para(zh, unit * 8, "night-ink", bold=True, main=True),
        Para(other, unit * 4, "night-quiet"),
    ]


def _why(sheet: Sheet, view: SignPage, unit: int) -> list[Para]:
    """Of a window that does not serve why, until when, and where else to go (R203); of a busy one that it is (R127)."""
    if view.state not in ("paused", "closed", "unknown"):
        busy = view.busy and view.state in ("serving", "overtime")
        return _both(sheet, "sign.busy", unit * 5, unit * 3, "night-ink", gap=unit) if busy else []
    lines: list[Para] = []
    if view.what:
        lines.append(Para(view.what.zh, unit * 6, "night-ink", bold=True, gap=unit, lines=2))
        lines.append(Para(sheet.words.own(view.what), unit * 7 // 2, "night-quiet", lines=2))
    if view.until:
        lines += _both(sheet, "sign.until", unit * 6, unit * 7 // 2, "night-ink", gap=unit, time=view.until)
    if view.elsewhere:
        lines += [
            Para(_elsewhere(view.elsewhere, ZH), unit * 7, "called", bold=True, gap=unit * 2, main=True),
            Para(_elsewhere(view.elsewhere, sheet.words), unit * 4, "night-quiet"),
        ]
    return lines


def _both(sheet: Sheet, key: str, zh: int, other: int, ink: str, gap: int, **blanks: str) -> list[Para]:
    return [
        Para(ZH(key, **blanks), zh, ink, bold=True, gap=gap),
        Para(sheet.words(key, **blanks), other, "night-quiet"),
    ]


def _elsewhere(windows: tuple[int, ...], words: Words) -> str:
    numbers = words("window.joint").join(map(str, windows))
    return words("sign.elsewhere", windows=words("window.several", n=numbers))


def _person(sheet: Sheet, at: Rect, person: PersonCard, unit: int) -> None:
    """Who is on duty: photo, name, number, stars, duty (R006, R159)."""
    wide = min(at.h * 3 // 4, at.w * 38 // 100)
    photo, words = at.left(wide, unit * 3)
    portrait(sheet, photo.middle(wide, min(at.h, wide * 4 // 3)), person, "night-card", "night-line")
    lines = [Para(person.name, unit * 8, "night-ink", bold=True, main=True)]
    lines.append(Para(ZH("person.number", number=person.number), unit * 5, "night-ink", gap=unit // 2))
    if person.duty:
        lines.append(Para(person.duty, unit * 4, "night-quiet", lines=2, gap=unit // 2))
    if not person.stars:
        sheet.stack(words, lines, "night")
        return
    row, words = words.bottom(unit * 8, unit)
    stars(sheet, Rect(row.x, row.y + unit * 2, row.w, unit * 5), person.stars, "called", "night")
    sheet.stack(words, lines, "night")


def _served(sheet: Sheet, at: Rect, view: SignPage, unit: int) -> None:
    """What the window serves, on one line a language (R058)."""
    own = [sheet.words.own(service) for service in view.services]
    other = sheet.words("window.joint").join(own) if all(own) else ""
    lines = (
        Para(ZH("window.joint").join(s.zh for s in view.services), unit * 4, "night-ink", bold=True),
        Para(other, unit * 3, "night-quiet"),
    )
    sheet.stack(at, lines, "night")


def _services(sheet: Sheet, at: Rect, view: SignPage, unit: int) -> None:
    lines = [Para(pair(sheet, "sign.services"), unit * 3, "night-quiet")] if view.services else []
    for service in view.services[:4]:
        lines.append(Para(service.zh, unit * 5, "night-ink", bold=True, gap=unit))
        lines.append(Para(sheet.words.own(service), unit * 3, "night-quiet"))
    if view.place.zh:
        place, other = view.place.zh, sheet.words.own(view.place)
        if direction(sheet.other) == "ltr":
            place, other = f"{place}  {other}", ""
        lines.append(Para(place, unit * 3, "night-quiet", gap=unit, lines=2))
        lines.append(Para(other, unit * 3, "night-quiet", lines=2))
    sheet.stack(at, lines, "night")

"""The bar at the head of the kiosk's first page: the hall, the languages, and how one wishes the page to be."""

from __future__ import annotations

from screens.layout.fit import Para
from screens.layout.parts import Type, clock
from screens.layout.sheet import TOUCH_MM, Rect, Sheet
from screens.phrases import SOURCE, Words, letters, word
from screens.views import KioskHome

FIGURES = {"large": "large", "contrast": "contrast", "low": "low", "voice": "megaphone"}
LANG_MM, MODE_MM = 30, 22
NAME_MM, FEW_NAME_MM = 80, 36  # the least room for the hall's name beside the keys; beside those of two languages
LOW_MM = 150
NARROW_MM = 200  # below this four keys and a clock do not stand side by side


def bar_height(sheet: Sheet, view: KioskHome, words: Words, size: Type, key: int, gap: int) -> int:
    """One row where all fits beside the hall's name; else the name above them, or languages and modes on two rows."""
    rows = _rows(sheet, view, words, size, gap)
    if rows == 1:
        return key + gap
    return (key + gap) * (rows - 1) + (
        0 if _name_beside_modes(sheet, view, words, size, gap) else _name_height(size, gap)
    )


def bar(sheet: Sheet, at: Rect, view: KioskHome, words: Words, size: Type, gap: int, lead: str) -> None:
    """Touch targets: `lang:<code>`, `mode:<mode>`. lead: what to do here, where there is no line for it below."""
    sheet.panel(at, "brand")
    rows = _rows(sheet, view, words, size, gap)
    inner = at.inset(gap * 2, gap // 2)
    if rows == 1:
        name = _languages(sheet, _modes(sheet, inner, view, words, size, gap), view, size, gap, named=True)
    elif _name_beside_modes(sheet, view, words, size, gap):
        above, langs = inner.rows(2, gap)
        _languages(sheet, langs, view, size, gap)
        name = _modes(sheet, above, view, words, size, gap)
    else:
        name, keys = inner.top(_name_height(size, gap) - gap, gap)
        if rows == 2:
            _languages(sheet, _modes(sheet, keys, view, words, size, gap), view, size, gap)
        else:
            langs, modes = keys.rows(2, gap)
            _languages(sheet, langs, view, size, gap)
            _modes(sheet, modes, view, words, size, gap)
        if clock_above(sheet, view, words, size, gap):
            place, name = name.right(name.w * 36 // 100, gap)
            clock(sheet, place, view.clock, "brand", ("on-brand", "on-brand-quiet"), (size.text, size.least), words)
    _hall(sheet, name, view, words, size, gap, lead if rows == 1 else "")


def clock_above(sheet: Sheet, view: KioskHome, words: Words, size: Type, gap: int) -> bool:
    """Whether the time stands beside the hall's name, because what stands below takes the whole width."""
    narrow = sheet.screen.width_mm < NARROW_MM
    if sheet.screen.way == "down":
        return (narrow or sheet.screen.height_mm < LOW_MM) and _rows(sheet, view, words, size, gap) > 1
    full = view.notice or view.lookup + view.priority + view.elsewhere > 1
    return narrow and bool(full) and _rows(sheet, view, words, size, gap) > 1


def _hall(sheet: Sheet, inner: Rect, view: KioskHome, words: Words, size: Type, gap: int, lead: str) -> None:
    if inner.w > sheet.screen.px(110):
        mark, inner = inner.left(inner.h * 3 // 5, gap)
        sheet.figure(mark, "emblem", "on-brand", "brand")
    hall = words.own(view.hall)
    if lead:
        above = Para(hall if inner.w > sheet.screen.px(80) else "", size.least, "on-brand-quiet", least=size.least)
        below = Para(lead, size.main * 8 // 10, "on-brand", bold=True, lines=3, least=size.least, main=True)
    else:
        above = Para(hall, size.main * 9 // 10, "on-brand", bold=True, lines=2, least=size.least, main=True)
        below = Para(words("kiosk.title"), size.text, "on-brand-quiet", least=size.least)
    sheet.stack(inner, (above, below), "brand")


def _name_height(size: Type, gap: int) -> int:
    return (size.main + size.text) * 13 // 10 + gap * 2


def _rows(sheet: Sheet, view: KioskHome, words: Words, size: Type, gap: int) -> int:
    room = sheet.page.w - gap * 4
    least = (sheet.screen.px(TOUCH_MM + 1) + gap) * len(view.langs)
    modes = sum(_mode_width(sheet, words(f"mode.{mode}"), size, gap) + gap for mode in view.can)
    few = len(view.langs) < 3 and sheet.screen.way != "down"
    name = least + sheet.screen.px(FEW_NAME_MM) if few else least * 5 // 4 + sheet.screen.px(NAME_MM)
    if name + modes <= room:
        return 1
    return 2 if least + modes <= room else 3


def _name_beside_modes(sheet: Sheet, view: KioskHome, words: Words, size: Type, gap: int) -> bool:
    """Whether languages have a row of their own, and the hall's name stands in that of the modes."""
    if sheet.screen.way == "down" or sheet.screen.width_mm < NARROW_MM or _rows(sheet, view, words, size, gap) < 3:
        return False
    modes = sum(_mode_width(sheet, words(f"mode.{mode}"), size, gap) + gap for mode in view.can)
    return modes + sheet.screen.px(NAME_MM) <= sheet.page.w - gap * 4


def _mode_width(sheet: Sheet, text: str, size: Type, gap: int) -> int:
    return max(sheet.screen.px(MODE_MM), sheet.width(text, size.least) + gap * 2)


def _modes(sheet: Sheet, inner: Rect, view: KioskHome, words: Words, size: Type, gap: int) -> Rect:
    """One small key a mode, its word below its shape; what is on is filled."""
    for mode in reversed(view.can):
        text = words(f"mode.{mode}")
        key, inner = inner.right(_mode_width(sheet, text, size, gap), gap)
        on = bool(getattr(view.modes, mode))
        colour, ink = _plate(sheet, key, on)
        sheet.key(key, f"mode:{mode}")
        mark, name = key.inset(gap // 2).top(key.h * 42 // 100)
        side = min(mark.h, mark.w)
        sheet.figure(mark.middle(side, side), FIGURES[mode], ink, colour)
        sheet.text(name, Para(text, size.least, ink, least=size.least), colour, "center")
    return inner


def _languages(sheet: Sheet, inner: Rect, view: KioskHome, size: Type, gap: int, *, named: bool = False) -> Rect:
    """named: the hall's name stands in the same row."""
    few, beside = len(view.langs) < 3, sheet.screen.px(NAME_MM) if named else 0
    most = inner.w // (2 * len(view.langs) + 1) if few else (inner.w + gap - beside) // len(view.langs) - gap
    wide = max(min(max(sheet.screen.px(LANG_MM), size.text * 5), most), sheet.screen.px(TOUCH_MM + 1))
    for lang in reversed(view.langs):
        key, inner = inner.right(wide, gap)
        if sheet.ruler.lacks(letters(lang)):
            _not_there(sheet, key, lang, size)
            continue
        chosen = lang == view.lang
        colour, ink = _plate(sheet, key, chosen)
        sheet.key(key, f"lang:{lang}")
        name = Para(word(lang, "lang.name"), size.text, ink, bold=chosen, least=size.least, main=True)
        sheet.text(key.inset(gap // 2, 0), name, colour, "center")
    return inner


def _not_there(sheet: Sheet, key: Rect, lang: str, size: Type) -> None:
    """A language that this device has no font for: named in Chinese, and no key."""
    sheet.flaws[f"font: {lang}"] = None
    name = Para(word(lang, "lang.chinese"), size.text, "on-brand-quiet", lines=2, least=size.least)
    without = Para(word(SOURCE, "lang.no_font"), size.least, "on-brand-quiet", lines=2, least=size.least)
    sheet.stack(key, (name, without), "brand", "center")


def _plate(sheet: Sheet, key: Rect, on: bool) -> tuple[str, str]:
    """A key of the bar; its colour and the colour of what stands on it."""
    colour, ink = ("on-brand", "brand") if on else ("brand", "on-brand")
    sheet.panel(key, colour, radius=sheet.screen.px(2.5), edge="on-brand", edge_px=sheet.screen.px(0.5))
    return colour, ink

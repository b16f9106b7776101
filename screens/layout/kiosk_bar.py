"""The bar at the head of the kiosk's first page: the hall, the languages, and how one wishes the page to be."""

from __future__ import annotations

from screens.layout.fit import Para
from screens.layout.parts import Type
from screens.layout.sheet import TOUCH_MM, Rect, Sheet
from screens.phrases import Words, word
from screens.views import KioskHome

FIGURES = {"large": "large", "contrast": "contrast", "low": "low", "voice": "megaphone"}
LANG_MM, MODE_MM = 30, 22


def bar(sheet: Sheet, at: Rect, view: KioskHome, words: Words, size: Type, gap: int, lead: str) -> None:
    """Touch targets: `lang:<code>`, `mode:<mode>`. lead: what to do here, where there is no line for it below."""
    sheet.panel(at, "brand")
    inner = at.inset(gap * 2, gap // 2)
    inner = _modes(sheet, inner, view, words, size, gap)
    inner = _languages(sheet, inner, view, size, gap)
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


def _modes(sheet: Sheet, inner: Rect, view: KioskHome, words: Words, size: Type, gap: int) -> Rect:
    """One small key a mode, its word below its shape; what is on is filled."""
    for mode in reversed(view.can):
        text = words(f"mode.{mode}")
        wide = max(sheet.screen.px(MODE_MM), sheet.width(text, size.least) + gap * 2)
        key, inner = inner.right(wide, gap)
        on = bool(getattr(view.modes, mode))
        colour, ink = _plate(sheet, key, on)
        sheet.key(key, f"mode:{mode}")
        mark, name = key.inset(gap // 2).top(key.h * 42 // 100)
        side = min(mark.h, mark.w)
        sheet.figure(mark.middle(side, side), FIGURES[mode], ink, colour)
        sheet.text(name, Para(text, size.least, ink, least=size.least), colour, "center")
    return inner


def _languages(sheet: Sheet, inner: Rect, view: KioskHome, size: Type, gap: int) -> Rect:
    wide = min(max(sheet.screen.px(LANG_MM), size.text * 5), inner.w // (2 * len(view.langs) + 1))
    wide = max(wide, sheet.screen.px(TOUCH_MM + 1))
    for lang in reversed(view.langs):
        key, inner = inner.right(wide, gap)
        chosen = lang == view.lang
        colour, ink = _plate(sheet, key, chosen)
        sheet.key(key, f"lang:{lang}")
        name = Para(word(lang, "lang.name"), size.text, ink, bold=chosen, least=size.least, main=True)
        sheet.text(key.inset(gap // 2, 0), name, colour, "center")
    return inner


def _plate(sheet: Sheet, key: Rect, on: bool) -> tuple[str, str]:
    """A key of the bar; its colour and the colour of what stands on it."""
    colour, ink = ("on-brand", "brand") if on else ("brand", "on-brand")
    sheet.panel(key, colour, radius=sheet.screen.px(2.5), edge="on-brand", edge_px=sheet.screen.px(0.5))
    return colour, ink

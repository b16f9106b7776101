"""Five faces after the service, once; and the code with which one rates by phone."""

from __future__ import annotations

from dataclasses import dataclass

from screens.layout.fit import Para, fit
from screens.layout.parts import ZH
from screens.layout.picture import Picture, Ruler, Screen
from screens.layout.sheet import Rect, Sheet
from screens.phrases import Second, Words, direction
from screens.qr import QUIET, modules
from screens.views import EvaluatorAsk

LEVELS = (5, 4, 3, 2, 1)  # the standard's order, and the only one (R256)
CODE_MM = 20  # a QR code that a phone's camera reads at arm's length


def ask(view: EvaluatorAsk, screen: Screen, ruler: Ruler) -> Picture:
    """Five levels, once. Touch targets: `level:5` .. `level:1`, all of one size."""
    sheet = Sheet("evaluator-ask", screen, ruler, view.second)
    page = sheet.page
    sheet.panel(page, "page")
    unit = max(1, min(page.h, page.w * 6 // 10) // 100)
    head, rest = page.top(unit * 27)
    sheet.panel(head, "brand")
    how = "evaluator.again" if view.again else "evaluator.once"
    _invitation(sheet, head.inset(unit * 4, unit), how, Second(view.second), unit, again=view.again)
    code = Code.of(view.url, screen) if view.url else None
    foot, rest = rest.bottom(max(unit * 15, code.card + unit) if code else unit * 15)
    below = foot.inset(unit * 4, 0)
    if code:
        below = _by_phone(sheet, below, code, view.url, view.second, unit)
    _for_whom(sheet, below.inset(0, unit), view, unit)
    cells = rest.inset(unit * 2, unit * 3).columns(len(LEVELS), unit * 3 // 2)
    for cell, level in zip(cells, LEVELS, strict=True):
        _level(sheet, cell, level, _common(sheet, cells[0].w - 3 * unit, Second(view.second), unit), view.second, unit)
    return sheet.picture()


def _invitation(sheet: Sheet, at: Rect, how: str, second: Words, unit: int, *, again: bool) -> None:
    ink, size = ("on-brand", unit * 5) if again else ("on-brand-quiet", unit * 4)
    rate = Para(ZH("evaluator.rate"), unit * 9, "on-brand", bold=True, main=True)
    if direction(second.lang) == "down":
        beside, at = at.right(at.w * 34 // 100, unit * 3)
        sheet.stack(at, (rate, Para(ZH(how), size, ink)), "brand", "center")
        said = (
            Para(second("evaluator.rate"), sheet.second_size(unit * 5), "on-brand", lines=3),
            Para(second(how), sheet.second_size(unit * 4), ink, lines=4),
        )
        sheet.columns(beside, said, "brand", "center")
        return
    lines = (
        rate,
        Para(second("evaluator.rate"), sheet.second_size(unit * 6), "on-brand"),
        Para(f"{ZH(how)}  {second(how)}", size, ink),
    )
    sheet.stack(at, lines, "brand", "center")


@dataclass(frozen=True, slots=True)
class Code:
    """Pixels of a QR code: its modules are whole pixels, it is 20 mm wide or more, and light all around."""

    side: int
    card: int

    @staticmethod
    def of(url: str, screen: Screen) -> Code:
        count = len(modules(url))
        step = -(-screen.px(CODE_MM) // count)
        return Code(step * count, step * (count + 2 * QUIET))


def _by_phone(sheet: Sheet, at: Rect, code: Code, url: str, lang: str, unit: int) -> Rect:
    """The code that one rates with by phone, at the right; what is left beside it."""
    place, rest = at.right(code.card, unit * 2)
    card = place.middle(code.card, code.card)
    sheet.panel(card, "card")
    sheet.figure(card.middle(code.side, code.side), "qr", "ink", "card", url)
    words, rest = rest.right(rest.w * 30 // 100, unit * 3)
    lines = (
        Para(ZH("evaluator.by_phone"), unit * 5, "ink", bold=True, lines=2),
        Para(Second(lang)("evaluator.by_phone"), sheet.second_size(unit * 4), "quiet", lines=2),
    )
    sheet.stack(words, lines, "page", "right")
    return rest


def _common(sheet: Sheet, width: int, second: Words, unit: int) -> tuple[int, int]:
    """Type sizes at which every level's words fit on one line, so that no level is set larger than another."""

    def largest(wish: int, words: Words) -> int:
        return min(
            fit(Para(words(f"level.{n}"), wish, bold=words is ZH), width, wish * 2, sheet.ruler).size for n in LEVELS
        )

    return largest(unit * 13 // 2, ZH), largest(sheet.second_size(unit * 4), second)


def _level(sheet: Sheet, at: Rect, level: int, sizes: tuple[int, int], lang: str, unit: int) -> None:
    sheet.panel(at, "card", radius=unit * 3, edge="line", edge_px=max(1, unit // 3))
    sheet.key(at, f"level:{level}")
    inner = at.inset(unit, unit * 2)
    chinese = Para(ZH(f"level.{level}"), sizes[0], "ink", bold=True, main=True)
    other = Second(lang)(f"level.{level}")
    if direction(lang) == "down":
        words, face = inner.bottom(sizes[0] * 14 // 10, unit)
        beside, face = face.right(face.w * 32 // 100, unit // 2)
        sheet.columns(beside, (Para(other, sheet.second_size(unit * 9 // 2), "ink", lines=3),), "card", "center")
        other = ""
    else:
        face, words = inner.top(inner.h * 56 // 100, unit)
    side = min(face.w * 84 // 100, face.h)
    sheet.figure(face.middle(side, side), f"level-{level}", f"level-{level}", "card")
    sheet.stack(words, (chinese, Para(other, sizes[1], "ink")), "card", "center")


def _for_whom(sheet: Sheet, at: Rect, view: EvaluatorAsk, unit: int) -> None:
    """Whom and what the rating is for: person, window, ticket, service."""
    parts = [ZH("window.name", n=view.window), view.person.name, ZH("person.number", number=view.person.number)]
    served = [ZH("evaluator.ticket", number=view.number)] if view.number else []
    served += [view.service.zh] if view.service else []
    papers = [Para(view.reminder.zh, unit * 4, "ink", gap=unit)] if view.reminder else []
    lines = (
        Para("  ".join(parts), unit * 5, "ink", bold=True, main=True),
        Para("  ".join(served), unit * 4, "quiet"),
        *papers,
    )
    sheet.stack(at, lines, "page", "center")

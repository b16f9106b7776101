"""The kiosk from the touch to the paper: getting a number, printing, take it, and what to do when the paper fails."""

from __future__ import annotations

from screens.layout.fit import Para
from screens.layout.parts import Type, button, clock, help_key, near_day
from screens.layout.picture import Picture, Ruler, Screen
from screens.layout.sheet import Rect, Sheet
from screens.layout.waits import about
from screens.phrases import Words
from screens.views import Bilingual, KioskBusy, KioskNoPaper, KioskSorry, KioskTake, ServiceKey

KEY_MM = 21
ROOMY_MM = 150  # on a glass narrower or lower than this a shape gives way to a second key
Fact = tuple[str, str, tuple[str, ...]]  # figure, name, lines


def busy(view: KioskBusy, screen: Screen, ruler: Ruler) -> Picture:
    """Getting the number, or printing it. Nothing to touch: one touch is one ticket."""
    sheet = Sheet("kiosk-printing" if view.number else "kiosk-getting", screen, ruler)
    words, size = Words(view.lang), Type.of(screen)
    sheet.panel(sheet.page, "brand")
    inner = sheet.page.inset(screen.px(12))
    service = Para(words.own(view.service), size.main, "on-brand", lines=2, main=True)
    told = Para(words("kiosk.wait"), size.main * 8 // 10, "on-brand-quiet", gap=size.small // 2)
    if view.number:
        top, below = inner.top(inner.h * 6 // 10, screen.px(6))
        _number(sheet, top, view.number, words, size)
        doing = Para(words("kiosk.printing"), size.main * 13 // 10, "on-brand", bold=True, lines=2, main=True)
        sheet.stack(below, (doing, service, told), "brand", "center")
    else:
        side = min(inner.h // 3, screen.px(60))
        mark, below = inner.top(inner.h * 42 // 100, screen.px(4))
        sheet.figure(Rect(mark.x, mark.y + mark.h - side, mark.w, side), "wait", "help", "brand")
        doing = Para(words("kiosk.getting"), size.main * 7 // 4, "on-brand", bold=True, lines=2, main=True)
        sheet.stack(below, (doing, service, told), "brand", "center")
    return sheet.picture()


def take(view: KioskTake, screen: Screen, ruler: Ruler) -> Picture:
    """The paper is out. Touch target: `done`."""
    sheet = Sheet("kiosk-take", screen, ruler)
    words, size = Words(view.lang), Type.of(screen)
    left, right = _halves(sheet)
    _promise(sheet, left, view.number, view.service, view.place, words, size)
    sheet.panel(right, "brand")
    inner = _done(sheet, right.inset(screen.px(8)), words("kiosk.taken"), ("on-brand", "brand"), size)
    mark, inner = inner.top(inner.h * 36 // 100, screen.px(4))
    sheet.figure(mark.middle(mark.h, mark.h), "ticket-out", "help", "brand")
    lines = [Para(words("kiosk.take"), size.main * 12 // 10, "on-brand", bold=True, lines=2, main=True)]
    if view.ahead is not None:
        lines += [
            Para(text, size.main * 8 // 10, "on-brand", lines=2, gap=size.small, main=True)
            for text in _ahead(view.ahead, about(view.minutes or 0, view.most, words), words)
        ]
    lines.append(Para(words("kiosk.listen"), size.text, "on-brand", lines=3, least=size.least, gap=size.small))
    sheet.stack(inner, lines, "brand", "center")
    return sheet.picture()


def _ahead(ahead: int, wait: str, words: Words) -> list[str]:
    if not ahead:
        return [words("kiosk.first")]
    people = words("kiosk.ahead_one") if ahead == 1 else words("kiosk.ahead", n=ahead)
    return [people, wait] if wait else [people]


def no_paper(view: KioskNoPaper, screen: Screen, ruler: Ruler) -> Picture:
    """The number stands without paper; remember it. Touch targets: `done`, and `again` where it may be printed."""
    sheet = Sheet("kiosk-no-paper", screen, ruler)
    words, size = Words(view.lang), Type.of(screen)
    left, right = _halves(sheet)
    _promise(sheet, left, view.number, view.service, view.place, words, size)
    sheet.panel(right, "help")
    inner = _done(sheet, right.inset(screen.px(8)), words("kiosk.done"), ("on-help", "help"), size)
    if view.again:
        key, inner = inner.bottom(screen.px(KEY_MM), screen.px(5))
        button(sheet, key, "again", words("kiosk.again"), size.main * 8 // 10, ("card", "ink"), "ticket")
    if not view.again or min(screen.width_mm, screen.height_mm) >= ROOMY_MM:
        mark, inner = inner.top(inner.h * (24 if view.again else 30) // 100, screen.px(5))
        sheet.figure(mark.middle(mark.h, mark.h), "no-paper" if view.sure else "phone", "on-help", "help")
    what = words("kiosk.not_printed" if view.sure else "kiosk.maybe_not_printed")
    lines = (
        Para(what, size.main, "on-help", bold=True, lines=4, main=True),
        Para(words("kiosk.remember"), size.main * 7 // 10, "on-help", lines=4, gap=size.small, main=True),
    )
    sheet.stack(inner, lines, "help", "center")
    return sheet.picture()


def sorry(view: KioskSorry, screen: Screen, ruler: Ruler) -> Picture:
    """No ticket here now, and what to do instead (R150). Touch targets: `help`, and `done` where one can go back."""
    sheet = Sheet(f"kiosk-sorry-{view.why}", screen, ruler)
    words, size = Words(view.lang), Type.of(screen)
    gap = screen.px(6)
    sheet.panel(sheet.page, "page")
    foot, body = sheet.page.bottom(screen.px(KEY_MM) + 2 * gap)
    _sorry_foot(sheet, foot.inset(gap * 2, gap), view, words, size)
    head, body = body.top(body.h * (28 if _many_columns(view, screen) else 34 if view.still else 44) // 100)
    sheet.panel(head, "brand")
    side = min(head.h * 56 // 100, screen.px(46))
    mark, told = head.inset(gap * 2, gap).left(side, gap * 2)
    sheet.figure(mark, _why_figure(view), "help", "brand")
    reason = words(f"sorry.{view.why}")
    why = [Para(reason, size.main * 5 // 4, "on-brand", bold=True, lines=3, least=size.least, main=True)]
    if view.why != "starting":
        why.insert(0, Para(words("sorry.title"), size.main * 8 // 10, "on-brand", least=size.least))
    if view.why in ("paper", "printer", "lost"):
        why.append(Para(words("sorry.told"), size.main * 8 // 10, "on-brand", False, 2, size.least, size.least // 2))
    sheet.stack(told, why, "brand")
    _instead(sheet, body.inset(gap * 2, gap), view, words, size)
    return sheet.picture()


def _many_columns(view: KioskSorry, screen: Screen) -> bool:
    """In columns the day and the time when the hall opens take much of a page."""
    return screen.way == "down" and bool(view.opens)


def _why_figure(view: KioskSorry) -> str:
    match view.why:
        case "paper":
            return "no-paper"
        case "printer":
            return "tool"
        case "full":
            return "ticket"
        case "closed":
            return "clock"
        case "lost":
            return "no-line"
        case "starting":
            return "wait"


def _instead(sheet: Sheet, at: Rect, view: KioskSorry, words: Words, size: Type) -> None:
    do = f"sorry.{view.why}_do" if view.why in ("full", "closed", "starting") else "sorry.help_do"
    lead = Para(words(do), size.main, "ink", bold=True, lines=3, main=True)
    facts: list[Fact] = []
    if view.others and view.why not in ("full", "starting", "closed"):
        facts.append(("pin", words("sorry.others"), (words("window.joint").join(map(words.own, view.others)),)))
    if view.why in ("closed", "full"):
        facts += _hours(view, words)
    if not facts and not view.still:
        sheet.text(at, lead, "page")
        return
    gap = sheet.screen.px(4)
    top, below = at.top(at.h * (32 if _many_columns(view, sheet.screen) else 42) // 100, gap)
    sheet.text(top, lead, "page")
    if view.still:
        wide = below.w * 30 // 100
        place, below = (
            below.right(wide, gap)
            if below.w > below.h * 2
            else below.bottom(max(below.h // 3, sheet.screen.px(KEY_MM)), gap)
        )
        for service, cell in zip(view.still, place.rows(len(view.still), gap), strict=True):
            _still(sheet, cell, service, words, size)
    across = below.w > below.h
    for card, (figure, name, told) in zip(
        below.columns(len(facts), gap) if across else below.rows(len(facts), gap), facts, strict=True
    ):
        sheet.panel(card, "card", radius=sheet.screen.px(3), edge="line", edge_px=max(1, sheet.screen.px(0.3)))
        inner = card.inset(sheet.screen.px(4), sheet.screen.px(2))
        mark, inner = inner.left(min(size.main, inner.h), sheet.screen.px(4))
        sheet.figure(mark, figure, "brand", "card")
        lines = [Para(name, size.text, "quiet", lines=2, least=size.least)]
        lines += [Para(text, size.main, "ink", bold=True, lines=3, least=size.least, main=True) for text in told]
        sheet.stack(inner, lines, "card")


def _still(sheet: Sheet, at: Rect, service: ServiceKey, words: Words, size: Type) -> None:
    """What is always open, as a key (R217)."""
    sheet.panel(at, "brand", radius=sheet.screen.px(3))
    sheet.key(at, f"service:{service.id}")
    lines = (
        Para(words.own(service.name), size.main * 8 // 10, "on-brand", True, 2, size.least, main=True),
        Para(words("sorry.still"), size.text, "on-brand", lines=2, least=size.least),
    )
    sheet.stack(at.inset(sheet.screen.px(4), sheet.screen.px(1.5)), lines, "brand", "center")


def _hours(view: KioskSorry, words: Words) -> list[Fact]:
    """Today's hours, and when the hall opens next where that is known and not said by them."""
    spans = tuple(view.hours.split())
    if not view.opens:
        return [("clock", words("sorry.hours"), (view.hours.replace(" ", "   "),))] if spans else []
    today = ("clock", words("sorry.today"), spans) if spans else ("clock", words("sorry.rest"), ())
    same = view.clock.trusted and view.opens[:10] == view.clock.text[:10]
    day = () if same else (near_day(words, view.opens),)
    return [today, ("state-open", words("sorry.opens"), (*day, view.opens[11:16]))]


def _sorry_foot(sheet: Sheet, at: Rect, view: KioskSorry, words: Words, size: Type) -> None:
    gap = sheet.screen.px(5)
    wide = max(sheet.screen.px(48), sheet.width(words("kiosk.help"), size.main * 8 // 10, True) + at.h)
    key, rest = at.left(min(wide, at.w * 4 // 10), gap)
    help_key(sheet, key, words, size)
    if view.retry:
        back, rest = rest.left(min(sheet.screen.px(45), rest.w // 2), gap)
        button(sheet, back, "done", words("kiosk.back"), size.main * 8 // 10, ("brand", "on-brand"))
    if rest.w >= size.main * 7:
        clock(sheet, rest, view.clock, "page", ("ink", "quiet"), (size.main * 8 // 10, size.small), words)


def _halves(sheet: Sheet) -> tuple[Rect, Rect]:
    """The number's half and the half that says what to do: side by side, or one above the other when upright."""
    page = sheet.page
    sheet.panel(page, "page")
    return page.left(page.w * 52 // 100) if page.w > page.h else page.top(page.h // 2)


def _done(sheet: Sheet, at: Rect, text: str, colours: tuple[str, str], size: Type) -> Rect:
    key, rest = at.bottom(sheet.screen.px(KEY_MM), sheet.screen.px(5))
    button(sheet, key, "done", text, size.main * 8 // 10, colours, "tick")
    return rest


def _promise(
    sheet: Sheet, at: Rect, number: str, service: Bilingual, place: Bilingual, words: Words, size: Type
) -> None:
    """What was promised: the number as large as it goes, what for, and where to."""
    inner = at.inset(sheet.screen.px(9), sheet.screen.px(9))
    card, below = inner.top(inner.h * 60 // 100, sheet.screen.px(4))
    _number(sheet, card, number, words, size)
    lines = [Para(words.own(service), size.main * 11 // 10, "ink", bold=True, lines=2, main=True)]
    if words.own(place):
        where = words("kiosk.goto", place=words.own(place))
        lines.append(Para(where, size.main, "ink", lines=3, least=size.least, gap=size.small // 2, main=True))
    sheet.stack(below, lines, "page", "center")


def _number(sheet: Sheet, at: Rect, number: str, words: Words, size: Type) -> None:
    """A ticket with the number on it."""
    sheet.panel(at, "card", radius=sheet.screen.px(4), edge="line", edge_px=max(1, sheet.screen.px(0.3)))
    inner = at.inset(sheet.screen.px(6), sheet.screen.px(3))
    name, rest = inner.top(size.text * 3 // 2)
    sheet.text(name, Para(words("kiosk.your_number"), size.text, "quiet"), "card", "center")
    sheet.text(rest, Para(number, rest.h, "brand", bold=True, least=size.main, main=True, tight=True), "card", "center")

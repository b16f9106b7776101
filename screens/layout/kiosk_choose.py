"""The kiosk's pages of choices: who comes first, what help is for, what is done elsewhere, still there?"""

from __future__ import annotations

from screens.layout.fit import Para
from screens.layout.kiosk_frame import Choice, choices, foot, grid, head
from screens.layout.kiosk_home import LOW_MM, need_words
from screens.layout.parts import Type, button
from screens.layout.picture import Picture, Ruler, Screen
from screens.layout.sheet import Rect, Sheet
from screens.phrases import Words
from screens.views import ClassKey, KioskClasses, KioskElsewhere, KioskHelp, KioskStill, OtherPlace

REASONS = {
    "number": "ticket-out", "disability": "low", "medical": "heart", "language": "megaphone", "ticket": "ticket",
    "lost": "pin",
}  # fmt: skip
OFFERS = {"request": "form", "assist": "person"}
PLACE_MM = 24  # the least height of one line of the list of other places


def classes(view: KioskClasses, screen: Screen, ruler: Ruler) -> Picture:
    """Touch targets: `class:<id>`, `need:<id>`, `done`, `help`."""
    sheet = Sheet("kiosk-classes", screen, ruler)
    words, size = Words(view.lang), Type.of(screen)
    gap = screen.px(3)
    sheet.panel(sheet.page, "page")
    body = foot(sheet, words, size, words("kiosk.choose_service" if view.klass or view.need else "kiosk.back"))
    top, body = body.top(body.h * 22 // 100, gap)
    proof = next((c.proof for c in view.classes if c.id == view.klass), None)
    told = words("class.proof", proof=words.own(proof)) if proof else words("class.note")
    lines = [Para(words("class.lead"), size.main, "on-brand", bold=True, lines=2, least=size.least, main=True)]
    if screen.height_mm >= LOW_MM or proof:
        lines.append(Para(told, size.small, "on-brand", lines=3, least=size.least))
    head(sheet, top, "heart", lines)
    keys = [Choice(f"class:{c.id}", words.own(c.name), _proof(c, words), on=c.id == view.klass) for c in view.classes]
    keys += [Choice(f"need:{need}", need_words(need, words), on=need == view.need) for need in view.needs]
    choices(sheet, grid(sheet, body.inset(gap * 2, 0), len(keys), size, gap), keys, size)
    return sheet.picture()


def _proof(klass: ClassKey, words: Words) -> str:
    return words("class.proof", proof=words.own(klass.proof)) if klass.proof else ""


def help_called(view: KioskHelp, screen: Screen, ruler: Ruler) -> Picture:
    """Somebody is coming. Touch targets: `reason:<reason>`, `done`."""
    sheet = Sheet("kiosk-help", screen, ruler)
    words, size = Words(view.lang), Type.of(screen)
    gap = screen.px(4)
    sheet.panel(sheet.page, "page")
    body = foot(sheet, words, size, words("kiosk.back"), help_too=False)
    top, body = body.top(body.h * (30 if view.offers else 36) // 100, gap)
    lines = (
        Para(words("kiosk.help_called"), size.main, "on-brand", bold=True, lines=3, least=size.least, main=True),
        Para(words("help.lead"), size.main * 7 // 10, "on-brand", lines=2, least=size.least, gap=size.least // 2),
    )
    head(sheet, top, "thanks", lines)
    keys = [
        Choice(f"reason:{reason}", words(f"help.{reason}"), "", REASONS[reason], on=reason == view.told)
        for reason in view.reasons
    ]
    keys += [Choice(offer, words(f"desk.{offer}"), "", OFFERS[offer]) for offer in view.offers]
    choices(sheet, grid(sheet, body.inset(gap * 2, 0), len(keys), size, gap), keys, size)
    return sheet.picture()


def elsewhere(view: KioskElsewhere, screen: Screen, ruler: Ruler) -> Picture:
    """What is done at other places: where, and whom to ask. Touch targets: `done`, `help`, `more`."""
    sheet = Sheet("kiosk-elsewhere", screen, ruler)
    words, size = Words(view.lang), Type.of(screen)
    gap = screen.px(3)
    sheet.panel(sheet.page, "page")
    rough = sheet.page.h * 60 // 100
    room = max(1, rough // max(screen.px(PLACE_MM), size.text * 3))
    first = view.page % -(-len(view.places) // room) * room if view.places else 0
    shown = view.places[first : first + room]
    body = foot(sheet, words, size, words("kiosk.back"), more=len(view.places) > room)
    top, body = body.top(body.h * 20 // 100, gap)
    lead = Para(words("elsewhere.lead"), size.main, "on-brand", bold=True, lines=2, least=size.least, main=True)
    head(sheet, top, "pin", (lead,))
    for place, at in zip(shown, body.inset(gap * 2, 0).rows(max(room, 1), gap), strict=False):
        _place(sheet, at, place, words, size)
    return sheet.picture()


def _place(sheet: Sheet, at: Rect, place: OtherPlace, words: Words, size: Type) -> None:
    screen = sheet.screen
    sheet.panel(at, "card", radius=screen.px(3), edge="line", edge_px=max(1, screen.px(0.3)))
    inner = at.inset(screen.px(5), screen.px(1.5))
    name, rest = inner.left(inner.w * 36 // 100, screen.px(4))
    title = Para(words.own(place.name), size.main * 8 // 10, "ink", bold=True, lines=2, least=size.least, main=True)
    sheet.text(name, title, "card")
    where = Para(words.own(place.place), size.text, "ink", lines=2, least=size.least)
    if place.phone:
        asked = Para(words("elsewhere.phone", phone=place.phone), size.text, "ink", bold=True, least=size.least)
        sheet.stack(rest, (where, asked), "card")
    else:
        sheet.text(rest, where, "card")


def still(view: KioskStill, screen: Screen, ruler: Ruler) -> Picture:
    """Is somebody there? Touch targets: `stay`, `done`."""
    sheet = Sheet("kiosk-still", screen, ruler)
    words, size = Words(view.lang), Type.of(screen)
    gap = screen.px(6)
    sheet.panel(sheet.page, "brand")
    inner = sheet.page.inset(gap * 2, gap * 2)
    keys, told = inner.bottom(min(screen.px(34), inner.h // 3), gap)
    mark, told = told.top(told.h * 34 // 100, gap // 2)
    side = min(mark.h, screen.px(60))
    sheet.figure(mark.middle(side, side), "clock", "help", "brand")
    lines = (
        Para(words("still.ask"), size.main * 13 // 10, "on-brand", bold=True, lines=2, main=True),
        Para(words("still.note", n=view.seconds), size.main * 8 // 10, "on-brand", lines=3, gap=size.small, main=True),
    )
    sheet.stack(told, lines, "brand", "center")
    stay, end = keys.left(keys.w * 58 // 100, gap)
    button(sheet, stay, "stay", words("still.stay"), size.main, ("help", "on-help"), "tick")
    button(sheet, end, "done", words("still.done"), size.main * 8 // 10, ("on-brand", "brand"))
    return sheet.picture()

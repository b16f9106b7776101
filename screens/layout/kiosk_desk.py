"""The kiosk's pages of a service desk: keying something in, registering a request, and what became of it."""

from __future__ import annotations

from screens.layout.fit import Para
from screens.layout.kiosk_bar import NARROW_MM
from screens.layout.kiosk_frame import Choice, choices, foot, grid, head
from screens.layout.kiosk_home import LOW_MM
from screens.layout.parts import Type, button, help_key, near_day
from screens.layout.picture import Picture, Ruler, Screen
from screens.layout.sheet import TOUCH_MM, Rect, Sheet
from screens.phrases import Words
from screens.views import Keyed, KioskKeypad, KioskRegistered, KioskRequest

KEY_MM = 21
DIGITS = "1234567890"
LEADS: dict[Keyed, tuple[str, str, str]] = {  # what to key in, what becomes of it, what is wrong with it
    "staff": ("desk.staff", "desk.assist_note", "desk.refused"),
    "pin": ("desk.pin", "desk.assist_note", "desk.refused"),
    "identity": ("desk.identity", "desk.identity_note", "desk.identity_wrong"),
    "phone": ("desk.phone", "desk.phone_note", "desk.phone_wrong"),
}
KINDS = {
    "home-visit": ("desk.home_visit", "desk.home_visit_note", "person"),
    "unserved": ("desk.unserved", "desk.unserved_note", "form"),
}


def keypad(view: KioskKeypad, screen: Screen, ruler: Ruler) -> Picture:
    """Touch targets: `type:<digit>`, `back`, `enter`, `done`, `help`."""
    sheet = Sheet(f"kiosk-keypad-{view.what}", screen, ruler)
    words, size = Words(view.lang), Type.of(screen)
    gap = screen.px(3)
    sheet.panel(sheet.page, "page")
    body = _keypad_foot(sheet, words, size, gap)
    top, body = body.top(body.h * (53 if screen.height_mm < LOW_MM else 40) // 100, gap)
    sheet.panel(top, "brand")
    inner = top.inset(gap * 3, gap)
    slot, told = inner.bottom(min(inner.h * 42 // 100, size.main * 2), gap)
    lead, note, wrong = LEADS[view.what]
    below = words(wrong) if view.wrong else words(note, n=view.days) if view.what == "phone" else words(note)
    lines = (
        Para(words(lead), size.main * 9 // 10, "on-brand", bold=True, lines=3, least=size.least, main=True),
        Para(below, size.small, "on-brand", bold=view.wrong, lines=3, least=size.least, gap=size.least // 3),
    )
    sheet.stack(told, lines, "brand")
    sheet.panel(slot, "card", radius=screen.px(2))
    typed = Para(view.shown, size.main, "ink", bold=True, least=size.least, main=True)
    sheet.text(slot.inset(gap, 0), typed, "card", "center")
    keys = DIGITS + view.letters
    rows = next((r for r in (1, 2, 3, 4) if _wide(body.w, len(keys), r, gap) >= screen.px(TOUCH_MM + 6)), 4)
    columns = -(-len(keys) // rows)
    place = body.inset(gap * 2, 0)
    tall = min((place.h - gap * (rows - 1)) // rows, screen.px(TOUCH_MM * 2))
    used = place.middle(place.w, tall * rows + gap * (rows - 1))
    cells = [cell for row in used.rows(rows, gap) for cell in sheet.along(row.columns(columns, gap))]
    for sign, cell in zip(keys, cells, strict=False):
        sheet.panel(cell, "card", radius=screen.px(2.5), edge="line", edge_px=max(1, screen.px(0.3)))
        sheet.key(cell, f"type:{sign}")
        sheet.text(cell, Para(sign, size.main * 13 // 10, "ink", bold=True, main=True), "card", "center")
    return sheet.picture()


def _wide(width: int, count: int, rows: int, gap: int) -> int:
    columns = -(-count // rows)
    return (width - gap * (columns + 3)) // columns


def _keypad_foot(sheet: Sheet, words: Words, size: Type, gap: int) -> Rect:
    """Help, going back, undoing, done: four keys."""
    foot_, rest = sheet.page.bottom(sheet.screen.px(KEY_MM) + 2 * gap)
    cells = foot_.inset(gap * 2, gap).columns(4, gap)
    help_key(sheet, cells[0], words, size)
    letters = size.main * 8 // 10
    button(sheet, cells[1], "done", words("kiosk.back"), letters, ("brand", "on-brand"))
    button(sheet, cells[2], "back", words("place.undo"), letters, ("card", "ink"), "delete")
    button(sheet, cells[3], "enter", words("desk.enter"), letters, ("open", "on-open"), "tick")
    return rest


def request(view: KioskRequest, screen: Screen, ruler: Ruler) -> Picture:
    """Touch targets: see KioskRequest."""
    sheet = Sheet(f"kiosk-request-{view.stage}", screen, ruler)
    words, size = Words(view.lang), Type.of(screen)
    gap = screen.px(3)
    sheet.panel(sheet.page, "page")
    lead, note, keys = _asked(view, words)
    room = max(1, 5 if screen.height_mm < 150 else 8)
    more = len(keys) > room
    if more:
        first = view.page % -(-len(keys) // room) * room
        keys = keys[first : first + room]
    body = foot(sheet, words, size, words("kiosk.back"), more=more)
    top, body = body.top(body.h * (40 if view.stage == "consent" else 26) // 100, gap)
    lines = (
        Para(lead, size.main, "on-brand", bold=True, lines=2, least=size.least, main=True),
        Para(
            note,
            size.text,
            "on-brand",
            lines=4 if screen.width_mm >= NARROW_MM else 6,
            least=size.least,
            gap=size.least // 2,
            main=True,
        ),
    )
    head(sheet, top, "wait" if view.stage == "asking" else "form", lines)
    if keys:
        choices(sheet, grid(sheet, body.inset(gap * 2, 0), len(keys), size, gap), keys, size)
    return sheet.picture()


def _asked(view: KioskRequest, words: Words) -> tuple[str, str, list[Choice]]:
    match view.stage:
        case "kind":
            kinds = [(f"kind:{kind}", *KINDS[kind]) for kind in view.kinds]
            return (
                words("desk.kind_lead"),
                "",
                [Choice(key, words(name), words(note), figure) for key, name, note, figure in kinds],
            )
        case "service":
            keys = [Choice(f"item:{s.id}", words.own(s.name), words.own(s.place), "pin") for s in view.services]
            return words("desk.service_lead"), "", keys
        case "consent":
            yes = Choice("consent:yes", words("desk.consent_yes"), "", "phone")
            no = Choice("consent:no", words("desk.consent_no"), "", "form")
            return words("desk.consent_lead"), words("desk.consent_note", n=view.days), [yes, no]
        case "asking":
            return words("desk.asking"), words("kiosk.wait"), []


def registered(view: KioskRegistered, screen: Screen, ruler: Ruler) -> Picture:
    """The code to come back with, and whether somebody calls. Touch target: `done`."""
    sheet = Sheet("kiosk-registered", screen, ruler)
    words, size = Words(view.lang), Type.of(screen)
    gap = screen.px(5)
    sheet.panel(sheet.page, "page")
    body = foot(sheet, words, size, words("kiosk.done"))
    top, body = body.top(body.h // 2)
    sheet.panel(top, "brand")
    inner = top.inset(screen.px(8), screen.px(3))
    name, rest = inner.top(size.main * 3 // 2)
    title = Para(words("desk.registered"), size.main * 8 // 10, "on-brand", least=size.least, main=True)
    sheet.text(name, title, "brand", "center")
    code = f"{view.code[:3]} {view.code[3:]}"
    big = Para(code, rest.h * 8 // 10, "on-brand", bold=True, least=size.text, main=True, tight=True)
    sheet.text(rest, big, "brand", "center")
    if view.until:
        back = words("desk.kept", day=near_day(words, view.until))
    else:
        back = words("desk.not_kept" if view.lost else "desk.none_kept", phone=view.phone)
    lines = (
        Para(
            f"{words(KINDS[view.kind][0])} · {words.own(view.service)}", size.main * 8 // 10, "ink", True, 2, main=True
        ),
        Para(back, size.text, "ink", lines=3, gap=size.least // 2, main=True),
        Para(words("desk.remember"), size.text, "ink", lines=3, gap=size.least // 2),
    )
    sheet.stack(body.inset(gap * 2, gap // 2), lines, "page", "center")
    return sheet.picture()

"""The kiosk's first page: one large key a service, language first, help always at hand."""

from __future__ import annotations

from collections.abc import Callable

from screens.layout.fit import Para, fit
from screens.layout.kiosk_bar import bar, bar_height, clock_above
from screens.layout.kiosk_services import card, service_keys
from screens.layout.parts import Type, button, clock, tile
from screens.layout.picture import Picture, Ruler, Screen
from screens.layout.sheet import Rect, Sheet
from screens.phrases import Words
from screens.views import Bilingual, KioskHome, ServiceKey

KEY_MM = 21  # a little more than the 20 mm that a finger needs
TRIES = 8  # how many keys fewer than there is room for, before a word is cut
Services = tuple[ServiceKey, ...]
Page = tuple[Sheet, list[Rect]]
NAME_MM = 72  # the least width for a name and its facts
WAY_MM = 30  # the least width of a key that leads on
LOW_MM = 150  # a screen lower than this has no room for a line of its own above the keys


def home(view: KioskHome, screen: Screen, ruler: Ruler) -> Picture:
    """Touch targets: see KioskHome."""
    sheet = Sheet("kiosk-home", screen, ruler)
    words, size = Words(view.lang), Type.of(screen)
    low = screen.height_mm < LOW_MM
    gap = screen.px(2.5 if low else 3.5)
    sheet.panel(sheet.page, "page")
    key = min(screen.px(KEY_MM), screen.height_px // 5)
    head, rest = sheet.page.top(bar_height(sheet, view, words, size, key, gap))
    lead, plain = lead_text(view, words)
    bar(sheet, head, view, words, size, gap, lead if low else "")
    foot, rest = rest.bottom(key + 2 * gap)
    _foot(sheet, foot.inset(gap * 2, gap), view, words, size, timed=not clock_above(sheet, view, words, size, gap))
    body = rest.inset(gap * 2, 0)
    if low:
        body = Rect(body.x, body.y + gap, body.w, body.h - gap)
    else:
        line, body = body.top(size.main * 8 // 5)
        _lead(sheet, line, lead, words("kiosk.once") if plain else "", size)
    _keys(sheet, body, view, words, size, gap)
    return sheet.picture()


def lead_text(view: KioskHome, words: Words) -> tuple[str, bool]:
    """What to do here, and whether that is the usual; else whoever chose something before is told that it counts."""
    if view.assisted:
        return words("kiosk.lead_assisted"), False
    if view.checkin:
        return words("kiosk.lead_checkin"), False
    if view.voucher:
        return words("kiosk.lead_voucher"), False
    if view.klass:
        return words("kiosk.lead_class", klass=words.own(view.klass)), False
    if view.need:
        return words("kiosk.lead_need", need=need_words(view.need, words)), False
    if view.holder:
        return words("kiosk.lead_holder"), False
    group = next((s.group for s in view.services if s.group and s.group.zh == view.group), None)
    return (words.own(group), False) if group else (words("kiosk.lead"), True)


def need_words(need: str, words: Words) -> str:
    """What a window must have for somebody, in words."""
    return words("need.sign") if need == "sign" else words("need.en")


def _lead(sheet: Sheet, at: Rect, lead: str, once: str, size: Type) -> None:
    gap = sheet.screen.px(6)
    both = sheet.width(lead, size.main * 8 // 10, True) + gap + sheet.width(once, size.small)
    if once and both <= at.w:
        left, right = at.left(at.w - sheet.width(once, size.small) - gap, gap)
        sheet.text(right, Para(once, size.small, "quiet"), "page", "right")
        at = left
    sheet.text(at, Para(lead, size.main * 8 // 10, "ink", bold=True, main=True), "page")


def _grid(at: Rect, count: int, wide: int, least: int, gap: int) -> list[Rect]:
    """Places for the keys: as few columns as leave every key tall enough for a finger. wide: what a name asks for."""
    fair = 1 if at.h > at.w or at.w < 2 * wide else 2
    columns = next((c for c in range(fair, 7) if _tall(at.h, count, c, gap) >= least), 6) if count > 1 else 1
    rows = -(-count // columns)
    return [cell for row in at.rows(rows, gap) for cell in row.columns(columns, gap)][:count]


def _tall(height: int, count: int, columns: int, gap: int) -> int:
    rows = -(-count // columns)
    return (height - gap * (rows - 1)) // rows


def capacity(sheet: Sheet, at: Rect, size: Type, gap: int) -> int:
    """How many keys there is room for whose names can be read and that a finger can hit."""
    wide, high = _least_width(sheet, size), _least_height(sheet, size)
    return max(1, (at.w + gap) // (wide + gap)) * max(1, (at.h + gap) // (high + gap))


def _least_width(sheet: Sheet, size: Type) -> int:
    return max(sheet.screen.px(NAME_MM), size.text * 8)


def _least_height(sheet: Sheet, size: Type) -> int:
    return max(sheet.screen.px(KEY_MM), size.main * 22 // 10)


def _keys(sheet: Sheet, at: Rect, view: KioskHome, words: Words, size: Type, gap: int) -> None:
    """All services where they fit; else the groups they belong to, or one page after the other."""
    room = capacity(sheet, at, size, gap)
    groups = {s.group.zh: s.group for s in view.services if s.group}
    if len(view.services) <= room or len(groups) < 2:
        cards, ways = view.services, []
    elif view.group in groups:
        cards, ways = tuple(s for s in view.services if s.group and s.group.zh == view.group), ["all"]
    else:
        _groups(sheet, at, view, tuple(groups.values()), words, size, gap)
        return
    places: list[Rect] = []
    if sheet.screen.way == "down" and len(cards) + len(ways) > room:
        at, places = _aside(sheet, at, len(ways) + 1, gap)
        room = capacity(sheet, at, size, gap) + len(places)
    if not cards:
        return

    def page(some: tuple[ServiceKey, ...], beside: int) -> tuple[Sheet, list[Rect]]:
        count = len(some) + (0 if places else beside)
        cells = _grid(at, count, _least_width(sheet, size), _least_height(sheet, size), gap)
        tried = sheet.tried()
        service_keys(tried, cells[: len(some)], some, words, size)
        return tried, cells[len(some) :]

    pages = _pages(cards, len(ways), room, page)
    keys, cells = pages[view.page % len(pages)]
    sheet.take(keys)
    ways += ["more"] if len(pages) > 1 else []
    for way, cell in zip(ways, places or cells, strict=False):
        button(sheet, cell, way, words(f"kiosk.{way}"), size.main * 8 // 10, ("brand", "on-brand"), "arrow")


def _pages(cards: tuple[ServiceKey, ...], ways: int, room: int, page: Callable[[Services, int], Page]) -> list[Page]:
    """Every page of services, with the places left on it for keys that lead on. Where a word would be cut there are
    fewer services on a page, and then on all pages, so that none is passed over.

    ways: keys that lead elsewhere; room: for keys on a page; page: makes one, of so many services and such keys.
    """
    fullest: list[Page] = []
    most = min(room, len(cards) + ways)
    for keys in range(most, max(0, most - TRIES), -1):
        whole = len(cards) + ways <= keys
        step = len(cards) if whole else max(1, keys - 1 - ways)
        beside = ways if whole else ways + 1
        pages = [page(cards[first : first + step], beside) for first in range(0, len(cards), step)]
        if not any(sheet.cut for sheet, _ in pages):
            return pages
        fullest = fullest or pages
    return fullest


def _aside(sheet: Sheet, at: Rect, count: int, gap: int) -> tuple[Rect, list[Rect]]:
    """Columns take much room: what leads on to other services gets small keys after theirs, or below in a low place."""
    high, wide = sheet.screen.px(KEY_MM), sheet.screen.px(WAY_MM)
    if at.h < 2 * high + gap:
        places, rest = at.right(count * (wide + gap) - gap, gap)
    else:
        places, rest = at.bottom(high, gap)
    return rest, places.columns(count, gap)


def _groups(
    sheet: Sheet, at: Rect, view: KioskHome, groups: tuple[Bilingual, ...], words: Words, size: Type, gap: int
) -> None:
    """One key a group, with how many services it has and how many people wait there."""
    cells = _grid(at, len(groups), _least_width(sheet, size), sheet.screen.px(KEY_MM), gap)
    for group, cell in zip(groups, cells, strict=True):
        inside = [s for s in view.services if s.group == group]
        card(sheet, cell, "card")
        sheet.key(cell, f"group:{group.zh}")
        inner = cell.inset(sheet.screen.px(3.5), sheet.screen.px(2))
        waiting = [s.waiting for s in inside if s.waiting is not None]
        count = words("kiosk.services", n=len(inside))
        facts = f"{count} · {words('kiosk.waiting', n=sum(waiting))}" if waiting else count
        lines = (
            Para(words.own(group), size.main, "ink", bold=True, lines=2, least=size.text, main=True),
            Para(facts, size.small, "ink", lines=2, least=size.least),
            Para(_hint(sheet, inner, inside, words, size), size.small, "quiet", lines=2, least=size.least),
        )
        sheet.stack(inner, lines, "card")


def _hint(sheet: Sheet, inner: Rect, inside: list[ServiceKey], words: Words, size: Type) -> str:
    """The first names of a group: as many as there is room for on two lines, none where the key is low."""
    if inner.h < (size.main + size.small * 3) * 14 // 10:
        return ""
    names = [words.own(service.name) for service in inside]
    for count in range(len(names), 0, -1):
        text = words("window.joint").join(names[:count]) + (" …" if count < len(names) else "")
        if fit(Para(text, size.small, lines=2, least=size.small), inner.w, inner.h, sheet.ruler).whole:
            return text
    return ""


def _foot(sheet: Sheet, at: Rect, view: KioskHome, words: Words, size: Type, *, timed: bool) -> None:
    gap = sheet.screen.px(3)
    keys = [("help", words("kiosk.help"), "help")]
    if view.lookup and not view.notice:
        keys.append(("lookup", words("place.lookup"), "people"))
    if view.priority and not view.notice:
        keys.append(("priority", words("kiosk.priority"), "heart"))
    if view.elsewhere and not view.notice:
        keys.append(("elsewhere", words("kiosk.elsewhere"), "pin"))
    letters = size.main * 8 // 10
    time = (
        -gap
        if not timed
        else min(at.w * 3 // 10, size.text * (9 if len(keys) < 3 else 8 if at.w > sheet.screen.px(240) else 6))
    )
    most = max(sheet.width(text, letters, True) for _, text, _ in keys) + at.h * 11 // 10
    wide = min(max(sheet.screen.px(48), most), (at.w - time) // max(2, len(keys)) - gap)
    put = button if wide >= most else tile
    rest = at
    for name, text, figure in keys:
        key, rest = rest.left(wide, gap)
        chosen = name == "priority" and bool(view.klass or view.need)
        colours = ("help", "on-help") if name == "help" else ("open", "on-open") if chosen else ("brand", "on-brand")
        put(sheet, key, name, text, letters, colours, figure)
    if timed:
        place, rest = rest.right(min(time, rest.w // 3) if view.notice else rest.w, gap)
        sizes = (min(letters, at.h * 36 // 100), size.least * 5 // 4 + 1)
        clock(sheet, place, view.clock, "page", ("ink", "quiet"), sizes, words)
    if view.notice:
        plate = rest.inset(0, rest.h // 8 if timed else 0)
        sheet.panel(plate, "open", radius=sheet.screen.px(2.5))
        mark, line = plate.inset(gap, 0).left(size.text, gap)
        sheet.figure(mark, "tick", "on-open", "open")
        told = Para(
            sheet.word(words, view.notice), size.text, "on-open", bold=True, lines=4, least=size.least, main=True
        )
        sheet.text(line, told, "open")

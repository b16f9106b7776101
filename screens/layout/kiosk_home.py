"""The kiosk's first page: one large key a service, language first, help always at hand."""

from __future__ import annotations

from screens.layout.fit import Para, fit
from screens.layout.kiosk_bar import bar, bar_height, clock_above
from screens.layout.parts import Type, button, clock, tile
from screens.layout.picture import Picture, Ruler, Screen
from screens.layout.sheet import Rect, Sheet
from screens.layout.waits import span
from screens.phrases import Words
from screens.views import Bilingual, KioskHome, ServiceKey

KEY_MM = 21  # a little more than the 20 mm that a finger needs
ROOM = 100  # two figures of three digits do not fit on a key
Plan = tuple[Rect, Rect, list[Rect]]  # where a key's name, place and facts go
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
    if len(cards) + len(ways) > room:
        step = max(1, room - 1 - len(ways))
        first = view.page % -(-len(cards) // step) * step
        cards, ways = cards[first : first + step], [*ways, "more"]
    if not cards:
        return
    count = len(cards) + (0 if places else len(ways))
    cells = _grid(at, count, _least_width(sheet, size), _least_height(sheet, size), gap)
    service_keys(sheet, cells[: len(cards)], cards, words, size)
    for way, cell in zip(ways, places or cells[len(cards) :], strict=True):
        button(sheet, cell, way, words(f"kiosk.{way}"), size.main * 8 // 10, ("brand", "on-brand"), "arrow")


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


def card(sheet: Sheet, cell: Rect, colour: str) -> None:
    """The plate of a large key."""
    sheet.panel(cell, colour, radius=sheet.screen.px(3), edge="line", edge_px=max(1, sheet.screen.px(0.3)))


def service_keys(sheet: Sheet, cells: list[Rect], services: tuple[ServiceKey, ...], words: Words, size: Type) -> None:
    """One large key a service."""
    pad = sheet.screen.px(3.5)
    beside = [_beside(cell.inset(pad, pad // 2), pad) for cell in cells]
    below = [_below(cell.inset(pad, pad // 2), pad) for cell in cells]
    # Facts stand beside the names where the names stay as large as they can be; else below.
    roomy = cells[0].w > size.main * 12
    plans = max((beside, below) if roomy else (below,), key=lambda plan: _name_size(sheet, plan, services, words, size))
    wish = _name_size(sheet, plans, services, words, size)
    for service, cell, (name, place, facts) in zip(services, cells, plans, strict=True):
        colour, ink = ("card", "ink") if service.open else ("dim", "quiet")
        card(sheet, cell, colour)
        sheet.key(cell, f"service:{service.id}")
        title = Para(words.own(service.name), wish, ink, bold=True, lines=2, least=size.least, main=service.open)
        sheet.text(name, title, colour)
        where = words.own(service.place)
        if service.official:
            where = f"{words.own(service.official)} · {where}" if where else words.own(service.official)
        _fact(sheet, place, "pin", where, (size.small, size.least), colour, "quiet")
        _facts(sheet, facts, service, words, size, colour)


def _name_size(sheet: Sheet, plans: list[Plan], services: tuple[ServiceKey, ...], words: Words, size: Type) -> int:
    """One size for all names, so that no service looks more important than another."""
    return min(
        fit(_name(words.own(service.name), size.main, size.main * 6 // 10), name.w, name.h, sheet.ruler).size
        for service, (name, _, _) in zip(services, plans, strict=True)
    )


def _name(text: str, wish: int, least: int) -> Para:
    return Para(text, wish, bold=True, lines=2, least=least)


def _beside(inner: Rect, pad: int) -> Plan:
    facts, rest = inner.right(inner.w * 32 // 100, pad)
    name, place = rest.top(rest.h * 62 // 100)
    return name, place, facts.inset(0, facts.h // 10).rows(2, 0)


def _below(inner: Rect, pad: int) -> Plan:
    name, rest = inner.top(inner.h * 48 // 100)
    place, facts = rest.rows(2, 0)
    return name, place, facts.columns(2, pad) if inner.w > inner.h * 4 else [facts]


def _fact(sheet: Sheet, at: Rect, figure: str, text: str, sizes: tuple[int, int], on: str, ink: str = "ink") -> None:
    if not text:
        return
    side = min(sizes[0], at.h * 8 // 10)
    mark, rest = at.left(side, side // 3)
    sheet.figure(mark.middle(side, side), figure, ink, on)
    sheet.text(rest, Para(text, sizes[0], ink, lines=2, least=sizes[1]), on)


def _facts(sheet: Sheet, lines: list[Rect], service: ServiceKey, words: Words, size: Type, on: str) -> None:
    """How many wait and how long; nothing is said of what is not known."""
    said = _said(service, words)
    sizes = (size.text, size.least) if len(lines) > 1 else (size.small, size.least)
    if len(said) == len(lines):
        for at, (figure, text) in zip(lines, said, strict=True):
            _fact(sheet, at, figure, text, sizes, on)
    else:
        first, last = lines[0], lines[-1]
        whole = Rect(first.x, first.y, last.x + last.w - first.x, last.y + last.h - first.y)
        _fact(sheet, whole, said[0][0], " · ".join(text for _, text in said), sizes, on)


def _said(service: ServiceKey, words: Words) -> list[tuple[str, str]]:
    if not service.open:
        return [("state-closed", words("kiosk.closed"))]
    if service.waiting is None:
        return [("ticket", words("kiosk.unclear"))]
    if not service.waiting:
        return [("tick", words("kiosk.nobody"))]
    people = ("people", words("kiosk.waiting", n=service.waiting))
    if not service.minutes:
        return [people]
    most = service.most if service.most < ROOM else 0
    return [people, ("clock", words("kiosk.minutes", n=span(service.minutes, most)))]


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
    if not timed:
        return
    place, rest = rest.right(min(time, rest.w // 3) if view.notice else rest.w, gap)
    sizes = (min(letters, at.h * 36 // 100), size.least * 5 // 4 + 1)
    clock(sheet, place, view.clock, "page", ("ink", "quiet"), sizes, words)
    if view.notice:
        plate = rest.inset(0, rest.h // 8)
        sheet.panel(plate, "open", radius=sheet.screen.px(2.5))
        mark, line = plate.inset(gap, 0).left(size.text, gap)
        sheet.figure(mark, "tick", "on-open", "open")
        told = Para(
            sheet.word(words, view.notice), size.text, "on-open", bold=True, lines=4, least=size.least, main=True
        )
        sheet.text(line, told, "open")

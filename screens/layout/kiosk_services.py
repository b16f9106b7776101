"""The keys of services on the kiosk: a name, where it is done, and how many wait there or that it is closed."""

from __future__ import annotations

from screens.layout.fit import Para, fit
from screens.layout.parts import Type
from screens.layout.sheet import Rect, Sheet
from screens.layout.waits import span
from screens.phrases import Words
from screens.views import ServiceKey

ROOM = 100  # two figures of three digits do not fit on a key
Plan = tuple[Rect, Rect, list[Rect]]  # where a key's name, place and facts go


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

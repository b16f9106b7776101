"""What a board shows, from what it knows: one page for the whole hall, or one for each of its zones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from device.contract.messages import HallNotices, HallService, HallWindow
from device.hall.plan import Plan, Zone, two
from device.moment import Moment
from device.roles.common import clockface, second_language
from device.roles.wording import today_of, until_text
from screens.views import Bilingual, BoardPage, CallRow, Notices, Resting

if TYPE_CHECKING:
    from device.roles.board import Board

ROWS = 16
NEXT = 8
SHOWN: tuple[str, ...] = ("calling", "serving", "overtime")


def board_page(board: Board, moment: Moment) -> BoardPage:
    """The page of the zone that is shown now."""
    plan, zone = board.plan, board.zones[board.page]
    now = board.time.now(moment) if board.time.sure(moment) else None
    numbers, served, letters = _of(plan, zone)
    windows = [board.windows[n] for n in numbers if n in board.windows]
    services = [board.services[s] for s in served if s in board.services]
    newest, rows = _calls(board, windows)
    longest = _busy(services, board.busy) if board.live else None
    return BoardPage(
        hall=two(plan.name),
        newest=newest,
        rows=rows,
        missed=tuple(number for number in board.missed.numbers if number[0] in letters),
        paused=tuple(rest for window in windows if (rest := _resting(window, now))),
        notices=notices_of(board.notices),
        waiting=sum(s.waiting for s in services) if services and board.live else None,
        clock=clockface(moment),
        live=board.live,
        next=following(services) if board.live else (),
        today=today_of(plan, now) if now else None,
        busy=longest.minutes if longest else None,
        busy_most=longest.most if longest else 0,
        zone=two(zone.name) if zone.name.zh else None,
        page=board.page + 1,
        pages=len(board.zones),
        windows=len(zone.windows),
        phone=plan.complaint_phone,
        turn=board.turns.now,
        second=second_language(plan),
    )


def seen_of(window: HallWindow) -> tuple[object, ...]:
    """What a page shows of a window; whether it calls or serves is the same there."""
    state = "" if window.state in SHOWN else window.state
    return state, window.ticket, window.called_at, window.until, window.elsewhere, window.what


def seen_of_service(service: HallService, *, busy: bool) -> tuple[object, ...]:
    """What a page shows of a service. busy: its queue is long; only then the wait is told."""
    return service.waiting, service.next, (service.minutes, service.most) if busy else ()


@lru_cache(maxsize=64)
def _of(plan: Plan, zone: Zone) -> tuple[tuple[int, ...], tuple[str, ...], frozenset[str]]:
    """The windows of a zone in order, what they serve in the hall's order, and the letters of those tickets."""
    served = {service for n in zone.windows for service in plan.windows[n].services}
    services = tuple(service for service in plan.services if service in served)
    return tuple(sorted(zone.windows)), services, frozenset(plan.services[service].series for service in services)


def _calls(board: Board, windows: Iterable[HallWindow]) -> tuple[CallRow | None, tuple[CallRow, ...]]:
    """The newest call of the zone, and whom else its windows call or serve, the latest first."""
    called = [w for w in windows if w.ticket and w.state in SHOWN]
    called.sort(key=lambda w: (w.called_at, w.window), reverse=True)
    rows = [_row(board.plan, w.ticket, w.window) for w in called[: ROWS + 1]]
    newest = rows[0] if rows else None
    if call := board.newest.get(board.page):
        newest = _row(board.plan, call.ticket, call.window, fresh=board.fresh == board.page)
    earlier = [r for r in rows if newest is None or (r.number, r.window) != (newest.number, newest.window)]
    return newest, tuple(earlier[:ROWS])


@lru_cache(maxsize=256)  # a call stands there through many events
def _row(plan: Plan, ticket: str, window: int, *, fresh: bool = False) -> CallRow:
    known = plan.windows.get(window)
    return CallRow(ticket[9:], window, two(known.place) if known else Bilingual(""), fresh)


def _resting(window: HallWindow, now: datetime | None) -> Resting | None:
    """A window that is left for a while, or closed for what everybody may know (R157, R203)."""
    if window.state != "paused" and not (window.state == "closed" and window.what):
        return None
    what = two(window.what) if window.what else None
    return Resting(window.window, until_text(window.until, now), window.elsewhere, what)


def following(services: Iterable[HallService]) -> tuple[str, ...]:
    """Who is next: the first of each service, then the second of each."""
    lines = [service.next for service in services]
    most = max(map(len, lines), default=0)
    return tuple(dict.fromkeys(line[n] for n in range(most) for line in lines if n < len(line)))[:NEXT]


def _busy(services: Iterable[HallService], busy: Mapping[str, None]) -> HallService | None:
    """Of the services with a long queue the one with the longest wait; None if nobody can say it of any (R268)."""
    known = (service for service in services if service.service in busy and service.minutes)
    return max(known, key=lambda service: service.minutes, default=None)


def notices_of(said: HallNotices) -> Notices:
    """The four slots, those that say something (R004)."""
    slots: Notices = ()
    if said.business:
        slots += (("business", two(said.business)),)
    if said.announcement:
        slots += (("announcement", two(said.announcement)),)
    if said.sample:
        slots += (("sample", two(said.sample)),)
    return (*slots, ("fault", two(said.fault))) if said.fault else slots

"""What a window shows: the staff's controller and the public's sign, from what the window knows."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from device.hall.plan import Plan, two
from device.moment import Moment
from device.roles.common import card_of, clockface, second_language
from device.roles.console_keys import SECRET, TYPED, prompt_for
from device.roles.wording import until_text
from screens.phrases import COMPLETE
from screens.views import Bilingual, ConsolePage, SignPage

SHOWN = 12

if TYPE_CHECKING:
    from device.roles.window import Window


def console_page(window: Window, moment: Moment) -> ConsolePage:
    """The controller: state, ticket, keys, and what the staff should know or say. Never a rating (R166)."""
    session = window.session
    service = window.plan.services.get(session.service)
    return ConsolePage(
        window=window.here.number,
        state=session.phase,
        person=card_of(session.person),
        number=window.issued[9:] or session.number,
        service=two(service.name) if service else None,
        since=session.since,
        waiting=window.crowd if window.live and window.waiting else None,
        keys=window.offered(),
        live=window.live,
        unsent=window.unsent,
        clock=clockface(moment),
        message="console.asking" if window.asking and not window.message else window.message,
        blanks=window.blanks,
        prompt=_prompt(window),
        due=window.due,
        entry=_entry(window),
        secret=window.mode in SECRET,
        lang=staff_language(window.plan),
    )


def staff_language(plan: Plan) -> str:
    """What staff read on their controller: Chinese, or English where the hall names that first."""
    return next((lang for lang in plan.languages if lang in COMPLETE), COMPLETE[0])


def _prompt(window: Window) -> str:
    by_card = window.mode == "staff" and window.plan.people.by_card  # R045
    return "console.ask_card" if by_card else prompt_for(window.mode)


def _entry(window: Window) -> str | None:
    if window.mode not in TYPED:
        return None
    # A scanned code is long; what matters of it stands at its end.
    return window.entry[-SHOWN:].upper() if window.mode in ("number", "rejoin") else window.entry


def sign_page(window: Window, moment: Moment) -> SignPage:
    """The sign: who is served by whom; and when nobody is, until when, why if that is public, and where else to go
    (R058, R111, R125, R157, R203). What the window itself knows stands there also without the line.
    """
    session = window.session
    away = session.phase in ("paused", "closed")
    hall = window.hall if window.live and away else None
    now = window.time.now(moment) if window.time.sure(moment) else None
    return SignPage(
        window=window.here.number,
        place=two(window.here.place),
        state="overtime" if window.overtime(moment) else session.phase,
        number=session.number,
        person=card_of(session.person),
        services=_names(window.plan, window.here.services),
        elsewhere=hall.elsewhere if hall else (),
        clock=clockface(moment),
        until=until_text(session.until or (hall.until if hall else ""), now),
        what=two(hall.what) if hall and hall.what else None,
        busy=any(service.waiting > window.plan.load.long for service in window.waiting.values()),
        second=second_language(window.plan),
    )


@lru_cache(maxsize=64)
def _names(plan: Plan, services: tuple[str, ...]) -> tuple[Bilingual, ...]:
    return tuple(two(plan.services[service].name) for service in services)

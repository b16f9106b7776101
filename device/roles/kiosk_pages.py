"""The kiosk's pages: what one citizen is told, and what stands there for the next."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Literal

from device.contract.messages import HallService
from device.hall.calendar import hours, opens
from device.hall.plan import Plan, Service, two
from device.roles.errand import Errand
from device.roles.kiosk_desk import KioskDesk
from device.roles.visit import MODES, Visit
from screens.views import (
    Bilingual,
    Clockface,
    KioskBusy,
    KioskHome,
    KioskNoPaper,
    KioskPage,
    KioskSorry,
    KioskTake,
    ServiceKey,
)

Step = Literal["home", "asking", "printing", "take", "nopaper", "sorry"]
Why = Literal["paper", "printer", "full", "closed", "lost", "starting"]


def errand_page(step: Step, errand: Errand, plan: Plan, lang: str, *, sure: bool, again: bool) -> KioskPage | None:
    """What the citizen sees whose errand it is; None at the other steps. sure: the paper is known not to be out.

    again: they may have it printed once more.
    """
    service, place = two(errand.service.name), two(plan.place_of(errand.service.id))
    match step:
        case "asking" | "printing":
            return KioskBusy(lang, service, errand.number)
        case "take" if errand.reprints:
            return KioskTake(lang, errand.number, service, place, None, None)
        case "take":
            return KioskTake(lang, errand.number, service, place, errand.ahead, errand.minutes, most=errand.most)
        case "nopaper":
            return KioskNoPaper(lang, errand.number, service, place, sure, again)
        case _:
            return None


def sorry_page(
    name: str, why: Why, plan: Plan, lang: str, clock: Clockface, now: datetime, *, retry: bool
) -> KioskPage:
    """No ticket here now, where else to take one, today's hours and the next (R055). name: this kiosk's own."""
    others = tuple(two(place) for device, place in plan.kiosks.items() if device != name)
    closed = why == "closed"
    at = opens(plan, now) if closed else None
    still = tuple(_key(s, plan, None) for s in plan.services.values() if closed and s.always and s.offered)
    today = hours(plan, now) or ("" if at else hours(plan))
    return KioskSorry(lang, why, others, today, clock, retry, f"{at:%Y-%m-%d %H:%M}" if at else "", still)


def home_page(
    plan: Plan,
    heard: Mapping[str, HallService],
    lang: str,
    clock: Clockface,
    visit: Visit,
    desk: KioskDesk,
    *,
    lookup: bool,
    voice: bool,
) -> KioskHome:
    """All services; how many wait only where the coordinator has said so.

    lookup: it can be asked for a place. voice: pages can be read aloud.
    """
    klass = plan.discipline.classes.get(visit.klass)
    return KioskHome(
        hall=two(plan.name),
        services=tuple(_key(s, plan, heard.get(s.id)) for s in plan.services.values() if s.offered),
        lang=lang,
        langs=plan.languages,
        clock=clock,
        notice="kiosk.help_called" if visit.called else "",
        lookup=lookup,
        can=(*MODES, "voice") if voice else MODES,
        assisted=bool(desk.guide.guide),
        holder=bool(desk.identity.holder),
        priority=bool(plan.discipline.asked() or plan.needs),
        klass=two(klass.name) if klass else None,
        need=visit.need,
        checkin=bool(visit.code),
        voucher=bool(visit.voucher),
        elsewhere=bool(plan.elsewhere),
        group=visit.group,
        page=visit.turned,
    )


def _key(service: Service, plan: Plan, heard: HallService | None) -> ServiceKey:
    name, place, group, official = _named(plan, service.id)
    if heard is None:
        return ServiceKey(service.id, name, place, None, None, True, group, official, 0)
    return ServiceKey(service.id, name, place, heard.waiting, heard.minutes, heard.open, group, official, heard.most)


@lru_cache(maxsize=256)  # every page has all of them, and they never change
def _named(plan: Plan, service: str) -> tuple[Bilingual, Bilingual, Bilingual | None, Bilingual | None]:
    """As its key says it: its name, its place, its group, and its official name where another is said."""
    known = plan.services[service]
    group, official = known.group, known.name if known.plain else None
    return (
        two(known.plain or known.name),
        two(plan.place_of(service)),
        two(group) if group else None,
        two(official) if official else None,
    )

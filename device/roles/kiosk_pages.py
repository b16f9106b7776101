"""The kiosk's pages: what one citizen is told, and what stands there for the next."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from device.contract.messages import HallService
from device.hall.calendar import hours
from device.hall.plan import Plan, Service, two
from device.roles.errand import Errand
from screens.views import Clockface, KioskBusy, KioskHome, KioskNoPaper, KioskSorry, KioskTake, ServiceKey, View

Step = Literal["home", "asking", "printing", "take", "nopaper", "sorry"]
Why = Literal["paper", "printer", "full", "closed", "lost", "starting"]


def errand_page(step: Step, errand: Errand, plan: Plan, lang: str, *, sure: bool) -> View | None:
    """What the citizen sees whose errand it is; None at the other steps. sure: the paper is known not to be out."""
    service, place = two(errand.service.name), two(plan.place_of(errand.service.id))
    match step:
        case "asking" | "printing":
            return KioskBusy(lang, service, errand.number)
        case "take" if errand.reprints:
            return KioskTake(lang, errand.number, service, place, None, None)
        case "take":
            return KioskTake(lang, errand.number, service, place, errand.ahead, errand.minutes)
        case "nopaper":
            return KioskNoPaper(lang, errand.number, service, place, sure)
        case _:
            return None


def sorry_page(name: str, why: Why, plan: Plan, lang: str, clock: Clockface, now: datetime, *, retry: bool) -> View:
    """No ticket here now, where else to take one, and today's hours (R055). name: this kiosk's own."""
    others = tuple(two(place) for device, place in plan.kiosks.items() if device != name)
    return KioskSorry(lang, why, others, hours(plan, now) or hours(plan), clock, retry)


def home_page(
    plan: Plan, heard: Mapping[str, HallService], lang: str, clock: Clockface, notice: str, *, lookup: bool
) -> View:
    """All services; how many wait only where the coordinator has said so. lookup: it can be asked for a place."""
    keys = tuple(_key(service, plan, heard.get(service.id)) for service in plan.services.values())
    return KioskHome(two(plan.name), keys, lang, plan.languages, clock, notice, lookup)


def _key(service: Service, plan: Plan, heard: HallService | None) -> ServiceKey:
    place = two(plan.place_of(service.id))
    if heard is None:
        return ServiceKey(service.id, two(service.name), place)
    return ServiceKey(service.id, two(service.name), place, heard.waiting, heard.minutes, heard.open)

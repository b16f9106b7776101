"""What everybody may know of the hall, read from its state."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from device.contract.messages import HallAlarms, HallMissed, HallNotices, HallService, HallStaff, HallWindow, Words
from device.hall.alarms import REPAIR
from device.hall.calendar import announced, closes, hours_on, is_open, outage_of, services_open
from device.hall.following import all_following
from device.hall.plan import Facility, two
from device.hall.power import POWER
from device.hall.promise import everybody
from device.hall.roster import whereabouts
from device.hall.state import HallState
from device.moment import Moment
from screens.phrases import COMPLETE, Second
from screens.phrases import Words as Phrases

MISSED_SHOWN = 60
WHEREABOUTS = {"leave": "whereabouts.leave", "out": "whereabouts.out", "meeting": "whereabouts.meeting"}
TEXT_MOST = 200  # characters of a text on the wire

Truth = HallWindow | HallService | HallMissed | HallNotices | HallAlarms | HallStaff


def truths(hall: HallState, notices: HallNotices, out_of_order: Iterable[str], moment: Moment) -> dict[str, Truth]:
    """All but the services', by their places below `hall/`, without a `rev`. out_of_order: kiosks that cannot give
    tickets now.
    """
    opened = hours_on(hall.plan, moment.wall.date()).at_time(moment.wall)
    said: dict[str, Truth] = {f"window/{window}": _window(hall, window, moment, opened) for window in hall.floor.desks}
    said["alarms"] = hall.alarms.truth()
    said["staff"] = hall.listed
    said["missed"] = HallMissed(0, hall.queue.missed()[-MISSED_SHOWN:])
    told = _announcement(hall, notices.announcement, moment)
    fault = _fault_notice(hall, out_of_order, moment)
    usual = fault is notices.fault and told is notices.announcement
    said["notices"] = notices if usual else replace(notices, fault=fault, announcement=told)
    return said


def services(hall: HallState, moment: Moment) -> dict[str, Truth]:
    """The same of every service: who waits, for how long, who is next. Each wait is a walk through the whole queue."""
    offered = services_open(hall.plan, moment.wall) if moment.clock == "synced" else frozenset(hall.plan.services)
    offered |= {service.id for service in hall.plan.services.values() if service.always}
    closing = closes(hall.plan, moment.wall) if moment.clock == "synced" else None
    until = closing.isoformat(timespec="seconds") if closing else ""
    waits, nexts = everybody(hall, moment), all_following(hall, moment)
    due = hall.promised.due(moment.wall.date()) if moment.clock == "synced" else Counter[str]()
    said: dict[str, Truth] = {}
    for service in hall.plan.services:
        wait, opening = waits[service], service in offered
        ahead, closes_at = hall.queue.lanes.count(service), until if opening else ""
        said[f"service/{service}"] = HallService(
            service, 0, ahead, wait.minutes, opening, closes_at, wait.most, nexts[service], due=due.get(service, 0)
        )
    return said


def _window(hall: HallState, window: int, moment: Moment, opened: bool) -> HallWindow:
    """A window as it is; after closing time it is in overtime while it serves or somebody waits (R011, R179)."""
    truth, desk = hall.floor.truth(window, 0), hall.floor.desks[window]
    if moment.clock != "synced" or truth.state == "unknown":
        return truth
    if truth.state in ("open", "serving") and not opened:
        busy = truth.state == "serving" or hall.next_for(desk, moment.wall.timestamp()) is not None
        return replace(truth, state="overtime") if busy else truth
    if truth.state not in ("closed", "paused"):
        return truth
    if outage := outage_of(hall.plan, window, moment.wall):
        ends = outage.ends.isoformat(timespec="seconds")
        return replace(truth, until=ends, what=outage.what, elsewhere=outage.elsewhere or truth.elsewhere)
    if truth.state == "closed" and (away := whereabouts(hall.plan, window, moment.wall)):
        what = _in_all_languages(hall, lambda own: own(WHEREABOUTS[away.where]))
        return replace(truth, until=away.ends.isoformat(timespec="seconds"), what=what)
    return truth


def gives_tickets(hall: HallState, moment: Moment, service: str) -> bool:
    """Whether tickets are given. Without a trusted clock nobody is turned away for the time of day; nor ever from what
    is always open (R217).
    """
    known = hall.plan.services.get(service)
    return moment.clock == "floor" or (known is not None and known.always) or is_open(hall.plan, moment.wall, service)


def _announcement(hall: HallState, usual: Words | None, moment: Moment) -> Words | None:
    """The hall's own text, and before it the next planned outage, from some days ahead (R065)."""
    due = announced(hall.plan, moment.wall)[:1] if moment.clock == "synced" else ()
    if not due:
        return usual
    outage = due[0]
    begin, end = f"{outage.begins:%m-%d %H:%M}", f"{outage.ends:%m-%d %H:%M}"

    def said(own: Phrases) -> str:
        text = own("notice.outage", what=own.own(two(outage.what)), begin=begin, end=end)
        return f"{text}  {own.own(two(usual))}" if usual else text

    return _in_all_languages(hall, said)


def _in_all_languages(hall: HallState, say: Callable[[Phrases], str]) -> Words:
    """In Chinese, in English, and in what else the hall has: a board shows its second language beside Chinese."""
    further = {lang: say(Second(lang)) for lang in hall.plan.languages if lang not in COMPLETE}
    said = {lang: say(Phrases(lang)) for lang in COMPLETE} | further
    return Words(**{lang: text.strip()[:TEXT_MOST] for lang, text in said.items()})


def _fault_notice(hall: HallState, out_of_order: Iterable[str], moment: Moment) -> Words | None:
    """Which kiosk not to walk to (R037, R190), what of the building is out of order and what to use instead (R286), and
    until when where somebody said how long it will take (R088).
    """
    down = [(hall.plan.kiosks[kiosk], hall.alarms.expected(kiosk)) for kiosk in sorted(out_of_order)]
    broken = [(hall.plan.facilities[name], hall.alarms.expected(name)) for name in _broken(hall)]
    cut = _power_cut(hall, moment)
    if not (down or broken or cut):
        return None

    def said(own: Phrases) -> str:
        parts = [own("notice.power")] if cut else []
        parts += [_facility(own, facility, _until(own, at, moment)) for facility, at in broken]
        if down:
            places = own("window.joint").join(own.own(two(p)) + _until(own, at, moment) for p, at in down)
            parts.append(own("notice.kiosk_fault", place=places))
        return own("notice.joint").join(parts)

    return _in_all_languages(hall, said)


def _power_cut(hall: HallState, moment: Moment) -> bool:
    """Whether the power is gone, or came back and those who wait may still wonder (R284): until somebody in charge has
    answered, for an hour at most."""
    told = [a.since for a in hall.alarms.open.values() if a.kind == POWER and not a.answered_by]
    recent = (moment.wall - timedelta(hours=1)).isoformat(timespec="milliseconds")
    return hall.power.lost is not None or any(since >= recent for since in told)


def _broken(hall: HallState) -> list[str]:
    """What of the building somebody at a window asked to have repaired, and nobody has called back about since."""
    open_ = hall.alarms.open.items()
    about = {a.about for id_, a in open_ if a.kind == REPAIR and not hall.alarms.settled(id_)}
    return [name for name in hall.plan.facilities if name in about]


def _facility(own: Phrases, facility: Facility, until: str) -> str:
    said = own("notice.facility", name=own.own(two(facility.name)), until=until)
    return own("notice.instead", what=said, instead=own.own(two(facility.instead))) if facility.instead else said


def _until(own: Phrases, expected: str, moment: Moment) -> str:
    """What was expected for a time that has passed is no promise any more."""
    if not expected or datetime.fromisoformat(expected) <= moment.wall:
        return ""
    return own("notice.until", time=expected[11:16])

"""What the coordinator decides about people: leave, assignment, what was filed, overtime, and alarms."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from device.contract.messages import (
    AlarmAsked,
    AlarmEnded,
    AlarmRaised,
    AnswerAssign,
    AnswerLeave,
    AskAssign,
    AskLeave,
    Envelope,
    HelpAsked,
    ItemServed,
    RepairAsked,
    TicketServed,
    TicketsLeft,
    WindowAssigned,
)
from device.effects import Effect, Publish
from device.hall.alarms import CITIZEN, REPAIR, key_of
from device.hall.authority import IN_CHARGE
from device.hall.calendar import business_day
from device.hall.floor import Desk
from device.hall.leave import LONG, may_leave
from device.hall.readiness import NOT_READY
from device.hall.roster import absence_filed, days_approved, outage_filed
from device.hall.state import Filed
from device.hall.watch import BY_HAND, HELP, conditions
from device.moment import Moment

if TYPE_CHECKING:
    from device.roles.coordinator import Coordinator

GOING_SECONDS = 2.0  # until whoever may leave has left, and their window has said so
HELP_SECONDS = 600.0  # whoever asked so long ago stands there no more
LEFT_IN_A_RECORD = 200  # 8 KiB of payload


def leave(c: Coordinator, envelope: Envelope, ask: AskLeave, moment: Moment) -> list[Effect]:
    """May this person leave their window? By a supervisor's decision even when people wait (R099, R101, R108, R113)."""
    desk = _desk_of(c, envelope.device)
    effects: list[Effect] = []
    if desk is None:
        answer = AnswerLeave(envelope.id, "refused")
    else:
        vouched = c.sign_ins.vouch(envelope.id, ask.supervisor, ask.pin, moment.mono) if ask.supervisor else "none"
        if vouched in ("refused", "locked"):
            answer = AnswerLeave(envelope.id, "locked" if vouched == "locked" else "refused")
        else:
            going = {n for n, at in c.granted.items() if n != desk.window and moment.mono - at < GOING_SECONDS}
            allowed = vouched == "welcome"
            answer = may_leave(c.hall, envelope.id, desk, ask, moment.wall, allowed=allowed, going=going)
            if answer.outcome == "granted":
                c.granted[desk.window] = moment.mono
        if ask.reason == LONG and answer.outcome == "refused":
            effects += raised(c, AlarmRaised("leave-asked", "leader", desk.window, staff=ask.staff), moment)  # R110
    return [*effects, Publish(answer, moment.id(1), place=envelope.device), *c.say_changes(moment)]


def assign(c: Coordinator, envelope: Envelope, ask: AskAssign, moment: Moment) -> list[Effect]:
    """Another window takes a service over, or serves again what it was planned for (R031, R086)."""
    desk, window = _desk_of(c, envelope.device), c.plan.windows.get(ask.window)
    in_charge = ask.staff in c.staff and c.staff[ask.staff].duties & IN_CHARGE
    if not desk or desk.staff != ask.staff or not in_charge or not window:
        return [Publish(AnswerAssign(envelope.id, "refused"), moment.id(1), place=envelope.device)]
    if not set(ask.services) <= {*window.services, *window.also}:
        return [Publish(AnswerAssign(envelope.id, "refused"), moment.id(1), place=envelope.device)]
    effects: list[Effect] = []
    if c.hall.floor.desks[ask.window].assigned != ask.services:
        effects.append(c.decide(WindowAssigned(ask.window, ask.services, ask.staff), moment))
    answer = Publish(AnswerAssign(envelope.id, "assigned"), moment.id(1), place=envelope.device)
    return [*effects, answer, *c.say_changes(moment)]


def _desk_of(c: Coordinator, device: str) -> Desk | None:
    place = c.plan.window_of(device)
    return c.hall.floor.desks[place.number] if place and place.device == device else None


def file(c: Coordinator, moment: Moment) -> list[Effect]:
    """Absences, planned closures, extra days that are new in the config: on record from now on (R049, R100, R202)."""
    found: list[Filed] = [absence_filed(a, moment.wall) for a in c.plan.people.absences]
    found += [outage_filed(outage, moment.wall) for outage in c.plan.calendar.outages]
    found += days_approved(c.plan, moment.wall)
    return [c.decide(record, moment) for record in found if c.hall.is_new(record)]


def overtime(
    c: Coordinator, envelope: Envelope, record: TicketServed | ItemServed, called_at: str, moment: Moment
) -> list[Effect]:
    """The ledger's entries for a service that has just been heard of, once: it enters the book once (R247).

    It took no longer than the time since its call by the clock that nobody sets: work is not done by setting the other.
    """
    ended, began = datetime.fromisoformat(envelope.at), datetime.fromisoformat(record.started)
    if called_at:
        began = min(began, datetime.fromisoformat(called_at))
    ticket, at = c.called.get(record.window, ("", 0.0))
    if ticket == record.ticket:
        began = max(began, ended - timedelta(seconds=moment.mono - at))
    if envelope.clock == "floor":  # its clock knows how long, not when
        began, ended = moment.wall - (ended - began), moment.wall
    entries = c.hall.overtime.worked(c.plan, record.staff, record.window, record.ticket, began, ended, envelope.id)
    return [c.decide(entry, moment) for entry in entries]


def left(c: Coordinator, before: str, moment: Moment) -> list[Effect]:
    """Whoever holds a ticket of a day before this one and was never served goes on record (R178)."""
    days: dict[str, list[str]] = {}
    for ticket in c.hall.fates.before(before):
        days.setdefault(f"{ticket[:4]}-{ticket[4:6]}-{ticket[6:8]}", []).append(ticket)
    return [
        c.decide(TicketsLeft(day, tuple(tickets[n : n + LEFT_IN_A_RECORD]), "day-ended"), moment)
        for day, tickets in days.items()
        for n in range(0, len(tickets), LEFT_IN_A_RECORD)
    ]


def watch(c: Coordinator, moment: Moment) -> list[Effect]:
    """Alarms for what is so and was not; no longer for what is over. Without the time of day nobody can say."""
    if moment.clock != "synced":
        return []
    down = bool(c.plan.kiosks) and set(c.out_of_order) >= set(c.plan.kiosks)
    told = [alarm.about for alarm in c.hall.alarms.open.values() if alarm.kind == NOT_READY]
    unready = c.readiness.alarms(c.plan, moment.wall, moment.mono, told)
    now = {key_of(alarm): alarm for alarm in (*conditions(c.hall, moment.wall, c.lateness, kiosks_down=down), *unready)}
    known = c.hall.alarms.about()
    over = [
        identity
        for key, identity in known.items()
        if key not in now and (key[0] not in BY_HAND or c.hall.alarms.settled(identity))
    ]
    return [
        *(c.decide(AlarmEnded(identity), moment) for identity in over),
        *(c.decide(alarm, moment) for key, alarm in now.items() if key not in known),
    ]


def asked(c: Coordinator, record: AlarmAsked | RepairAsked, moment: Moment) -> list[Effect]:
    """Somebody at a window wants help, or a repair: at once, whatever the clock (R234, R253, R280, R281).

    Pressed again it is the same call until somebody answers it.
    """
    if isinstance(record, AlarmAsked):
        alarm = AlarmRaised(HELP[record.reason], "leader", record.window, staff=record.staff)
    else:
        part, code = c.hall.faults.get(record.about, ("", ""))
        alarm = AlarmRaised(
            REPAIR, "technician", record.window, staff=record.staff, about=record.about, part=part, code=code
        )
    return raised(c, alarm, moment)


def citizen_asks(c: Coordinator, envelope: Envelope, record: HelpAsked, moment: Moment) -> list[Effect]:
    """Somebody at a kiosk asks for help: the leader sends somebody, and when they said so is on record (R222).

    code: for what, once the citizen said it. What arrives late is nobody's who still stands there.
    """
    age = (moment.wall - datetime.fromisoformat(envelope.at)).total_seconds()
    if envelope.device not in c.plan.kiosks or (envelope.clock == "synced" and age > HELP_SECONDS):
        return []
    code = "" if record.reason == "general" else record.reason
    return raised(c, AlarmRaised(CITIZEN, "leader", about=envelope.device, code=code), moment)


def raised(c: Coordinator, alarm: AlarmRaised, moment: Moment) -> list[Effect]:
    """The alarm, unless it is open already and says as much.

    Nobody is helped by a call that nobody answered days ago: what happens today is told anew, and that one is over.
    """
    known = c.hall.alarms.about().get(key_of(alarm), "")
    if known and not c.hall.alarms.settled(known):
        before = c.hall.alarms.open[known]
        today = business_day(moment.wall, c.plan.rollover)
        lasts = alarm.kind == REPAIR or business_day(datetime.fromisoformat(before.since), c.plan.rollover) >= today
        if lasts and alarm.code in ("", before.code):
            return []
    over: list[Effect] = [c.decide(AlarmEnded(known), moment)] if known else []
    return [*over, c.decide(alarm, moment)]

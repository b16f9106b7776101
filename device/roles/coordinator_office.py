"""What the office orders of the coordinator: the supervisor's cases, vouchers, attendance. Decided, then answered.

Who orders says their number and PIN and has the duty for it (device/hall/authority.py); five wrong ones lock, as at a
window. Bad ratings and complaints become cases here as soon as they are heard of (R140).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Final

from device.contract.messages import AttendanceNoted, CaseMoved, CaseOpened
from device.effects import Effect, Ordered, Reply
from device.hall.authority import may_order
from device.hall.calendar import working_day_after
from device.hall.cases import CARRY_AFTER, Case, Lateness, due_day, late
from device.hall.orders import CloseRequest, ImportAttendance, ListCases, ListRequests, ListVouchers, MoveCase, OpenCase
from device.hall.vouchers import Standing
from device.moment import Moment
from device.roles import coordinator_requests as requests

if TYPE_CHECKING:
    from device.roles.coordinator import Coordinator

AT_ONCE: Final = 40  # records decided at one moment; what is left has its turn at the next tick
REFUSED: Final = {
    "refused": "staff number and PIN do not belong to anybody with this duty",
    "locked": "too many wrong PINs: wait five minutes",
}

Said = Mapping[str, object]


def ordered(c: Coordinator, event: Ordered, moment: Moment) -> list[Effect]:
    """One order; the reply comes behind whatever was decided."""
    session = f"{event.staff} {event.session or event.id}"
    outcome = c.sign_ins.vouch(session, event.staff, event.pin, moment.mono)
    if outcome != "welcome" or not may_order(c.hall.duties_of(event.staff), event.order):
        return [Reply(event.id, _no(REFUSED["locked" if outcome == "locked" else "refused"]))]
    effects, said = _done(c, event, moment)
    return [*effects, Reply(event.id, {"ok": "error" not in said, **said})]


def _done(c: Coordinator, event: Ordered, moment: Moment) -> tuple[list[Effect], Said]:
    match event.order:
        case ListCases(every):
            known = [*c.hall.cases.known.values()] if every else c.hall.cases.open_cases()
            return [], {"cases": [told(c, case, moment) for case in known], "counts": counts(c, moment)}
        case OpenCase():
            return _open(c, event.order, event.staff, moment)
        case MoveCase():
            return _move(c, event.order, event.staff, moment)
        case ListVouchers(number):
            wanted = (v for v in c.hall.vouchers.known.values() if number in ("", v.ticket[9:]))
            return [], {"vouchers": [_voucher(v) for v in sorted(wanted, key=lambda v: v.ticket)]}
        case ListRequests():
            return [], {"requests": requests.told(c)}
        case CloseRequest(code):
            if code not in c.hall.requests.open and code not in c.contacts:
                return [], {"error": f"no open request has the code {code}"}
            return requests.close(c, code, event.staff, moment), {"code": code}
        case ImportAttendance(events):
            records = [AttendanceNoted(e.staff, e.day, e.event, e.noted) for e in events]
            fresh = [record for record in records if record.staff in c.staff and record not in c.hall.attended]
            effects: list[Effect] = [c.decide(record, moment) for record in fresh[:AT_ONCE]]
            strange = sorted({record.staff for record in records} - c.staff.keys())
            return effects, {"noted": len(effects), "left": len(fresh) - len(effects), "unknown_staff": strange}


# --- cases ---------------------------------------------------------------------------------------------------


def heard(c: Coordinator, moment: Moment) -> list[Effect]:
    """A case for every bad rating and complaint that has none yet."""
    if not c.hall.cases.due:
        return []
    found = list(c.hall.cases.due.values())[:AT_ONCE]
    return [c.decide(CaseOpened(f, due_day(c.plan, f.kind, moment.wall.date())), moment) for f in found]


def carried(c: Coordinator, moment: Moment) -> list[Effect]:
    """Open cases that the next start of the coordinator would not read any more."""
    before = (moment.wall - CARRY_AFTER).isoformat(timespec="milliseconds")
    return [c.decide(record, moment) for record in [*c.hall.cases.to_carry(before)][:AT_ONCE]]


def lateness(c: Coordinator, moment: Moment) -> Lateness:
    """How badly the work list stands; without the time of day nobody can say."""
    return late(c.plan, c.hall.cases.open_cases(), moment.wall.date()) if moment.clock == "synced" else ""


def _open(c: Coordinator, order: OpenCase, staff: str, moment: Moment) -> tuple[list[Effect], Said]:
    facts = order.facts
    if facts.kind == "bad-rating" or facts.of:
        return [], {"error": "a rating opens its case by itself"}
    if facts.ref and (facts.channel, facts.ref) in c.hall.cases.refs:
        return [], {"error": f"{facts.channel} {facts.ref} is on the list already", "known": True}
    due = order.due or due_day(c.plan, facts.kind, moment.wall.date())
    decided = c.decide(CaseOpened(facts, due, staff), moment)
    return [decided], {"case": decided.id, "due": due}


def _move(c: Coordinator, order: MoveCase, staff: str, moment: Moment) -> tuple[list[Effect], Said]:
    case = c.hall.cases.find(order.case)
    if case is None:
        return [], {"error": f"no one case ends with {order.case}"}
    if order.to and order.to not in c.staff:
        return [], {"error": f"nobody here has the number {order.to}"}
    due = due_day(c.plan, case.facts.kind, moment.wall.date()) if order.step == "again" else ""
    move = CaseMoved(case.id, order.step, staff, order.to, order.note, due)
    if why := case.allows(move):
        return [], {"error": why}
    return [c.decide(move, moment)], {"case": told(c, c.hall.cases.known[case.id], moment)}


def told(c: Coordinator, case: Case, moment: Moment) -> Said:
    """A case as the supervisor's list has it. days: working days left, below 0 when it is overdue (R069)."""
    today, facts = moment.wall.date(), case.facts
    return {
        "id": case.id, "kind": facts.kind, "source": facts.source, "channel": facts.channel, "ref": facts.ref,
        "level": facts.level, "tags": list(facts.tags), "named": facts.named, "ticket": facts.ticket,
        "service": facts.service, "window": facts.window, "staff": facts.staff, "device": facts.device,
        "about": facts.about, "opened": case.opened, "due": case.due, "days": _days_left(c, today, case.due),
        "state": case.state, "to": case.to, "answered": case.answered, "moved": case.moved, "done": case.done,
        "overdue": case.overdue(today.isoformat()),
    }  # fmt: skip


def counts(c: Coordinator, moment: Moment) -> Said:
    """What the standards want at nought or at 100 % (R261, R262)."""
    known, today = list(c.hall.cases.known.values()), moment.wall.date().isoformat()
    named = [case for case in known if case.facts.named]
    return {
        "known": len(known),
        "open": sum(not case.done for case in known),
        "overdue": sum(case.overdue(today) for case in known),
        "named": len(named),
        "named_answered": sum(bool(case.answered) for case in named),
    }


def _days_left(c: Coordinator, today: date, due: str) -> int:
    last, sign = date.fromisoformat(due), 1
    if last < today:
        today, last, sign = last, today, -1
    days = 0
    while today < last and days < 100:
        today = working_day_after(c.plan, today, 1)
        days += today <= last
    return sign * days


def _voucher(one: Standing) -> Said:
    return {
        "number": one.ticket[9:], "day": f"{one.ticket[:4]}-{one.ticket[4:6]}-{one.ticket[6:8]}",
        "service": one.service, "code": one.code, "until": one.until, "state": one.state, "by": one.by,
    }  # fmt: skip


def _no(error: str) -> Said:
    return {"ok": False, "error": error}

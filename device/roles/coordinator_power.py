"""What the coordinator decides about a power cut: that there was one, who was kept waiting, and their vouchers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from device.contract.messages import AlarmRaised, DeviceState, Envelope, PowerLost, Record, TicketIssued, TicketsLeft
from device.effects import Effect, Keep
from device.hall.calendar import business_day, hours_on
from device.hall.power import AFTER_START, POWER
from device.hall.readiness import must_be_ready
from device.hall.vouchers import given
from device.moment import Moment
from device.roles.coordinator_people import raised

if TYPE_CHECKING:
    from device.roles.coordinator import Coordinator

BOOTS: Final = "boots"
IN_A_RECORD: Final = 200


@dataclass(slots=True)
class Before:
    """What was before this life, from the book. last: when anything was last heard of, by a clock that was believed.

    A start after days without power says at once who was left over. If the power goes again before the other devices
    are back, the next start must still know when it was gone first, and who was owed what then: since, owed; left: when
    that was said.
    """

    last: str = ""
    left: str = ""
    since: str = ""
    owed: dict[str, str] = field(default_factory=dict)

    def hear(self, c: Coordinator, envelope: Envelope, record: Record) -> None:
        """The next record of the book, before the hall's state has it."""
        if isinstance(record, TicketsLeft):
            told = record.why == "day-ended" and c.hall.believes(envelope.device, record)
            if told and self.last and envelope.at != self.left:
                self.left, self.since = envelope.at, self.last
                self.owed = c.hall.fates.of_day(_day(c, self.since))
        elif isinstance(record, PowerLost):  # understood
            self.left = ""
        if envelope.clock == "synced":
            self.last = max(self.last, envelope.at)

    def again(self, moment: Moment) -> bool:
        """Whether the start before this was so short ago that nobody can have understood yet."""
        return self.left != "" and abs((moment.wall - datetime.fromisoformat(self.left)).total_seconds()) <= AFTER_START


def began(c: Coordinator, kept: str, before: Before, moment: Moment) -> None:
    """Whoever held a ticket when anything was last heard of is looked up before yesterday is forgotten."""
    again = before.again(moment)
    last = before.since if again else before.last
    was_open = bool(last) and _open_at(c, datetime.fromisoformat(last))
    c.hall.power.begin(kept, last if was_open else "", moment.mono)
    c.owed_at_start = (before.owed if again else c.hall.fates.of_day(_day(c, last))) if was_open else {}


def device_heard(c: Coordinator, device: str, state: DeviceState, retained: bool, moment: Moment) -> list[Effect]:
    """A device comes or goes."""
    if state.role == "coordinator":
        return []
    new = c.hall.power.hear(device, state, moment.mono, moment.at(), retained=retained)
    kept: list[Effect] = [Keep(BOOTS, c.hall.power.to_json())] if new else []
    return [*kept, *_follow(c, moment)]


def ticket_heard(c: Coordinator, envelope: Envelope, record: Record, moment: Moment) -> list[Effect]:
    """What a ticket's record means for vouchers; also a ticket from before the cut that is only heard of now."""
    moved = c.hall.vouchers.follows(record)
    effects: list[Effect] = [c.decide(moved, moment)] if moved else []
    if isinstance(record, TicketIssued) and (cut := c.hall.power.cut):
        before = envelope.clock == "synced" and envelope.at < cut.since
        if before and c.hall.fates.owed.get(record.ticket):
            effects += _register(c, {record.ticket: record.service}, moment)
    return effects


def _follow(c: Coordinator, moment: Moment) -> list[Effect]:
    busy = must_be_ready(c.plan, moment.wall) or bool(c.hall.queue.by["waiting"]) or bool(c.hall.queue.by["serving"])
    effects: list[Effect] = []
    for record in c.hall.power.follows(moment.mono, busy=busy):
        effects.append(c.decide(record, moment))
        if isinstance(record, PowerLost):
            owed = c.hall.fates.of_day(_day(c, record.since)) if record.how == "seen" else c.owed_at_start
            effects += [*_register(c, owed, moment), *_tell(c, moment)]
    return effects


def _register(c: Coordinator, owed: dict[str, str], moment: Moment) -> list[Effect]:
    """The register of who was not served, and what they come back with (R285)."""
    fresh = {t: s for t, s in sorted(owed.items()) if t not in c.hall.vouchers.of_ticket}
    if not fresh:
        return []
    tickets, first = tuple(fresh), next(iter(fresh))
    day = f"{first[:4]}-{first[4:6]}-{first[6:8]}"
    until = (moment.wall.date() + timedelta(days=c.plan.power.voucher_days)).isoformat()
    left = [TicketsLeft(day, tickets[n : n + IN_A_RECORD], "power") for n in range(0, len(tickets), IN_A_RECORD)]
    vouchers = given(c.secret, fresh.items(), until)
    return [*(c.decide(record, moment) for record in left), *(c.decide(record, moment) for record in vouchers)]


def _tell(c: Coordinator, moment: Moment) -> list[Effect]:
    """The property's people and the head of the centre must know (R283): open until somebody answers."""
    return [e for to in ("leader", "head", "technician") for e in raised(c, AlarmRaised(POWER, to), moment)]


def _open_at(c: Coordinator, wall: datetime) -> bool:
    return hours_on(c.plan, date(wall.year, wall.month, wall.day)).at_time(wall)


def _day(c: Coordinator, at: str) -> str:
    return business_day(datetime.fromisoformat(at), c.plan.rollover)

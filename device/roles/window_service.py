"""A service at the window: its items, its time limit, its end (R024, R025, R063, R078, R079, R130, R240)."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from device.contract.messages import (
    Invitation,
    ItemDelivered,
    ItemRegistered,
    ItemServed,
    PriorityRefused,
    RatingInvited,
    TicketServed,
    TicketStarted,
    TicketTransferred,
)
from device.effects import Effect, Forget, Remind
from device.hall.load import limit_minutes
from device.moment import Moment

if TYPE_CHECKING:
    from device.roles.window import Window

CASE: Final = re.compile(r"[0-9A-Z][0-9A-Z-]{3,31}")  # as on the wire
CITIZEN: Final = re.compile(r"[0-9]{17}[0-9X]")


def start(w: Window, moment: Moment) -> list[Effect]:
    """The citizen is here; of a priority that has a proof the staff saw it (R130)."""
    session = w.session
    klass = w.plan.discipline.classes.get(session.klass)
    proof = session.klass if klass and klass.proof else ""
    session.start(moment.at())
    record = TicketStarted(session.ticket, session.service, w.here.number, w.staff, proof)
    return [*w.note(record, moment), *w.quiet(), *limits(w, moment)]


def no_proof(w: Window, moment: Moment) -> list[Effect]:
    """The ticket waits on as an ordinary one."""
    record = PriorityRefused(w.session.ticket, w.session.klass, w.here.number, w.staff)
    w.session.let_go()
    return w.note(record, moment)


def limits(w: Window, moment: Moment) -> list[Effect]:
    """Say before the limit that it is near, and at it that it is over (R063)."""
    minutes = limit_minutes(w.plan.services.get(w.session.service), w.session.size)
    if not minutes or w.session.phase != "serving":
        return [Forget("limit-soon"), Forget("limit-over")]
    left = minutes * 60 - net(w, moment)
    return [Remind(max(0.0, left - w.plan.load.warn * 60), "limit-soon"), Remind(max(0.0, left), "limit-over")]


def net(w: Window, moment: Moment) -> float:
    """Seconds the present item has taken, without its suspensions (R082, R131)."""
    if not w.session.started_at:
        return 0.0
    return (moment.wall - datetime.fromisoformat(w.session.started_at)).total_seconds() - w.session.away_seconds


def over_limit(w: Window, moment: Moment) -> bool:
    """Whether the present item has taken longer than it may."""
    minutes = limit_minutes(w.plan.services.get(w.session.service), w.session.size)
    return minutes > 0 and net(w, moment) > minutes * 60


def sized(w: Window, size: str, moment: Moment) -> list[Effect]:
    """How large the item is, where its limit depends on that (R078)."""
    w.session.size, w.mode = size, ""
    return limits(w, moment)


def end_item(w: Window, service: str, moment: Moment) -> list[Effect]:
    """This item is done, the next begins at once; the rating comes when the visit ends (R024, R025)."""
    w.wanted = service
    if over_limit(w, moment) and not w.over:
        w.mode = "over"
        return []
    session = w.session
    record = ItemServed(
        session.ticket, session.service, w.here.number, w.staff, session.started_at, service, session.size, w.over,
        session.away_seconds,
    )  # fmt: skip
    session.next_item(service, moment.at())
    w.mode, w.wanted, w.over = "", "", ""
    return [*w.note(record, moment), *limits(w, moment)]


def finish(w: Window, moment: Moment) -> list[Effect]:
    """The visit is done; over its limit, why (R079, R240). Then the citizen may rate."""
    session, window, person = w.session, w.here.number, w.session.person
    if person is None:
        return []
    if over_limit(w, moment) and not w.over:
        w.mode, w.wanted = "over", ""
        return []
    served = TicketServed(
        session.ticket, session.service, window, person.number, session.started_at, session.size, w.over,
        session.away_seconds,
    )  # fmt: skip
    until = (moment.wall + timedelta(seconds=w.plan.rules.rating_seconds)).isoformat(timespec="milliseconds")
    invited = RatingInvited(session.ticket, session.service, window, person.number, until)
    session.invitation = Invitation(moment.id(1), session.ticket, session.service, person, until)
    session.let_go()
    w.mode, w.over = "", ""
    return [*w.note(served, moment), *w.note(invited, moment, 1), *limits(w, moment)]


def register(w: Window, entry: str, moment: Moment) -> list[Effect]:
    """What was handed in is handled under this number from now on (R133). Who it is about is nobody's number here."""
    case = entry.strip().upper()
    if not CASE.fullmatch(case) or is_citizen(case):
        return w.say("console.bad_case")
    record = ItemRegistered(w.session.ticket, w.session.service, w.here.number, w.staff, case)
    w.mode = ""
    return w.note(record, moment) + w.say("console.registered", case=case)


def delivered(w: Window, entry: str, moment: Moment) -> list[Effect]:
    """The result that was promised under this number was handed out (R214)."""
    case = entry.strip().upper()
    if not CASE.fullmatch(case) or is_citizen(case):
        return w.say("console.bad_case")
    w.mode = ""
    return w.note(ItemDelivered(w.here.number, w.staff, case), moment) + w.say("console.delivered_noted", case=case)


def is_citizen(text: str) -> bool:
    """Whether this is a citizen's identity number by its check character (GB 11643-1999), and so no case's."""
    if not CITIZEN.fullmatch(text):
        return False
    rest = sum(int(digit) * 2 ** (17 - n) for n, digit in enumerate(text[:17])) % 11
    return text[17] == "10X98765432"[rest]


def why_over(w: Window, reason: str, moment: Moment) -> list[Effect]:
    """The reason was given; what waited for it goes on."""
    w.over, w.mode = reason, ""
    return end_item(w, w.wanted, moment) if w.wanted else finish(w, moment)


def transfer(w: Window, word: str, value: str, moment: Moment) -> list[Effect]:
    """The ticket goes on to a service, to one window, or to a person at the window where they are now, with its number,
    class and place (R042, R093, R129)."""
    there = w.neighbours.get(int(value)) if word == "person" else None
    service, window = (value, 0) if word == "service" else ("", int(value))
    person = there.person.number if there and there.person else ""
    record = TicketTransferred(w.session.ticket, w.here.number, w.staff, service, window, person)
    w.mode = ""
    w.session.let_go()
    return [*w.note(record, moment), *limits(w, moment)]

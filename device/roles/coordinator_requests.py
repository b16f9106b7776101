"""Who may be called back, and how. Rules (R245, R279):

1. The consent is on record in the same commit that keeps the number: there is none without the other.
2. A number is kept outside the book, because nothing can be taken out of that: in the coordinator's memory, by the code
   of its request, until the day that was agreed or until the request is settled; then it is deleted there.
3. Whoever may see it says who they are (device/roles/coordinator_office.py).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from device.contract.messages import AnswerContact, AnswerGuide, AskContact, AskGuide, ConsentGiven, Envelope
from device.contract.messages import RequestClosed as Closed
from device.effects import Effect, Keep, Publish
from device.moment import Moment

if TYPE_CHECKING:
    from device.roles.coordinator import Coordinator

KEPT: Final = "contact "  # before the code
MOST: Final = 2000  # numbers at a time

Said = Mapping[str, object]


def began(c: Coordinator, kept: Mapping[str, str]) -> None:
    """What the memory has."""
    c.contacts = {
        key.removeprefix(KEPT): (said["contact"], said["until"])
        for key, value in kept.items()
        if key.startswith(KEPT) and (said := json.loads(value))
    }


def contact(c: Coordinator, envelope: Envelope, ask: AskContact, moment: Moment) -> list[Effect]:
    """Keep this number for its request, with the consent; asked again, the answer is the same."""
    known, days = c.contacts.get(ask.code), c.plan.rules.contact_days
    effects: list[Effect] = []
    if known and known[0] == ask.contact:
        answer = AnswerContact(envelope.id, "kept", known[1])
    elif known or not days or envelope.device not in c.plan.kiosks or len(c.contacts) >= MOST:
        answer = AnswerContact(envelope.id, "refused")
    else:
        until = (moment.wall + timedelta(days=days)).date().isoformat()
        c.contacts[ask.code] = (ask.contact, until)
        effects = [
            c.decide(ConsentGiven(ask.code, "call-back", until, envelope.device), moment),
            Keep(KEPT + ask.code, json.dumps({"contact": ask.contact, "until": until})),
        ]
        answer = AnswerContact(envelope.id, "kept", until)
    return [*effects, Publish(answer, moment.id(1), place=envelope.device)]


def guide(c: Coordinator, envelope: Envelope, ask: AskGuide, moment: Moment) -> list[Effect]:
    """May this person help at a kiosk? Whoever may sign in with this PIN (R220)."""
    outcome, person = c.sign_ins.guide(envelope.id, ask.staff, ask.pin, moment.mono)
    if envelope.device not in c.plan.kiosks:
        outcome, person = "refused", None
    return [Publish(AnswerGuide(envelope.id, outcome, person), moment.id(1), place=envelope.device)]


def expired(c: Coordinator, moment: Moment) -> list[Effect]:
    """Numbers whose time is over are deleted, and that is on record. Without the time of day nobody can say."""
    if moment.clock != "synced":
        return []
    today = moment.wall.date().isoformat()
    return [one for code, (_, until) in list(c.contacts.items()) if until < today for one in close(c, code, "", moment)]


def close(c: Coordinator, code: str, staff: str, moment: Moment) -> list[Effect]:
    """The request is settled, by whom; or its time is over."""
    c.contacts.pop(code, None)
    return [c.decide(Closed(code, staff), moment), Keep(KEPT + code, None)]


def told(c: Coordinator) -> list[Said]:
    """Every open request, and how to call back whoever agreed to it."""
    listed: list[Said] = []
    for code, (record, at) in c.hall.requests.open.items():
        number, until = c.contacts.get(code, ("", ""))
        listed.append({
            "code": code, "kind": record.kind, "service": record.service, "lang": record.lang, "guide": record.guide,
            "at": at, "contact": number, "until": until,
        })  # fmt: skip
    return listed

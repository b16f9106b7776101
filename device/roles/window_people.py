"""Signing in at a window, and handing it over: B signs in, then A is out, in one instant (R121, R125, R168)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from device.contract.messages import (
    AnswerSignIn,
    AskSignIn,
    HallStaff,
    Person,
    Record,
    StaffSignedIn,
    StaffSignedOut,
    WindowHandedOver,
)
from device.effects import Effect, Forget, Keep, Remember
from device.moment import Moment
from device.roles import window_check as check
from device.roles import window_leave as leave
from device.roles.desk import Session

if TYPE_CHECKING:
    from device.roles.window import Window


def sign_in(w: Window, pin: str, moment: Moment) -> list[Effect]:
    """The PIN was typed."""
    if w.live:
        return w.ask(AskSignIn(w.staff_typed, pin), moment)
    return offline(w, w.staff_typed, pin, moment)


def answered(w: Window, ask: AskSignIn, answer: AnswerSignIn, moment: Moment) -> list[Effect]:
    """Welcome, or not."""
    settle: list[Effect] = [Forget("ask")]
    if answer.outcome == "elsewhere":  # the PIN was right
        return [*settle, *_again(w, "console.sign_in_elsewhere")]
    if answer.outcome != "welcome" or answer.person is None:
        # Somebody who may no longer sign in may not do so without the line either (R205).
        forget: list[Effect] = [Keep("pins", w.pins.to_json())] if w.pins.forget(ask.staff) else []
        return [*settle, *forget, *_again(w, f"console.sign_in_{answer.outcome}")]
    w.pins.remember(answer.person, ask.pin, moment.id(9).encode())
    welcome = _welcome(w, answer.person, answer.duties, "online", moment)
    return [*settle, Keep("pins", w.pins.to_json()), *welcome]


def offline(w: Window, staff: str, pin: str, moment: Moment) -> list[Effect]:
    """Without the line only who signed in here before can do so again."""
    person = w.pins.check(staff, pin)
    return _welcome(w, person, (), "offline", moment) if person else _again(w, "console.sign_in_no_line")


def _again(w: Window, message: str) -> list[Effect]:
    w.mode = "staff"
    return w.say(message)


def _welcome(
    w: Window, person: Person, duties: tuple[str, ...], how: Literal["online", "offline"], moment: Moment
) -> list[Effect]:
    window, before = w.here.number, w.session.person
    records: list[Record] = []
    if before is not None and before.number == person.number:  # nobody hands over to themselves
        w.mode = ""
        return w.say("console.sign_in_same")
    if before is not None:
        records += [
            WindowHandedOver(window, before.number, person.number, w.handing),
            StaffSignedOut(window, before.number, "hand-over"),
        ]
    records.append(StaffSignedIn(window, person.number, how))
    w.session = Session(w.day(moment), "open", person, invitation=w.session.invitation, duties=duties)
    w.mode, w.message, w.handing = "check" if check.due(w, moment) else "", "", ""
    return [Remember(record, moment.id(k)) for k, record in enumerate(records)]


def listed(w: Window, truth: HallStaff, moment: Moment) -> list[Effect]:
    """Who may sign in now: nobody else's PIN is remembered here, not even over a restart (R205)."""
    w.listed = frozenset(truth.staff)
    gone = [number for number in w.pins.people if number not in truth.staff]
    for number in gone:
        w.pins.forget(number)
    kept: list[Effect] = [Keep("pins", w.pins.to_json())] if gone else []
    return [*kept, *leaver(w, moment)]


def leaver(w: Window, moment: Moment) -> list[Effect]:
    """Whoever works here no more is signed out; of a service under way, when it is done."""
    if w.listed is None or w.session.person is None or w.staff in w.listed:
        return []
    if w.session.phase not in ("open", "paused"):
        return []
    return leave.sign_out(w, moment, "revoked")

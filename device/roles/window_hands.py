"""The staff's hands: a key of the screen, of a keyboard or a keypad, and what it does at the window now."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from device.contract.messages import AskCall, TicketMissed, TicketRecalled
from device.effects import Effect, Forget
from device.moment import Moment
from device.roles import window_calls as calls
from device.roles import window_charge as charge
from device.roles import window_check as check
from device.roles import window_help as help_
from device.roles import window_issue as issue
from device.roles import window_leave as leave
from device.roles import window_people as people
from device.roles import window_service as visit
from device.roles.console_keys import TYPED, Mode
from device.roles.window_leave import Leaving

if TYPE_CHECKING:
    from device.roles.window import Window

ENTRY_MOST: Final = 64
STAFF_MOST: Final = 12
SCANNED: Final[frozenset[Mode]] = frozenset(
    {"number", "rejoin", "register", "delivered", "staff", "vouch"}
)  # a ticket, or a staff card (R045)


def typed(w: Window, key: str, moment: Moment) -> list[Effect]:
    """A keyboard, or a scanner that types: while something is asked for, every character is part of it; otherwise a
    key is whatever key of the screen it stands for. Nothing that is not on the screen counts."""
    if w.mode in TYPED and len(key) == 1 and key.isascii() and key.isprintable():
        w.entry = (w.entry + key)[:ENTRY_MOST]
        return []
    for each in w.offered():
        if each.enabled and each.hot == key.lower():
            return pressed(w, each.id, moment)
    return []


def pressed(w: Window, key: str, moment: Moment) -> list[Effect]:
    """A key of the screen: nothing that is not offered counts."""
    if not any(each.enabled and each.id == key for each in w.offered()):
        return []
    word, _, value = key.partition(":")
    match word:
        case "type":
            w.entry = (w.entry + value)[:ENTRY_MOST]
        case "back":
            w.entry = w.entry[:-1]
        case "cancel":
            return _cancel(w)
        case "enter":
            return entered(w, moment)
        case (
            "number" | "rejoin" | "transfer" | "pause" | "item" | "size" | "handover"
            | "alarms" | "silent" | "repair" | "issue" | "register" | "delivered"
        ) as mode:  # fmt: skip
            w.mode, w.entry, w.refused = mode, "", False
        case "vouch":
            w.mode, w.entry = "out" if w.leaving.kind == "sign-out" else "vouch", ""
        case "reason" | "service" | "window" | "person" | "note" | "alarm" | "about" | "minutes":
            return _chosen(w, word, value, moment)
        case _:
            return _act(w, word, moment)
    return []


def _chosen(w: Window, word: str, value: str, moment: Moment) -> list[Effect]:
    """One of what was offered."""
    match w.mode:
        case "reason":
            return w.ask(AskCall(w.staff, w.wanted, value), moment)
        case "pause":
            return leave.reason_chosen(w, value, moment)
        case "helps":
            w.leaving, w.mode = replace(w.leaving, helps=int(value)), "substitute"
        case "out":
            w.leaving, w.mode, w.entry = replace(w.leaving, reason=value), "vouch", ""
        case "handover":
            w.handing, w.mode, w.entry = value, "staff", ""
        case "transfer":
            return visit.transfer(w, word, value, moment)
        case "issue":
            return issue.ask(w, value, moment)
        case "item":
            return visit.end_item(w, value, moment)
        case "size":
            return visit.sized(w, value, moment)
        case "over":
            return visit.why_over(w, value, moment)
        case "alarms":
            return charge.deal_with(w, value, moment)
        case "expected":
            return charge.expect(w, int(value), moment)
        case "silent":
            return help_.ask(w, value, moment)
        case "repair":
            return help_.repair(w, value, moment)
    return []


def _act(w: Window, key: str, moment: Moment) -> list[Effect]:
    session, window, staff = w.session, w.here.number, w.staff
    ticket, w.refused = session.ticket, False
    match key:
        case "next":
            if not w.live:
                return w.say("console.no_line")
            return w.ask(AskCall(staff), moment)
        case "recall" if session.attempts < 99:
            session.attempts += 1
            return w.note(TicketRecalled(ticket, window, staff, session.attempts), moment)
        case "missed":
            session.let_go()
            return w.note(TicketMissed(ticket, window, staff), moment)
        case "start":
            return visit.start(w, moment)
        case "noproof":
            return visit.no_proof(w, moment)
        case "finish":
            return visit.finish(w, moment)
        case "incident":
            return leave.reason_chosen(w, "incident", moment)
        case "alone":
            return leave.ask(w, moment)
        case "told":
            return issue.told(w)
        case "checked":
            return check.confirm(w, moment)
        case "resume":
            return leave.resume(w, moment)
        case "signout":
            w.leaving = Leaving("sign-out")
            return leave.ask(w, moment)
        case _:
            return []


def _cancel(w: Window) -> list[Effect]:
    if w.mode in ("silent", "repair"):  # whatever was asked meanwhile is still asked
        w.mode = ""
        return []
    w.mode = "staff" if w.session.person is None else ""
    w.entry, w.asking, w.handing, w.wanted = "", None, "", ""
    return [Forget("ask")]


def entered(w: Window, moment: Moment) -> list[Effect]:
    """What was typed, or scanned, is complete."""
    entry, w.entry = w.entry, ""
    match w.mode:
        case "staff" if entry.isalnum() and len(entry) <= STAFF_MOST:
            w.staff_typed, w.mode = entry, "pin"
        case "pin" if entry:
            return people.sign_in(w, entry, moment)
        case "vouch" if entry.isalnum() and len(entry) <= STAFF_MOST:
            w.vouching, w.mode = entry, "vouch_pin"
        case "vouch_pin" if entry:
            return leave.ask(w, moment, w.vouching, entry)
        case "delivered":
            return visit.delivered(w, entry, moment)
        case "register":
            return visit.register(w, entry, moment)
        case "number" | "rejoin":
            return calls.number_typed(w, entry, moment)
        case _:
            pass
    return []

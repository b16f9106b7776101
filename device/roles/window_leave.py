"""How somebody leaves their window, for a while or for today (R015, R016, R072, R097-R113, R131, R199-R203, R233).

Asked of the coordinator where it is there; a plate must go up within a second, so without an answer the window decides.
An incident asks nobody. Whoever takes the window over signs in before the other is out (R121).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal

from device.contract.messages import AnswerLeave, AskLeave, HallWindow, StaffSignedOut, WindowPaused, WindowResumed
from device.effects import Effect, Forget, Remind
from device.hall.evening import day_over
from device.hall.leave import LONG
from device.hall.state import INCIDENT
from device.moment import Moment
from device.roles.desk import Session

if TYPE_CHECKING:
    from device.roles.window import Window

ANSWER_SECONDS = 0.7


@dataclass(frozen=True, slots=True)
class Leaving:
    """What somebody asked for. helps: the window they help at meanwhile (R105). supervisor: who allowed it."""

    kind: Literal["pause", "sign-out"] = "pause"
    reason: str = ""
    helps: int = 0
    supervisor: str = ""


def reason_chosen(w: Window, reason: str, moment: Moment) -> list[Effect]:
    """Why; then who stands in is asked first (R072, R199)."""
    w.leaving, w.mode = Leaving("pause", reason), ""
    if reason == INCIDENT:
        return pause(w, "", moment, asked=False)
    if reason == LONG:
        return ask(w, moment)
    w.mode = "helps" if reason == "assist" else "substitute"
    return []


def ask(w: Window, moment: Moment, supervisor: str = "", pin: str = "") -> list[Effect]:
    """May I? Where nobody can be asked, one may."""
    w.mode, w.refused = "", False
    if not w.live:
        return _go(w, "", moment, asked=False)
    leaving = w.leaving
    return w.ask(AskLeave(w.staff, leaving.kind, leaving.reason, supervisor, pin), moment, seconds=ANSWER_SECONDS)


def unanswered(w: Window, moment: Moment) -> list[Effect]:
    """Nobody said anything in time."""
    return [] if w.leaving.reason == LONG else _go(w, "", moment, asked=False)


def answered(w: Window, question: AskLeave, answer: AnswerLeave, moment: Moment) -> list[Effect]:
    """Yes, or why not; then somebody in charge can still allow it."""
    settle: list[Effect] = [Forget("ask")]
    if answer.outcome == "granted" and w.session.phase in ("open", "paused"):
        w.leaving = Leaving(w.leaving.kind, w.leaving.reason, w.leaving.helps, question.supervisor)
        return settle + _go(w, answer.until, moment, asked=True)
    w.refused = w.session.phase in ("open", "paused")
    told = "asked" if w.leaving.reason == LONG and not question.supervisor else answer.outcome
    return settle + w.say(f"console.leave_{told}", **({"n": str(answer.waiting)} if told == "waiting" else {}))


def _go(w: Window, until: str, moment: Moment, *, asked: bool) -> list[Effect]:
    if w.leaving.kind == "sign-out":
        return sign_out(w, moment)
    return pause(w, until, moment, asked=asked) if w.session.phase == "open" else []


def pause(w: Window, until: str, moment: Moment, *, asked: bool) -> list[Effect]:
    """The plate goes up. A citizen being served stays; one who was called waits again (R131, R149)."""
    session, rules, leaving = w.session, w.plan.leave, w.leaving
    length = timedelta(minutes=rules.allowed(leaving.reason))
    end = datetime.fromisoformat(until) if until else w.time.now(moment) + length
    until = "" if leaving.reason == LONG else end.isoformat(timespec="seconds")
    session.pause(until, moment.at())
    substitute = "" if leaving.reason == INCIDENT else "none"
    record = WindowPaused(
        w.here.number, w.staff, leaving.reason, until, session.ticket, asked, substitute, leaving.helps
    )
    told = w.say("console.checklist", text=rules.checklist.zh) if rules.checklist else []
    return [*w.note(record, moment), *told, *remind(w, moment)]


def remind(w: Window, moment: Moment) -> list[Effect]:
    """Before the time is over the console says so, and when it is (R102)."""
    if not w.session.until:
        return []
    left = (datetime.fromisoformat(w.session.until) - w.time.now(moment)).total_seconds()
    soon = left - w.plan.leave.remind * 60
    return [Remind(max(0.0, soon), "return-soon"), Remind(max(0.0, left), "return-now")]


def resume(w: Window, moment: Moment) -> list[Effect]:
    """Back: the plate goes down, and whoever waited hears a word of apology (R233)."""
    w.session.resume(moment.wall)
    sorry = w.say("console.apology") if w.crowd else w.quiet()
    return [*w.note(WindowResumed(w.here.number, w.staff), moment), Forget("return-soon"), Forget("return-now"), *sorry]


def sign_out(w: Window, moment: Moment, why: Literal["", "night", "revoked"] = "") -> list[Effect]:
    """Nobody answers for the window any more."""
    leaving = w.leaving if w.leaving.kind == "sign-out" else Leaving()
    record = StaffSignedOut(
        w.here.number, w.staff, "allowed" if leaving.supervisor else why, leaving.supervisor, leaving.reason
    )
    w.session = Session(invitation=w.session.invitation)
    w.mode, w.entry, w.refused, w.leaving = "staff", "", False, Leaving()
    return [*w.note(record, moment), Forget("return-soon"), Forget("return-now"), *_evening(w, why, moment)]


def _evening(w: Window, why: str, moment: Moment) -> list[Effect]:
    """What to do before one goes home, or that everything may be switched off (R098, R238)."""
    if w.plan.tidy and not why:
        return w.say("console.checklist", text=w.plan.tidy.zh)
    over = w.time.sure(moment) and day_over(w.plan, w.time.now(moment))
    return w.say("console.safe") if over else w.quiet()


def neighbour(w: Window, truth: HallWindow) -> list[Effect]:
    """Another window of this counter, or for the same services, is left: who sits beside it hears until when (R109)."""
    known = w.neighbours.get(truth.window)
    before = known.state if known else ""
    w.neighbours[truth.window] = truth
    here, there = w.here, w.plan.windows.get(truth.window)
    beside = there and (
        (here.counter and here.counter == there.counter) or bool(set(here.services) & set(there.services))
    )
    if not beside or truth.state != "paused" or before in ("", "paused") or w.session.person is None:
        return []
    return w.say("console.neighbour_left", window=str(truth.window), time=truth.until[11:16] or "--:--")

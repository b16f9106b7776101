"""What a window's controller asks the coordinator: one question at a time, asked again until it is answered.

The coordinator answers a repeated question as it answered the first, so the same request goes out each time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from device.contract.messages import (
    AnswerAssign,
    AnswerLeave,
    AnswerNumber,
    AnswerSignIn,
    AskAssign,
    AskCall,
    AskLeave,
    AskNumber,
    AskSignIn,
)
from device.effects import Effect, Publish, Remind
from device.moment import Moment
from device.roles import window_charge as charge
from device.roles import window_issue as issue
from device.roles import window_leave as leave
from device.roles import window_people as people

if TYPE_CHECKING:
    from device.roles.window import Window

AGAIN_SECONDS, TRIES = 1.0, 3
Question = AskCall | AskSignIn | AskLeave | AskAssign | AskNumber
Answer = AnswerSignIn | AnswerLeave | AnswerAssign | AnswerNumber  # AnswerCall goes by the session's own request


def ask(w: Window, question: Question, request: str, seconds: float) -> list[Effect]:
    """Ask; the answer, or that there is none, comes later."""
    w.asking, w.tries, w.mode = (request, question), 1, ""
    if isinstance(question, AskCall):
        w.session.request = request
    return [Publish(question, request), Remind(seconds, "ask")]


def ask_again(w: Window, request: str, question: Question, moment: Moment) -> list[Effect]:
    """No answer yet."""
    if isinstance(question, AskLeave):
        w.asking = None
        return leave.unanswered(w, moment)
    if w.tries < TRIES and w.live:
        w.tries += 1
        return [Publish(question, request), Remind(AGAIN_SECONDS, "ask")]
    w.asking, w.coordinator = None, False  # until it is heard again
    if isinstance(question, AskSignIn):
        return people.offline(w, question.staff, question.pin, moment)
    return w.say("console.no_line")


def answered(w: Window, question: Question, answer: Answer, moment: Moment) -> list[Effect]:
    """What was asked for, and what came of it."""
    w.asking = None
    match question, answer:
        case AskSignIn(), AnswerSignIn():
            return people.answered(w, question, answer, moment)
        case AskLeave(), AnswerLeave():
            return leave.answered(w, question, answer, moment)
        case AskNumber(), AnswerNumber():
            return issue.answered(w, question, answer, moment)
        case AskAssign(), AnswerAssign():
            return charge.assigned(w, answer, moment)
        case _:
            return []

"""A number for a citizen who cannot take one: asked for here as at a kiosk, told by the staff (R228, R209).

The coordinator gives it, so without the line there is none here; kiosks have blocks of their own. It is shown large
until somebody says that the citizen was told; paper comes from a kiosk alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from device.contract.messages import AnswerNumber, AskNumber, TicketIssued, ticket_of
from device.effects import Effect, Forget
from device.moment import Moment

if TYPE_CHECKING:
    from device.roles.window import Window


def ask(w: Window, service: str, moment: Moment) -> list[Effect]:
    """The next number of this service, please."""
    w.mode = ""
    if not w.live:
        return w.say("console.issue_no_line")
    return w.ask(AskNumber(service), moment)


def answered(w: Window, question: AskNumber, answer: AnswerNumber, moment: Moment) -> list[Effect]:
    """Issued, on record with who took it; or why not."""
    settle: list[Effect] = [Forget("ask")]
    if answer.outcome != "given":
        return settle + w.say(f"console.issue_{answer.outcome}")
    ticket = ticket_of(answer.day, answer.number)
    record = TicketIssued(
        answer.to, ticket, answer.number, answer.day, question.service, "online",
        klass=answer.klass, slot=answer.slot, guide=w.staff,
    )  # fmt: skip
    w.mode, w.issued = "issued", ticket
    ahead = ("ahead", str(answer.ahead))
    if answer.minutes:
        w.message, w.blanks = "console.issued", (ahead, ("minutes", str(answer.minutes)))
    else:  # nobody waits, or nobody can say how long
        w.message, w.blanks = "console.issued_ahead", (ahead,)
    return [*settle, Forget("message"), *w.note(record, moment)]


def told(w: Window) -> list[Effect]:
    """The citizen knows the number."""
    w.mode, w.issued = "", ""
    return w.quiet()

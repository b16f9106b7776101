"""What must be true of a whole message or part beyond its single fields. The codec enforces it on both sides."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from device.contract.messages import (
    AnswerCall,
    AnswerNumber,
    AnswerPlace,
    AnswerSignIn,
    AskCall,
    Block,
    TicketCalled,
    TicketIssued,
    TicketTransferred,
    ticket_of,
)


@dataclass(frozen=True, slots=True)
class Rule:
    """One sentence, and the test of it."""

    sentence: str
    holds: Callable[[Any], bool]


RULES: Final[Mapping[type, Rule]] = {
    Block: Rule("first is not above last", lambda m: m.first <= m.last),
    TicketIssued: Rule("ticket is day and number", lambda m: m.ticket == ticket_of(m.day, m.number)),
    TicketCalled: Rule("a call by hand has a reason", lambda m: m.by == "system" or m.reason != ""),
    TicketTransferred: Rule("it goes to a service or to a window", lambda m: m.to_service != "" or m.to_window > 0),
    AskCall: Rule("a number out of order has a reason", lambda m: m.number == "" or m.reason != ""),
    AnswerNumber: Rule(
        "given, already: with number and day",
        lambda m: m.outcome not in ("given", "already") or bool(m.number and m.day),
    ),
    AnswerCall: Rule("called: with the ticket", lambda m: m.outcome != "called" or m.ticket != ""),
    AnswerPlace: Rule(
        "called or serving: at a window", lambda m: m.outcome not in ("called", "serving") or m.window > 0
    ),
    AnswerSignIn: Rule("welcome: with the person", lambda m: m.outcome != "welcome" or m.person is not None),
}

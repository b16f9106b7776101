"""Bad ratings and complaints as the supervisor works through them: a fold over their records (R261-R264). Rules:

1. A rating of 1 or 2, and a press of a complaint key, opens a case of its own at once (R140). A record opens one case.
2. open -> assigned -> verified -> rectified -> fed back; or unfounded, with the reason. Whoever gave a name is also
   answered (R262). Until all of it is done the case is open: none is closed by time.
3. Deadlines are working days of the hall's calendar, by kind (R069).
4. A re-check says that it is well, or begins the case anew (R264).
5. Who was rated and how is here and in the book; it is never said on the wire (R107, R166).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Final, Literal

from device.contract.messages import (
    CaseCarried,
    CaseFacts,
    CaseMoved,
    CaseOpened,
    Envelope,
    HelpAsked,
    RatingGiven,
    RatingTagged,
    Record,
)
from device.contract.messages.cases import CaseState
from device.hall.calendar import working_day_after
from device.hall.plan import Plan

BAD: Final = 2  # this level and below (R256)
COMPLAINT: Final = "complaint"  # the reason of help.asked at an evaluator
CARRY_AFTER: Final = timedelta(days=14)  # a start of the coordinator reads a month of the book
Lateness = Literal["", "soon", "overdue", "escalate"]
KNOWN_FOR: Final = timedelta(days=28)  # what is done may be re-checked so long

# step -> states in which it may be taken, the state it leads to ("" = no other)
STEPS: Final[Mapping[str, tuple[frozenset[CaseState], CaseState | None]]] = {
    "assigned": (frozenset({"open", "assigned"}), "assigned"),
    "verified": (frozenset({"assigned"}), "verified"),
    "unfounded": (frozenset({"assigned"}), "unfounded"),
    "rectified": (frozenset({"verified"}), "rectified"),
    "fed-back": (frozenset({"rectified", "unfounded"}), "fed-back"),
    "answered": (frozenset({"verified", "unfounded", "rectified", "fed-back"}), None),
    "called-back": (frozenset({"open", "assigned", "verified", "unfounded", "rectified", "fed-back"}), None),
    "reminded": (frozenset({"open", "assigned", "verified", "rectified"}), None),
    "rechecked": (frozenset({"fed-back", "unfounded"}), None),
    "again": (frozenset({"fed-back", "unfounded"}), "open"),
}
WITH_NOTE: Final = frozenset({"unfounded", "rectified", "fed-back", "answered", "called-back", "rechecked", "again"})


@dataclass(frozen=True, slots=True)
class Case:
    """One case as it stands. opened, answered, moved: when, RFC 3339; due: the last day for it.

    written: when the book last had all of it in one record.
    """

    id: str
    facts: CaseFacts
    opened: str
    due: str
    state: CaseState = "open"
    to: str = ""
    answered: str = ""
    moved: str = ""
    written: str = ""

    @property
    def done(self) -> bool:
        """Whether nobody is owed anything any more."""
        return self.state in ("fed-back", "unfounded") and (bool(self.answered) or not self.facts.named)

    def overdue(self, today: str) -> bool:
        """Whether its day has passed."""
        return not self.done and self.due < today

    def allows(self, move: CaseMoved) -> str:
        """ "" if this step may be taken now, else why not."""
        states, _ = STEPS[move.step]
        if self.state not in states:
            return f"the case is {self.state}: {move.step} comes after {' or '.join(sorted(states))}"
        if move.step == "assigned" and not move.to:
            return "say to whom it is assigned"
        if move.step in WITH_NOTE and not move.note:
            return "say in a note what was found, done or said"
        return ""


@dataclass(slots=True)
class Cases:
    """The cases by id, the oldest first, and what must become one."""

    plan: Plan
    known: dict[str, Case] = field(default_factory=dict)
    due: dict[str, CaseFacts] = field(default_factory=dict)  # the record a case is to be opened for -> its facts
    opened_for: set[str] = field(default_factory=set)
    refs: set[tuple[str, str]] = field(default_factory=set)  # channel, the sender's number

    def apply(self, envelope: Envelope, record: Record, staff_at: Callable[[str], str]) -> None:
        """Take one record in. staff_at: who is at the window of a device."""
        match record:
            case RatingGiven(level=level) if level <= BAD:
                self._wanted(CaseFacts(
                    "bad-rating", record.source, record.channel, envelope.id, level=level, tags=record.tags,
                    ticket=record.ticket, service=record.service, window=record.window, staff=record.staff,
                    device=envelope.device,
                ))  # fmt: skip
            case RatingTagged(rating, _, tags):
                self._tagged(rating, envelope.device, tags)
            case HelpAsked(reason=reason) if reason == COMPLAINT:
                place = self.plan.window_of(envelope.device)
                self._wanted(CaseFacts(
                    "complaint", "citizen", "evaluator", envelope.id, window=place.number if place else 0,
                    staff=staff_at(envelope.device), device=envelope.device,
                ))  # fmt: skip
            case CaseOpened(facts, due):
                self._take(Case(envelope.id, facts, envelope.at, due, written=envelope.at))
            case CaseCarried(case, opened, facts, due, state, to, answered, moved):
                self._take(Case(case, facts, opened, due, state, to, answered, moved, envelope.at))
            case CaseMoved(case=case) if case in self.known:
                self.known[case] = _moved(self.known[case], record, envelope.at)
            case _:
                pass

    def _wanted(self, facts: CaseFacts) -> None:
        if facts.of not in self.opened_for:
            self.due[facts.of] = facts

    def _tagged(self, rating: str, device: str, tags: tuple[str, ...]) -> None:
        """What the citizen touched after the press is with the case that the press opened."""
        if (facts := self.due.get(rating)) and facts.device == device:
            self.due[rating] = replace(facts, tags=tags)
        for case in self.known.values():
            if case.facts.of == rating and case.facts.device == device:
                self.known[case.id] = replace(case, facts=replace(case.facts, tags=tags))
                return

    def _take(self, case: Case) -> None:
        self.known[case.id] = case
        if case.facts.of:
            self.opened_for.add(case.facts.of)
            self.due.pop(case.facts.of, None)
        if case.facts.ref:
            self.refs.add((case.facts.channel, case.facts.ref))

    def open_cases(self) -> list[Case]:
        """What is not done, the first due first."""
        return sorted((case for case in self.known.values() if not case.done), key=lambda case: (case.due, case.opened))

    def find(self, said: str) -> Case | None:
        """By its id or the end of it; None for none, and for more than one."""
        found = [case for identity, case in self.known.items() if len(said) >= 4 and identity.endswith(said)]
        return found[0] if len(found) == 1 else None

    def to_carry(self, before: str) -> Iterator[CaseCarried]:
        """Open cases last written whole before this instant."""
        for case in self.open_cases():
            if case.written < before:
                yield CaseCarried(
                    case.id, case.opened, case.facts, case.due, case.state, case.to, case.answered, case.moved
                )

    def drop_before(self, day: str) -> None:
        """What was done so long before this day that nobody re-checks it."""
        oldest = (date.fromisoformat(day) - KNOWN_FOR).isoformat()
        self.known = {i: case for i, case in self.known.items() if not case.done or case.moved[:10] >= oldest}
        self.opened_for = {case.facts.of for case in self.known.values() if case.facts.of}


def due_day(plan: Plan, kind: str, today: date) -> str:
    """The last day on which a case of this kind is in time (R069)."""
    return working_day_after(plan, today, plan.cases.days[kind]).isoformat()


def late(plan: Plan, cases: Iterable[Case], today: date) -> Lateness:
    """How badly the open cases stand: "" in time, "soon", "overdue", or "escalate" to the head of the centre."""
    rules = plan.cases
    worst: Lateness = ""
    soon, now = working_day_after(plan, today, rules.remind).isoformat(), today.isoformat()
    for case in cases:
        if case.overdue(now):
            if working_day_after(plan, date.fromisoformat(case.due), rules.escalate) < today:
                return "escalate"
            worst = "overdue"
        elif not worst and case.due <= soon:
            worst = "soon"
    return worst


def _moved(case: Case, move: CaseMoved, at: str) -> Case:
    if move.step == "again":
        return replace(case, state="open", to="", answered="", due=move.due or case.due, moved=at)
    state = STEPS[move.step][1] or case.state
    answered = at if move.step == "answered" else case.answered
    return replace(case, state=state, to=move.to or case.to, answered=answered, moved=at)

"""Who may sign in where: the roster, the PIN, and a lock after wrong ones. Not in the book: a PIN is never recorded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from device.contract.messages import AnswerSignIn, AskSignIn, Person
from device.hall.authority import IN_CHARGE, may_serve
from device.hall.pins import pin_ok
from device.hall.plan import Plan, StaffEntry
from device.newest import keep_newest

LOCK_AFTER, LOCK_SECONDS = 5, 300.0
REMEMBERED_TRIES = 2000
REMEMBERED_ANSWERS = 50  # repeated within seconds

Outcome = Literal["welcome", "refused", "locked"]


@dataclass(slots=True)
class SignIns:
    """Answers asks to sign in; a repeated ask counts once and has one answer."""

    plan: Plan
    staff: dict[str, StaffEntry]
    elsewhere: Callable[[str, int], int]  # staff, window -> at how many other windows they are signed in
    answers: dict[str, AnswerSignIn] = field(default_factory=dict)  # request -> answer, the last ones
    vouched: dict[str, Outcome] = field(default_factory=dict)
    wrong: dict[str, tuple[int, float]] = field(default_factory=dict)  # staff -> tries, locked until

    def answer(self, request: str, device: str, ask: AskSignIn, mono: float) -> AnswerSignIn:
        """Yes with the person, or no. mono: seconds of a clock that only rises, for the lock."""
        answer = self.answers.get(request) or self._admit(request, device, ask, mono)
        self.answers[request] = answer
        keep_newest(self.answers, REMEMBERED_ANSWERS)
        return answer

    def _admit(self, request: str, device: str, ask: AskSignIn, mono: float) -> AnswerSignIn:
        entry, place = self._who(ask.staff), self.plan.window_of(device)
        outcome = self._try(ask.staff, entry if entry and self._may_work(entry, device) else None, ask.pin, mono)
        if outcome != "welcome" or entry is None or place is None:
            return AnswerSignIn(request, outcome)
        if self.elsewhere(entry.person.number, place.number) >= self.plan.people.windows_each:
            return AnswerSignIn(request, "elsewhere")
        return AnswerSignIn(request, "welcome", entry.person, tuple(sorted(entry.duties)))

    def vouch(self, request: str, staff: str, pin: str, mono: float) -> Outcome:
        """Whether a supervisor stands behind this; a repeated question counts once."""
        entry = self.staff.get(staff)
        return self._once(request, staff, entry if entry and entry.duties & IN_CHARGE else None, pin, mono)

    def guide(self, request: str, staff: str, pin: str, mono: float) -> tuple[Outcome, Person | None]:
        """Whether this is one of the hall's people, who may help at a kiosk; a repeated question counts once."""
        entry = self._who(staff)
        entry = entry if entry and may_serve(entry.duties) else None
        outcome = self._once(request, staff, entry, pin, mono)
        return outcome, entry.person if entry and outcome == "welcome" else None

    def _once(self, request: str, typed: str, entry: StaffEntry | None, pin: str, mono: float) -> Outcome:
        if request not in self.vouched:
            self.vouched[request] = self._try(typed, entry, pin, mono)
            keep_newest(self.vouched, REMEMBERED_ANSWERS)
        return self.vouched[request]

    def _who(self, typed: str) -> StaffEntry | None:
        """Whose number or card this is. Where cards are the rule a number alone is nobody's."""
        by_card = next((entry for entry in self.staff.values() if entry.card and entry.card == typed), None)
        return by_card or (None if self.plan.people.by_card else self.staff.get(typed))

    def _try(self, typed: str, entry: StaffEntry | None, pin: str, mono: float) -> Outcome:
        tries, locked = self.wrong.get(typed, (0, 0.0))
        if locked > mono:
            return "locked"
        if entry and entry.pin and pin_ok(pin, entry.pin):
            self.wrong.pop(typed, None)
            return "welcome"
        self._note_wrong(typed, tries + 1, mono)
        return "refused"

    def _may_work(self, entry: StaffEntry, device: str) -> bool:
        place = self.plan.window_of(device)
        here = bool(place and place.device == device and (not entry.windows or place.number in entry.windows))
        return here and may_serve(entry.duties)

    def _note_wrong(self, staff: str, tries: int, mono: float) -> None:
        self.wrong[staff] = (tries, mono + LOCK_SECONDS if tries % LOCK_AFTER == 0 else 0.0)
        keep_newest(self.wrong, REMEMBERED_TRIES)
